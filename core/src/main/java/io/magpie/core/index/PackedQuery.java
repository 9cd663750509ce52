package io.magpie.core.index;

import java.util.Arrays;

/**
 * A query's coarse factors for a scan that serves several queries at once ({@code Kernels.scanTogether}). Scratch,
 * reused; not thread-safe.
 *
 * <p>Let c be the codes of an item's first level, 8 bits each, h their number, g = floor(c / 4) and f = c - 4 g - 1.5, so
 * that |f| &lt;= 1.5 sqrt(h). The query's factors are integers k with z_d w_d = u k_d + e_d. Then, in the notation of
 * {@link BlockCodes},
 *
 * <pre>
 *  s sum(z w c) = 4 s u sum(k g) + 4 s &lt;e, g&gt; + 1.5 s sum(z w) + s &lt;z w, f&gt;
 *              &lt;= 4 s u sum(k g) + 4 s |e| |g| + 1.5 s sum(z w) + 1.5 s |z w| sqrt(h),     |g| &lt;= (|c| + 3 sqrt(h)) / 4
 * </pre>
 *
 * What the codes leave out is taken at the group's largest; the rest's code is divided by 16 and rounded up.
 */
final class PackedQuery {
    /** What two sums in a float have room for. */
    private static final int LARGEST_SUM = 2047;
    /** The least of it that must be left for factors after what rounding takes, for them to be worth anything. */
    private static final int LEAST_ROOM = 1024;

    private static final int REST_DIVISOR = 16;
    private static final int LARGEST_REST = 255 / REST_DIVISOR + 1;
    private static final double UP = 1 + 1e-9;
    private static final double MIDDLE = 1.5;

    private BlockCodes codes;
    private float[] factors = new float[0];
    private int count;
    private int columns;
    private boolean usable;
    private double unit;
    private double error;
    private double constant;
    private double restNorm;
    private double headNorm;

    /** Forgets the query. */
    void clear() {
        codes = null;
    }

    /** Returns whether a segment's codes can be scanned so at all. */
    static boolean suits(BlockCodes codes) {
        return codes.plan.width == 8;
    }

    /**
     * Codes a query for a segment that it suits.
     *
     * @param turned   the query, turned
     * @param headNorm an upper bound of the norm of its first level
     * @param restNorm the same of the others
     * @return whether the query can be scanned so
     */
    boolean prepare(BlockCodes forCodes, double[] turned, double headNorm, double restNorm) {
        if (codes == forCodes) {
            return usable;
        }
        codes = forCodes;
        CodePlan plan = codes.plan;
        count = plan.ends[0];
        columns = plan.columns(0);
        this.headNorm = headNorm;
        this.restNorm = restNorm;
        if (factors.length < 2 * columns - 1) {
            factors = new float[2 * columns - 1];
        }
        Arrays.fill(factors, 0);
        double square = 0;
        double sum = 0;
        for (int d = 0; d < count; d++) {
            double z = turned[d] * plan.weights[d];
            square += z * z;
            sum += z;
        }
        double norm = Math.sqrt(square) * UP;
        double root = Math.sqrt(count);
        double largestCodes = coarse(codes.largestCodeNorm[0], root);
        // Factors are off by a half at most; the rest's is rounded up.
        double room = LARGEST_SUM - root / 2 * largestCodes - LARGEST_REST - 1;
        usable = room >= LEAST_ROOM;
        double best = (norm * largestCodes + restNorm * codes.largestRest[0] / 4 * LARGEST_REST * REST_DIVISOR / 255)
                / room
                * UP;
        unit = best > 0 ? best : 1;
        double errorSquare = 0;
        for (int d = 0; d < count; d++) {
            double z = turned[d] * plan.weights[d];
            double factor = Math.rint(z / unit);
            errorSquare += (z - unit * factor) * (z - unit * factor);
            factors[d] = (float) factor;
        }
        error = Math.sqrt(errorSquare) * UP;
        constant = MIDDLE * (sum + norm * root) + norm * root * 1e-9;
        return usable;
    }

    /**
     * Computes which sum an item of a group must reach, and sets the rest's factor for it.
     *
     * @param score what scores must exceed
     * @param slack what rounding may do to a score, in this group
     * @return {@value #LARGEST_SUM} + 1 if none can reach it
     */
    float threshold(int group, double score, double slack) {
        double s = codes.scale[group];
        double step = 4 * s * unit;
        double rest = restNorm * codes.restUnit[0][group] * REST_DIVISOR;
        factors[2 * columns - 2] = rest > 0 ? (float) Math.ceil(rest / step * UP) : 0;
        double certain = codes.bias[group]
                + 4 * s * error * coarse(codes.codeNorm[0][group], Math.sqrt(count))
                + s * constant
                + headNorm * 127 * codes.errorUnit[0][group] * UP
                + slack;
        double sum = Math.floor((score - certain) / step) + 1;
        return (float) Math.max(-LARGEST_SUM, Math.min(LARGEST_SUM + 1, sum));
    }

    /** Writes the factors as one of four queries side by side. */
    void copyTo(float[] tiles, int at) {
        int out = at;
        for (int i = 0; i < 2 * columns - 1; i++) {
            tiles[out] = factors[i];
            out += 4;
        }
    }

    /** An upper bound of |g| from one of |c|. */
    private static double coarse(double codeNorm, double root) {
        return (codeNorm + 3 * root) / 4 * UP;
    }
}
