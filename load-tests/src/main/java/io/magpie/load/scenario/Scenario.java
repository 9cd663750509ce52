package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A scenario, run once or several times after each other on the same server: hands each event loop of a run its exchange,
 * gathers the answers kept for checking, and knows from run to run what the server holds for whom it has written to.
 */
public final class Scenario {
    /** Zipf's exponent, unless another is asked for. */
    public static final double DEFAULT_SKEW = 1.0;

    /**
     * Share of answers that are kept. Above the 1 % that must be checked, as answers for people who may be written to (a
     * quarter) are not, and fallbacks are not.
     */
    private static final double SAMPLE_SHARE = 0.02;

    /** The same where only a part of the answers can be kept at all; a soak leaves millions, each dear to check. */
    private static final double MIX_SAMPLE_SHARE = 0.06;

    private final ScenarioName name;
    private final LoadData data;
    private final int limit;
    private final long seed;
    private final double skew;
    private int budgetMicros;
    private WrittenPeople.Owners owners;
    private final Map<Integer, WrittenPeople> writtenByLoop = new HashMap<>();
    private int runs;
    private final List<List<AnswerSample>> samples = new ArrayList<>();

    /**
     * @param data  what is asked about; not used by ping
     * @param limit items asked for in each recommendation
     * @param seed  of who is asked for
     */
    public Scenario(ScenarioName name, LoadData data, int limit, long seed) {
        this(name, data, limit, seed, DEFAULT_SKEW);
    }

    /** @param skew Zipf's exponent, of hot keys alone */
    public Scenario(ScenarioName name, LoadData data, int limit, long seed, double skew) {
        this.name = name;
        this.data = data;
        this.limit = limit;
        this.seed = seed;
        this.skew = skew;
    }

    /** Says by when the server must have begun on a question for its answer to be of use; 0 says nothing of it. */
    public Scenario within(int micros) {
        budgetMicros = micros;
        return this;
    }

    /**
     * Says that the server held nothing of this data's people before it was loaded, and that none of its sources fades: so
     * what it holds for whom the scenario writes to is known, too.
     */
    public Scenario following() {
        owners = new WrittenPeople.Owners(data.profileCount());
        return this;
    }

    /** Returns which scenario this is. */
    public ScenarioName name() {
        return name;
    }

    /** Begins another run: other people are asked for, and answers of the one before are forgotten. */
    public Scenario again() {
        runs++;
        samples.clear();
        return this;
    }

    /** Makes the exchange of one event loop of a run; only the first changes items, so that catalogue versions are known. */
    public Exchange exchange(int loop) {
        List<AnswerSample> kept = new ArrayList<>();
        samples.add(kept);
        SplittableRandom random = new SplittableRandom(seed + 1_000_003L * loop + 15_485_863L * runs);
        if (name == ScenarioName.PING) {
            return new PingExchange();
        }
        People people = name == ScenarioName.HOT_KEYS
                ? People.zipf(data.profileCount(), skew, random)
                : People.uniform(data.profileCount(), random);
        if (name == ScenarioName.GET_PROFILE) {
            return new GetProfileExchange(data, people);
        }
        double share = name.mix() == null || name == ScenarioName.SOAK ? SAMPLE_SHARE : MIX_SAMPLE_SHARE;
        RecommendExchange recommend = new RecommendExchange(people, limit, budgetMicros, share, random, kept);
        if (name.mix() == null) {
            return recommend;
        }
        WrittenPeople written = owners == null
                ? null
                : writtenByLoop.computeIfAbsent(loop, any -> new WrittenPeople(data, any, owners));
        return new MixExchange(name.mix(), data, people, recommend, written, limit, random, loop == 0);
    }

    /** Returns the kept answers; only after the run is over. */
    public List<AnswerSample> samples() {
        List<AnswerSample> all = new ArrayList<>();
        samples.forEach(all::addAll);
        return all;
    }
}
