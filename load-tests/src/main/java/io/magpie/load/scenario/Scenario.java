package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import java.util.ArrayList;
import java.util.List;

/** One run of a scenario: hands each event loop its exchange, and gathers the answers kept for checking. */
public final class Scenario {
    /**
     * Share of answers that are kept. Above the 1 % that must be checked, as answers for people who may be written to are
     * not, and a part of the mix is no answer.
     */
    static final double SAMPLE_SHARE = 0.03;

    private final ScenarioName name;
    private final LoadData data;
    private final int limit;
    private final long seed;
    private final List<List<AnswerSample>> samples = new ArrayList<>();

    /**
     * @param data  what is asked about; not used by ping
     * @param limit items asked for in each recommendation
     * @param seed  of who is asked for
     */
    public Scenario(ScenarioName name, LoadData data, int limit, long seed) {
        this.name = name;
        this.data = data;
        this.limit = limit;
        this.seed = seed;
    }

    /** Returns which scenario this is. */
    public ScenarioName name() {
        return name;
    }

    /** Makes the exchange of one event loop; only the first changes items, so that catalogue versions are known. */
    public Exchange exchange(int loop) {
        List<AnswerSample> kept = new ArrayList<>();
        samples.add(kept);
        long loopSeed = seed + 1_000_003L * loop;
        return switch (name) {
            case PING -> new PingExchange();
            case GET_PROFILE -> new GetProfileExchange(data, loopSeed);
            case RECOMMEND -> new RecommendExchange(data, limit, loopSeed, kept);
            case RETAIL_MIX -> new RetailMixExchange(data, limit, loopSeed, kept, loop == 0);
        };
    }

    /** Returns the kept answers; only after the run is over. */
    public List<AnswerSample> samples() {
        List<AnswerSample> all = new ArrayList<>();
        samples.forEach(all::addAll);
        return all;
    }

    /** Returns whether answers can be compared with a scan. */
    public boolean isChecked() {
        return name == ScenarioName.RECOMMEND || name == ScenarioName.RETAIL_MIX;
    }
}
