package io.magpie.server.cli;

import io.magpie.core.index.ItemQuery;
import io.magpie.server.data.IvecsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** The answers to all queries of an evaluation. Different threads may write different queries. */
final class EvaluationAnswers {
    /** 2 GiB of ids and scores. */
    private static final long MOST_ANSWERS = 1L << 28;

    private final int top;
    private final int[] counts;
    private final int[] ids;
    private final float[] scores;

    /**
     * @param queries how many queries there are
     * @param top     the most items in an answer
     */
    EvaluationAnswers(int queries, int top) {
        if ((long) queries * top > MOST_ANSWERS) {
            throw CommandException.failed(
                    "the answers do not fit: queries=" + queries + " times top=" + top + " is more than " + MOST_ANSWERS
                            + ": lower --top or take fewer queries",
                    null);
        }
        this.top = top;
        counts = new int[queries];
        ids = new int[queries * top];
        scores = new float[queries * top];
    }

    /** How two sets of answers compare; the first few differences in words. */
    static final class Comparison {
        private static final int MOST_EXAMPLES = 5;

        private final StringBuilder examples = new StringBuilder();
        private long found;
        private long expected;
        private long wrongQueries;

        /** Returns the share of the exact ids that were found. */
        double recall() {
            return expected == 0 ? 1.0 : (double) found / expected;
        }

        /** Returns how many queries had another id, order or score, by a bit. */
        long wrongQueries() {
            return wrongQueries;
        }

        /** Returns the first few differences, a line each. */
        String examples() {
            return examples.toString();
        }

        void add(Comparison other) {
            found += other.found;
            expected += other.expected;
            if (wrongQueries < MOST_EXAMPLES) {
                examples.append(other.examples);
            }
            wrongQueries += other.wrongQueries;
        }
    }

    void put(int query, ItemQuery answer) {
        counts[query] = answer.count();
        for (int rank = 0; rank < Math.min(top, answer.count()); rank++) {
            ids[query * top + rank] = (int) answer.id(rank);
            scores[query * top + rank] = answer.score(rank);
        }
    }

    boolean isSame(int query, ItemQuery answer) {
        if (counts[query] != answer.count()) {
            return false;
        }
        for (int rank = 0; rank < Math.min(top, answer.count()); rank++) {
            if (ids[query * top + rank] != (int) answer.id(rank)
                    || Float.floatToRawIntBits(scores[query * top + rank])
                            != Float.floatToRawIntBits(answer.score(rank))) {
                return false;
            }
        }
        return true;
    }

    /** Compares the answer to a query with the exact one, {@code top} ids and scores. */
    void compare(int query, int[] exactIds, float[] exactScores, Comparison into) {
        int start = query * top;
        int[] mine = Arrays.copyOfRange(ids, start, start + Math.min(top, counts[query]));
        int wrong = counts[query] == top ? -1 : Math.min(top, counts[query]);
        for (int rank = mine.length - 1; rank >= 0; rank--) {
            if (mine[rank] != exactIds[rank]
                    || Float.floatToRawIntBits(scores[start + rank]) != Float.floatToRawIntBits(exactScores[rank])) {
                wrong = rank;
            }
        }
        into.expected += top;
        if (wrong < 0) {
            into.found += top;
            return;
        }
        if (++into.wrongQueries <= Comparison.MOST_EXAMPLES) {
            String is = wrong < mine.length ? "item " + mine[wrong] + " score " + scores[start + wrong] : "nothing";
            String due = wrong < top ? "item " + exactIds[wrong] + " score " + exactScores[wrong] : "nothing";
            into.examples.append(
                    String.format("query %d rank %d: %s, and the full scan has %s%n", query, wrong, is, due));
        }
        Arrays.sort(mine);
        for (int id : exactIds) {
            into.found += Arrays.binarySearch(mine, id) >= 0 ? 1 : 0;
        }
    }

    /** Writes the ids, a row a query. */
    void writeIds(Path file) throws IOException {
        try (IvecsWriter writer = new IvecsWriter(file)) {
            for (int query = 0; query < counts.length; query++) {
                int count = Math.min(top, counts[query]);
                writer.write(Arrays.copyOfRange(ids, query * top, query * top + count), count);
            }
        }
    }
}
