package io.magpie.server.cli.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the rows of a bulk load ended. Owned by one thread. */
public final class BulkReport {
    /** Positions kept a reason: enough to look the rows up, few enough for a screen. */
    public static final int FIRST_POSITIONS = 5;

    /** Reasons that are told apart: what a row says of itself may be part of one. */
    private static final int MOST_REASONS = 100;

    private final Map<String, Refusal> refusals = new LinkedHashMap<>();
    private final long startNanos = System.nanoTime();
    private long loaded;
    private long refused;

    /** One reason for which rows were refused. */
    public static final class Refusal {
        private final List<String> first = new ArrayList<>();
        private long rows;

        /** Returns how many rows were refused for it. */
        public long rows() {
            return rows;
        }

        /** Returns where the first few of them lie. */
        public List<String> first() {
            return List.copyOf(first);
        }
    }

    void loaded(long rows) {
        loaded += rows;
    }

    void refused(String reason, String position) {
        refused++;
        boolean isNew = !refusals.containsKey(reason);
        String kept = isNew && refusals.size() >= MOST_REASONS ? "other reasons" : reason;
        Refusal refusal = refusals.computeIfAbsent(kept, key -> new Refusal());
        refusal.rows++;
        if (refusal.first.size() < FIRST_POSITIONS) {
            refusal.first.add(position);
        }
    }

    /** Returns how many rows the server took. */
    public long loaded() {
        return loaded;
    }

    /** Returns how many rows were refused, here or by the server. */
    public long refused() {
        return refused;
    }

    /** Returns why rows were refused, in the order of their first row. */
    public Map<String, Refusal> refusals() {
        return refusals;
    }

    /** Returns how long it has been since this report was made. */
    public double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
