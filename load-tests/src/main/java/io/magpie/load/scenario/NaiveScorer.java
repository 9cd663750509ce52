package io.magpie.load.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The right answer, worked out the slow and obvious way, from the definitions in the documents: fuse the slots, score
 * every item, sort. It shares no code with the server, on purpose. Thread-safe.
 */
public final class NaiveScorer {
    private static final int ACCUMULATORS = 8;

    /**
     * An item of an answer.
     *
     * @param id    item id
     * @param score its score
     */
    public record Scored(long id, float score) {}

    /** Score descending, then id ascending, unsigned. */
    private static final Comparator<Scored> ORDER =
            Comparator.comparingDouble((Scored each) -> -each.score()).thenComparing(Scored::id, Long::compareUnsigned);

    private final double[] weights;

    /** @param weights of the sources, in the order of their numbers */
    public NaiveScorer(double... weights) {
        this.weights = weights.clone();
    }

    /**
     * Returns {@code u = sum of weight x confidence x slot / norm(slot)}, in double, sources in order, each component
     * rounded once. The confidence of a slot is 1 where any evidence is left.
     */
    public float[] fuse(KnownProfile profile, int dimension) {
        double[] sum = new double[dimension];
        List<KnownProfile.Slot> slots = new ArrayList<>(profile.slots());
        slots.sort(Comparator.comparingInt(KnownProfile.Slot::source));
        for (KnownProfile.Slot slot : slots) {
            double squares = 0;
            for (float each : slot.vector()) {
                squares += (double) each * each;
            }
            if (squares == 0 || !(slot.evidence() > 0)) {
                continue;
            }
            double factor = weights[slot.source()] / Math.sqrt(squares);
            for (int i = 0; i < dimension; i++) {
                sum[i] += factor * slot.vector()[i];
            }
        }
        float[] fused = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            fused[i] = (float) sum[i];
        }
        return fused;
    }

    /**
     * Returns the score: eight double accumulators, component i in accumulator i mod 8, summed as
     * {@code ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7))}, plus the bias, rounded once; a zero is never negative.
     */
    public static float score(float[] query, float[] vectors, int at, float bias) {
        double[] a = new double[ACCUMULATORS];
        for (int i = 0; i < query.length; i++) {
            a[i % ACCUMULATORS] += (double) query[i] * (double) vectors[at + i];
        }
        double sum = ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
        return (float) (sum + bias) + 0.0f;
    }

    /**
     * Returns the best items of a catalogue version by scoring all of them.
     *
     * @param limit    most items
     * @param excluded ids kept out
     */
    public static List<Scored> top(
            KnownCatalogue catalogue, long version, float[] query, int limit, Set<Long> excluded) {
        List<Scored> best = new ArrayList<>(limit + 1);
        boolean changes = catalogue.hasChanges();
        int dimension = catalogue.dimension();
        for (int row = 0; row < catalogue.size(); row++) {
            float score = score(query, catalogue.vectors(), row * dimension, catalogue.bias(row));
            Scored last = best.size() == limit ? best.get(limit - 1) : null;
            if (last != null && score < last.score()) {
                continue;
            }
            Scored candidate = new Scored(catalogue.id(row), score);
            if ((last != null && ORDER.compare(candidate, last) > 0)
                    || excluded.contains(candidate.id())
                    || (changes && catalogue.isHidden(row, version))) {
                continue;
            }
            int at = best.size();
            while (at > 0 && ORDER.compare(candidate, best.get(at - 1)) < 0) {
                at--;
            }
            best.add(at, candidate);
            if (best.size() > limit) {
                best.remove(limit);
            }
        }
        return best;
    }
}
