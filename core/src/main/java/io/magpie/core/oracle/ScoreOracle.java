package io.magpie.core.oracle;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongPredicate;

/**
 * Scores as DESIGN defines the score, literally, and sorts. Thread-safe: it holds no state.
 */
public final class ScoreOracle {
    private ScoreOracle() {}

    /**
     * Returns the score of an item.
     *
     * @param query  {@code float32[dimension]}
     * @param item   rows of {@code float32[dimension]}
     * @param offset where the item's row starts
     * @param bias   the item's bias
     */
    public static float score(float[] query, float[] item, int offset, float bias) {
        double[] sums = new double[8];
        for (int i = 0; i < query.length; i++) {
            double product = (double) query[i] * (double) item[offset + i];
            sums[i % 8] = sums[i % 8] + product;
        }
        double left = (sums[0] + sums[4]) + (sums[2] + sums[6]);
        double right = (sums[1] + sums[5]) + (sums[3] + sums[7]);
        double sum = left + right;
        sum = sum + (double) bias;
        return (float) sum + 0.0f;
    }

    /**
     * Returns the best items of a list: score descending, then id ascending as unsigned.
     *
     * @param query   {@code float32[dimension]}
     * @param ids     unsigned 64-bit, distinct
     * @param vectors {@code float32[ids.length][dimension]}, row after row
     * @param biases  one an item, or null for none
     * @param limit   the most answers
     * @param passes  which ids may be in the answer
     */
    public static Answer[] top(
            float[] query, long[] ids, float[] vectors, float[] biases, int limit, LongPredicate passes) {
        Answer[] all = new Answer[ids.length];
        int count = 0;
        for (int row = 0; row < ids.length; row++) {
            if (passes.test(ids[row])) {
                float bias = biases == null ? 0.0f : biases[row];
                all[count++] = new Answer(ids[row], score(query, vectors, row * query.length, bias));
            }
        }
        Answer[] passed = Arrays.copyOf(all, count);
        Arrays.sort(passed, ORDER);
        return Arrays.copyOf(passed, Math.min(limit, count));
    }

    private static final Comparator<Answer> ORDER = (a, b) -> {
        if (a.score() > b.score()) {
            return -1;
        }
        if (a.score() < b.score()) {
            return 1;
        }
        return Long.compareUnsigned(a.itemId(), b.itemId());
    };

    /**
     * One item of an answer.
     *
     * @param itemId unsigned 64-bit
     * @param score  as DESIGN defines it
     */
    public record Answer(long itemId, float score) {}
}
