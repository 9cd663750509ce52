package io.magpie.load.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The right answer, worked out the slow and obvious way, from the definitions in the documents: weigh and fuse the slots,
 * score every item, sort. It shares no code with the server, on purpose. Thread-safe.
 */
public final class NaiveScorer {
    private static final int ACCUMULATORS = 8;
    private static final double HALF_AT = 36;

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

    private final List<KnownSource> sources;

    /** @param sources in the order of their numbers */
    public NaiveScorer(List<KnownSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Returns whether evidence of any source fades. Then a score may differ in its last bits from the server's, as two
     * ways to raise 2 to a power may; else it is the same bit for bit.
     */
    public boolean fades() {
        return sources.stream().anyMatch(source -> source.halfLifeMillis() != 0);
    }

    /**
     * Returns {@code u = sum of weight x confidence x slot / norm(slot)}, in double, sources in order, each component
     * rounded once. With e the evidence of a slot at that time, N the sum of e over own slots, k the seen items and D the
     * derived sources: the confidence of an own slot is {@code e / N * min(1, N)}, of a derived one
     * {@code min(1, e) / max(2, D) / (1 + (q / 36)^2)}, where q is {@code k * min(N, k)}, or {@code N * N} without k.
     */
    public float[] fuse(KnownProfile profile, int dimension, long nowMillis) {
        List<KnownProfile.Slot> slots = new ArrayList<>();
        double own = 0;
        long derivedSources = sources.stream()
                .filter(source -> source.kind() == KnownSource.Kind.DERIVED)
                .count();
        for (KnownProfile.Slot slot : profile.slots()) {
            if (norm(slot.vector()) == 0 || sources.get(slot.source()).weight() == 0) {
                continue;
            }
            slots.add(slot);
            if (!isDerived(slot)) {
                own += evidence(slot, nowMillis);
            } else if (sources.get(slot.source()).kind() == KnownSource.Kind.UNSAID) {
                derivedSources++;
            }
        }
        double k = profile.seenCount();
        double fade = (k > 0 ? k * Math.min(own, k) : own * own) / HALF_AT;
        double derivedShare = 1.0 / Math.max(2, derivedSources) / (1 + fade * fade);
        slots.sort(Comparator.comparingInt(KnownProfile.Slot::source));
        double[] sum = new double[dimension];
        for (KnownProfile.Slot slot : slots) {
            double evidence = evidence(slot, nowMillis);
            double ownConfidence = own > 1 ? evidence / own : evidence;
            double confidence = isDerived(slot) ? Math.min(1, evidence) * derivedShare : ownConfidence;
            double factor = sources.get(slot.source()).weight() * confidence / norm(slot.vector());
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

    private boolean isDerived(KnownProfile.Slot slot) {
        return switch (sources.get(slot.source()).kind()) {
            case OWN -> false;
            case DERIVED -> true;
            case UNSAID -> slot.put();
        };
    }

    private double evidence(KnownProfile.Slot slot, long nowMillis) {
        long halfLifeMillis = sources.get(slot.source()).halfLifeMillis();
        double age = Math.max(0, nowMillis - slot.timeMillis());
        return halfLifeMillis == 0 ? slot.evidence() : slot.evidence() * Math.pow(2, -age / halfLifeMillis);
    }

    private static double norm(float[] vector) {
        double squares = 0;
        for (float each : vector) {
            squares += (double) each * each;
        }
        return Math.sqrt(squares);
    }

    /**
     * Returns the score: eight double accumulators, component i in accumulator i mod 8, summed as
     * {@code ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7))}, plus the bias, rounded once; a zero is never negative.
     */
    public static float score(float[] query, float[] vectors, int at, float bias) {
        // In locals, not in an array: a run may leave thousands of answers to check, each with a scan of the catalogue.
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double a4 = 0;
        double a5 = 0;
        double a6 = 0;
        double a7 = 0;
        int whole = query.length / ACCUMULATORS * ACCUMULATORS;
        int i = 0;
        for (; i < whole; i += ACCUMULATORS) {
            a0 += (double) query[i] * (double) vectors[at + i];
            a1 += (double) query[i + 1] * (double) vectors[at + i + 1];
            a2 += (double) query[i + 2] * (double) vectors[at + i + 2];
            a3 += (double) query[i + 3] * (double) vectors[at + i + 3];
            a4 += (double) query[i + 4] * (double) vectors[at + i + 4];
            a5 += (double) query[i + 5] * (double) vectors[at + i + 5];
            a6 += (double) query[i + 6] * (double) vectors[at + i + 6];
            a7 += (double) query[i + 7] * (double) vectors[at + i + 7];
        }
        for (; i < query.length; i++) {
            double product = (double) query[i] * (double) vectors[at + i];
            switch (i - whole) {
                case 0 -> a0 += product;
                case 1 -> a1 += product;
                case 2 -> a2 += product;
                case 3 -> a3 += product;
                case 4 -> a4 += product;
                case 5 -> a5 += product;
                default -> a6 += product;
            }
        }
        double sum = ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7));
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
