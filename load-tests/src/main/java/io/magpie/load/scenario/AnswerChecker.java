package io.magpie.load.scenario;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Compares kept answers with a plain scan: same ids, same order, same scores to the last bit (or two, where sources fade). */
public final class AnswerChecker {
    private static final int EXAMPLES = 3;

    /** What two ways of working out how evidence fades may do to a score. */
    private static final int ULPS = 2;

    /**
     * The outcome.
     *
     * @param checked  answers that were compared
     * @param wrong    of them, those that differ
     * @param unknown  kept answers that cannot be judged: they name a catalogue version that this process did not make
     * @param examples what differs, for the first few
     */
    public record Verdict(long checked, long wrong, long unknown, List<String> examples) {
        /** Nothing was kept. */
        public static final Verdict NONE = new Verdict(0, 0, 0, List.of());

        /** Returns the outcome of several runs. */
        public static Verdict together(List<Verdict> verdicts) {
            return new Verdict(
                    verdicts.stream().mapToLong(Verdict::checked).sum(),
                    verdicts.stream().mapToLong(Verdict::wrong).sum(),
                    verdicts.stream().mapToLong(Verdict::unknown).sum(),
                    verdicts.stream()
                            .flatMap(verdict -> verdict.examples.stream())
                            .limit(EXAMPLES)
                            .toList());
        }
    }

    private record Question(long profileId, int limit, boolean excludeSeen, long version, long timeMillis) {}

    private final LoadData data;
    private final NaiveScorer scorer;

    /** @param scorer with the weights of the server's sources */
    public AnswerChecker(LoadData data, NaiveScorer scorer) {
        this.data = data;
        this.scorer = scorer;
    }

    /** Checks on all processors; to be called when the run is over, so that it takes none of them from the run. */
    public Verdict check(List<AnswerSample> samples) {
        KnownCatalogue catalogue = data.catalogue();
        boolean changes = catalogue.hasChanges();
        boolean fades = scorer.fades();
        ConcurrentHashMap<Question, List<NaiveScorer.Scored>> right = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        List<AnswerSample> known = samples.stream()
                .filter(sample -> !catalogue.hasForeignChange() && catalogue.knows(sample.catalogueVersion()))
                .collect(Collectors.toList());
        known.parallelStream().forEach(sample -> {
            Question question = new Question(
                    sample.profileId(),
                    sample.limit(),
                    sample.excludeSeen(),
                    changes ? sample.catalogueVersion() : 0,
                    fades ? sample.timeMillis() : 0);
            List<NaiveScorer.Scored> expected = sample.known() != null
                    ? rightAnswer(sample, sample.known())
                    : right.computeIfAbsent(question, any -> rightAnswer(sample, data.profile(sample.profileId())));
            String difference = difference(sample, expected, fades ? ULPS : 0);
            if (difference != null) {
                wrong.add(difference);
            }
        });
        return new Verdict(
                known.size(),
                wrong.size(),
                samples.size() - known.size(),
                wrong.stream().limit(EXAMPLES).collect(Collectors.toList()));
    }

    private List<NaiveScorer.Scored> rightAnswer(AnswerSample sample, KnownProfile profile) {
        if (profile == null) {
            return List.of();
        }
        float[] query = scorer.fuse(profile, data.catalogue().dimension(), sample.timeMillis());
        Set<Long> excluded = sample.excludeSeen() ? profile.seen() : Set.of();
        return NaiveScorer.top(data.catalogue(), sample.catalogueVersion(), query, sample.limit(), excluded);
    }

    /**
     * Returns what differs, or null.
     *
     * @param ulps by how many units in the last place a score may differ
     */
    static String difference(AnswerSample sample, List<NaiveScorer.Scored> right, int ulps) {
        if (sample.ids().length != right.size()) {
            return "profile " + Long.toUnsignedString(sample.profileId()) + ": " + sample.ids().length + " items came, "
                    + right.size() + " are right";
        }
        for (int i = 0; i < right.size(); i++) {
            NaiveScorer.Scored expected = right.get(i);
            if (sample.ids()[i] != expected.id() || !isSame(sample.scores()[i], expected.score(), ulps)) {
                return "profile " + Long.toUnsignedString(sample.profileId()) + ", place " + (i + 1) + ": item "
                        + Long.toUnsignedString(sample.ids()[i]) + " at " + sample.scores()[i] + " came, item "
                        + Long.toUnsignedString(expected.id()) + " at " + expected.score() + " is right";
            }
        }
        return null;
    }

    private static boolean isSame(float came, float right, int ulps) {
        return Float.floatToRawIntBits(came) == Float.floatToRawIntBits(right)
                || Math.abs(came - right) <= ulps * Math.ulp(right);
    }
}
