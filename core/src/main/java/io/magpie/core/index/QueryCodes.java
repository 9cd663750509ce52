package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;

/**
 * A query coded for one segment: its factors for the scans, and the thresholds of groups. Scratch, reused; not
 * thread-safe.
 *
 * <p>Everything is computed in double. Its rounding errors, and a rotation's not being quite orthogonal, are relative
 * errors below 1e-10 of |query| times |item|, and of score and bias; thresholds give in to them by 1e-9 and 1e-12.
 */
final class QueryCodes {
    /** No item of the group can reach the score. */
    static final int NONE_REACHES = Integer.MAX_VALUE;

    private static final int NO_GROUP = -1;
    private static final double SLACK = 1e-9;
    private static final double SCORE_SLACK = 1e-12;
    private static final double UP = 1 + 1e-9;
    /** Sums stay within a short. */
    static final int LARGEST_SUM = 32767;
    /** What rounding up the factors of the last column, and the starts, may add to a sum. */
    private static final int ROUNDING = 255 + 127 + 8;

    private final Kernels kernels;
    private final int lanes;
    private final double[] wide;
    private final double[] turned;
    private Rotation rotation;
    private BlockCodes codes;
    private double norm;
    private double unit;

    private short[][] factors = new short[0][];
    private short[] starts = new short[0];
    /** The norm of the head; and of each level, that of what lies between it and the level's end, and behind that. */
    private double head;

    private double[] body = new double[0];
    private double[] rest = new double[0];
    private double[] error = new double[0];
    /** Of each level, the sum of its squares; and of those of it and the levels before, weighted. */
    private double[] squares = new double[0];

    private double[] weightedSquares = new double[0];
    /** Of each level, the group that the factors of its last column are set for; and what is known of it. */
    private int[] groups = new int[0];

    /** Of each level, the score that was asked about last, and its threshold: blocks between two finds ask the same. */
    private double[] scores = new double[0];

    private int[] thresholds = new int[0];

    private double[] inverseSteps = new double[0];
    private double[] certain = new double[0];
    private short[] values = new short[0];
    private final short[] last = new short[2];
    private final PackedQuery packed = new PackedQuery();

    QueryCodes(Kernels kernels, int dimension) {
        this.kernels = kernels;
        lanes = kernels.lanes();
        wide = new double[dimension];
        turned = new double[Rotation.stride(dimension)];
    }

    /** Takes a new query, {@code float32[dimension]}. */
    void query(float[] vector) {
        Kernels.widen(vector, wide, wide.length);
        norm = Math.sqrt(kernels.dot(wide, vector, 0, wide.length)) * UP;
        rotation = null;
        codes = null;
        packed.clear();
    }

    /** Returns the query, widened. */
    double[] wide() {
        return wide;
    }

    /** Returns an upper bound of the query's norm. */
    double norm() {
        return norm;
    }

    /** Returns an upper bound of what items of at most this norm and bias can score. */
    double bound(double itemNorm, double bias) {
        double product = norm * itemNorm;
        return product + bias + SLACK * product + SCORE_SLACK * Math.abs(bias);
    }

    /** Codes the query for a segment. */
    void prepare(BlockCodes forCodes) {
        if (codes == forCodes) {
            return;
        }
        codes = forCodes;
        if (rotation != codes.rotation) {
            rotation = codes.rotation;
            rotation.apply(kernels, wide, turned);
        }
        reserve();
        Arrays.fill(groups, NO_GROUP);
        unit = unit();
        CodePlan plan = codes.plan;
        double inverse = 1 / unit;
        double errorSquare = 0;
        for (int level = 0; level < plan.levels(); level++) {
            int perShort = plan.codesInShort();
            int count = (plan.columns(level) - 1) * perShort;
            int lowSum = 0;
            int allSum = 0;
            int previous = 0;
            int first = plan.firstCode(level);
            int end = plan.endCode(level);
            for (int i = 0; i < count; i++) {
                int code = first + i;
                int factor = 0;
                if (code < end) {
                    double z = turned[plan.coordinate(code)] * plan.weights[code];
                    factor = (int) Math.rint(z * inverse);
                    double left = z - unit * factor;
                    errorSquare += left * left;
                }
                boolean lowest = (i & perShort - 1) == 0;
                values[i] = (short) (lowest ? factor : factor - (previous << plan.width));
                lowSum += lowest ? factor : 0;
                allSum += factor;
                previous = factor;
            }
            kernels.expand(values, count, factors[level], 0);
            // Takes out what makes codes unsigned: 128 from each lower byte, or 7.5 from each half byte, rounded up.
            starts[level] = (short) (plan.width == 8 ? -128 * lowSum : -Math.floorDiv(15 * allSum, 2));
            error[level] = Math.sqrt(errorSquare) * UP;
        }
    }

    /**
     * Computes which sum an item of a group must reach at a level, and sets the factors of the last column for it.
     *
     * @param score what scores must exceed, or minus infinity
     * @return -32767..32767, or {@link #NONE_REACHES}
     */
    int threshold(int level, int group, double score) {
        if (groups[level] != group) {
            startGroup(level, group);
        } else if (score == scores[level]) {
            return thresholds[level];
        }
        scores[level] = score;
        thresholds[level] = threshold(level, score);
        return thresholds[level];
    }

    private int threshold(int level, double score) {
        if (score == Double.NEGATIVE_INFINITY) {
            return -LARGEST_SUM;
        }
        double least = score - certain[level] - SCORE_SLACK * Math.abs(score);
        double sum = Math.floor(least * inverseSteps[level]) + 1;
        if (sum > LARGEST_SUM) {
            return NONE_REACHES;
        }
        return sum > -LARGEST_SUM ? (int) sum : -LARGEST_SUM;
    }

    /** Sets what thresholds of a group have in common; a query asks for several as it finds better items. */
    private void startGroup(int level, int group) {
        groups[level] = group;
        double s = codes.scale[group];
        double inverse = 1 / (s * unit);
        int columns = codes.plan.columns(level) - 1;
        int restFactor = factor(rest[level] * codes.restUnit[level][group], inverse);
        int errorFactor = factor(body[level] * codes.errorUnit[level][group], inverse);
        last[0] = (short) restFactor;
        last[1] = (short) (errorFactor - (restFactor << 8));
        kernels.expand(last, 2, factors[level], columns * codes.plan.codesInShort() * lanes);
        inverseSteps[level] = inverse;
        certain[level] = codes.bias[group]
                + s * error[level] * codes.codeNorm[level][group]
                + head * codes.headError[group] * UP
                + slack(group, 0);
    }

    /** What rounding may do to the scores of a group. */
    private double slack(int group, double score) {
        return SLACK * norm * codes.norm[group] + SCORE_SLACK * (Math.abs(score) + Math.abs(codes.bias[group]));
    }

    /**
     * Codes the query for a scan that serves several queries, once it is prepared for a segment that
     * {@linkplain PackedQuery#suits suits}. Returns false if it cannot be.
     */
    boolean pack() {
        return packed.prepare(codes, turned, body[0], rest[0]);
    }

    /** As {@link #threshold} of the first level, for {@link #pack}ed codes. */
    float packedThreshold(int group, double score) {
        return packed.threshold(group, score, slack(group, score));
    }

    /** Returns the packed codes, as {@link #packedThreshold} completed them last. */
    PackedQuery packed() {
        return packed;
    }

    /** Returns the expanded factors of a level, those of the last column as {@link #threshold} set them last. */
    short[] factors(int level) {
        return factors[level];
    }

    /** Returns what the sums of a level start with. */
    short start(int level) {
        return starts[level];
    }

    private static int factor(double value, double inverseStep) {
        return value > 0 ? (int) Math.ceil(value * inverseStep * UP) : 0;
    }

    /** Returns the unit of factors: as small as it may be for all sums to fit. */
    private double unit() {
        CodePlan plan = codes.plan;
        double weighted = 0;
        double headSquare = 0;
        double bodySquare = 0;
        for (int level = 0; level < plan.levels(); level++) {
            for (int code = plan.firstCode(level); code < plan.endCode(level); code++) {
                double y = turned[plan.coordinate(code)] * plan.weights[code];
                weighted += y * y;
            }
            double square = 0;
            for (int d = plan.start(level); d < plan.ends[level]; d++) {
                double z = turned[d];
                square += z * z;
                if (d < plan.head) {
                    headSquare += z * z;
                } else {
                    bodySquare += z * z;
                }
            }
            body[level] = Math.sqrt(bodySquare) * UP;
            squares[level] = square;
            weightedSquares[level] = weighted;
        }
        head = Math.sqrt(headSquare) * UP;
        double behind = 0;
        double largest = 0;
        double margin = ROUNDING;
        for (int level = plan.levels() - 1; level >= 0; level--) {
            rest[level] = Math.sqrt(behind) * UP;
            behind += squares[level];
            double sum = Math.sqrt(weightedSquares[level]) * codes.largestCodeNorm[level]
                    + rest[level] * codes.largestRest[level]
                    + body[level] * codes.largestError[level];
            largest = Math.max(largest, sum);
            // Each factor is off by a half at most.
            margin = Math.max(margin, ROUNDING + Math.sqrt(plan.endCode(level)) / 2 * codes.largestCodeNorm[level]);
        }
        double best = largest / (LARGEST_SUM - margin) * UP;
        return best > 0 ? best : 1;
    }

    private void reserve() {
        int levels = codes.plan.levels();
        if (factors.length < levels) {
            factors = new short[levels][0];
            starts = new short[levels];
            body = new double[levels];
            rest = new double[levels];
            error = new double[levels];
            squares = new double[levels];
            weightedSquares = new double[levels];
            groups = new int[levels];
            scores = new double[levels];
            thresholds = new int[levels];
            inverseSteps = new double[levels];
            certain = new double[levels];
        }
        for (int level = 0; level < levels; level++) {
            int count = (codes.plan.columns(level) - 1) * codes.plan.codesInShort();
            int length = (count + 2) * lanes;
            if (factors[level].length < length) {
                factors[level] = new short[length];
            }
            if (values.length < count) {
                values = new short[count];
            }
        }
    }
}
