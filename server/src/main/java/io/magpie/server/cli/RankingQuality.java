package io.magpie.server.cli;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hit rate and NDCG at 10 of ranked lists against held-out items, over all and by how many items were known. Binary gain;
 * the ideal has min(10, held-out items) of them on top. Not thread-safe.
 */
final class RankingQuality {
    /** How long a list is. */
    static final int TOP = 10;

    /** Numbers by size, words behind them by the alphabet. */
    static final Comparator<String> BY_KNOWN =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Mean all = new Mean();
    private final Map<String, Mean> byKnown = new TreeMap<>(BY_KNOWN);

    /** Means over people. */
    static final class Mean {
        private int rows;
        private double ndcg;
        private double hits;

        private void add(double ndcgOfRow, boolean hit) {
            rows++;
            ndcg += ndcgOfRow;
            hits += hit ? 1 : 0;
        }

        /** Returns how many people. */
        int rows() {
            return rows;
        }

        /** Returns the mean NDCG@10; 0 without people. */
        double ndcg() {
            return rows == 0 ? 0 : ndcg / rows;
        }

        /** Returns the share of people with a held-out item among their ten; 0 without people. */
        double hitRate() {
            return rows == 0 ? 0 : hits / rows;
        }
    }

    /**
     * Adds a person.
     *
     * @param known   how many items were known, as the folder words it
     * @param list    rows of items, best first; those from {@link #TOP} on do not count; may be shorter, or empty
     * @param heldOut rows of the held-out items, at least one; a repeat counts once
     */
    void add(String known, int[] list, int[] heldOut) {
        int[] distinct = java.util.Arrays.stream(heldOut).distinct().sorted().toArray();
        double gain = 0;
        boolean hit = false;
        for (int rank = 0; rank < Math.min(TOP, list.length); rank++) {
            if (java.util.Arrays.binarySearch(distinct, list[rank]) >= 0) {
                gain += discount(rank);
                hit = true;
            }
        }
        double ideal = 0;
        for (int rank = 0; rank < Math.min(TOP, distinct.length); rank++) {
            ideal += discount(rank);
        }
        all.add(gain / ideal, hit);
        byKnown.computeIfAbsent(known, key -> new Mean()).add(gain / ideal, hit);
    }

    /** Returns the means over all. */
    Mean all() {
        return all;
    }

    /** Returns the means by number of known items, in {@link #BY_KNOWN}'s order. */
    Map<String, Mean> byKnown() {
        return byKnown;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 2.0);
    }
}
