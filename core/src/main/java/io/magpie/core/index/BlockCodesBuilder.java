package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;

/**
 * Puts rows in order and codes them. Not thread-safe; used once.
 *
 * <p>The order: rows of about the same bias together, in it by norm, descending, cut into groups whose norms are nearly
 * equal; in a group rows that lie near each other share a block, so that what a query wants is found in few blocks.
 */
final class BlockCodesBuilder {
    /** No row: filling of a group's last block. */
    static final int PADDING = -1;

    private static final int BLOCK = BlockCodes.BLOCK;
    /** A group ends where norms fall below this share of its first. */
    private static final double GROUP_NORM_RATIO = 0.95;
    /** Blocks are cut along the widest of so many first coordinates. */
    private static final int CUT_DIMENSIONS = 16;

    private static final int MOST_BIAS_BINS = 16;
    private static final int ROWS_IN_BIAS_BIN = 2048;
    /** Codes of width 8: at this norm they use what a sum of 16 bits can hold, half of it for items. */
    private static final double CODE_NORM = 178;

    private static final int LARGEST_CODE = 127;
    private static final double UP = 1 + 1e-9;

    private final Kernels kernels;
    private final RowList rows;
    private final int dimension;
    private final int stride;
    private final Rotation rotation;
    private final CodePlan plan;
    private final double[] norms;
    private int[] order;
    private BlockCodes built;

    // Scratch for one group.
    private final double[] wide;
    private final double[] turned;
    private double[] group = new double[0];
    private final long[] keys = new long[BlockCodes.MOST_BLOCKS_IN_GROUP * BLOCK];

    BlockCodesBuilder(Kernels kernels, RowList rows, int dimension, Rotation rotation, CodePlan plan) {
        this.kernels = kernels;
        this.rows = rows;
        this.dimension = dimension;
        this.rotation = rotation;
        this.plan = plan;
        stride = Rotation.stride(dimension);
        norms = new double[rows.count()];
        wide = new double[dimension];
        turned = new double[stride];
    }

    /** Returns, of each position, the number of its row in the list, or {@link #PADDING}. After {@link #build}. */
    int[] order() {
        return order;
    }

    BlockCodes build() {
        for (int i = 0; i < norms.length; i++) {
            norms[i] = norm(rows.vectors(i), rows.offset(i));
        }
        int[] sorted = sortedByNorm();
        int[] starts = cutIntoGroups(sorted);
        int groups = starts.length - 1;
        Integer[] best = new Integer[groups];
        double[] value = new double[groups];
        for (int g = 0; g < groups; g++) {
            best[g] = g;
            value[g] = norms[sorted[starts[g]]] + largestBias(sorted, starts[g], starts[g + 1]);
        }
        Arrays.sort(best, (a, b) -> Double.compare(value[b], value[a]));
        int[] firstBlock = new int[groups + 1];
        for (int g = 0; g < groups; g++) {
            int size = starts[best[g] + 1] - starts[best[g]];
            firstBlock[g + 1] = firstBlock[g] + (size + BLOCK - 1) / BLOCK;
        }
        built = new BlockCodes(dimension, rotation, plan, firstBlock, groups);
        order = new int[built.blocks * BLOCK];
        Arrays.fill(order, PADDING);
        for (int g = 0; g < groups; g++) {
            int from = starts[best[g]];
            encode(g, sorted, from, starts[best[g] + 1]);
        }
        built.conclude();
        return built;
    }

    private double norm(float[] vectors, int offset) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            double x = vectors[offset + i];
            sum += x * x;
        }
        return Math.sqrt(sum) * UP;
    }

    /** Returns row numbers: bins of like bias, largest first, each sorted by norm, descending. */
    private int[] sortedByNorm() {
        int n = norms.length;
        int bins = Math.max(1, Math.min(MOST_BIAS_BINS, n / ROWS_IN_BIAS_BIN));
        long[] byBias = new long[n];
        boolean same = true;
        for (int i = 0; i < n; i++) {
            byBias[i] = (long) descending(rows.bias(i)) << 32 | i;
            same &= rows.bias(i) == rows.bias(0);
        }
        if (same) {
            bins = 1;
        } else {
            Arrays.sort(byBias);
        }
        int[] sorted = new int[n];
        long[] byNorm = new long[n];
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) n * bin / bins);
            int to = (int) ((long) n * (bin + 1) / bins);
            for (int i = from; i < to; i++) {
                int row = (int) byBias[i];
                byNorm[i] = (long) descending((float) norms[row]) << 32 | row;
            }
            Arrays.sort(byNorm, from, to);
            for (int i = from; i < to; i++) {
                sorted[i] = (int) byNorm[i];
            }
        }
        return sorted;
    }

    /** Returns an integer that sorts as the float does, the other way round. */
    private static int descending(float value) {
        int bits = Float.floatToIntBits(value);
        return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }

    private int[] cutIntoGroups(int[] sorted) {
        int n = sorted.length;
        int[] starts = new int[n / BLOCK + 2 * MOST_BIAS_BINS + 2];
        int groups = 0;
        int from = 0;
        while (from < n) {
            starts[groups++] = from;
            double first = norms[sorted[from]];
            int to = Math.min(n, from + BLOCK);
            while (to < n && to - from < BlockCodes.MOST_BLOCKS_IN_GROUP * BLOCK) {
                int next = Math.min(n, to + BLOCK);
                double last = norms[sorted[next - 1]];
                // Norms that rise again belong to the next bin of biases.
                if (last < GROUP_NORM_RATIO * first || last > norms[sorted[to - 1]]) {
                    break;
                }
                to = next;
            }
            from = to;
        }
        starts[groups] = n;
        return Arrays.copyOf(starts, groups + 1);
    }

    private double largestBias(int[] sorted, int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, rows.bias(sorted[i]));
        }
        return largest;
    }

    private void encode(int g, int[] sorted, int from, int to) {
        int size = to - from;
        if (group.length < size * stride) {
            group = new double[Math.min(BlockCodes.MOST_BLOCKS_IN_GROUP * BLOCK, 2 * size) * stride];
        }
        double largestNorm = 0;
        double largestComponent = 0;
        int[] members = new int[size];
        for (int i = 0; i < size; i++) {
            int row = sorted[from + i];
            members[i] = i;
            widen(row);
            rotation.apply(kernels, wide, turned);
            System.arraycopy(turned, 0, group, i * stride, stride);
            largestNorm = Math.max(largestNorm, norms[row]);
            for (int d = 0; d < dimension; d++) {
                largestComponent = Math.max(largestComponent, Math.abs(turned[d]));
            }
        }
        cut(members, 0, size);
        built.norm[g] = largestNorm;
        built.bias[g] = largestBias(sorted, from, to);
        double s = plan.width == 8 ? Math.max(largestNorm / CODE_NORM, largestComponent / LARGEST_CODE) : largestNorm;
        built.scale[g] = s > 0 ? s : 1;
        int position = built.firstBlock[g] * BLOCK;
        for (int i = 0; i < size; i++) {
            order[position + i] = sorted[from + members[i]];
        }
        double[][] rest = new double[plan.levels()][size];
        double[][] error = new double[plan.levels()][size];
        for (int i = 0; i < size; i++) {
            encodeRow(g, position + i, members[i] * stride, i, rest, error);
        }
        for (int level = 0; level < plan.levels(); level++) {
            encodeLastColumn(g, level, position, rest[level], error[level]);
        }
        encodePadding(position + size, built.firstBlock[g + 1] * BLOCK);
    }

    /** Codes filling as zeros, so that no sum of it overflows. */
    private void encodePadding(int from, int to) {
        short zero = (short) (plan.width == 8 ? 128 : 0x7777);
        for (int level = 0; level < plan.levels(); level++) {
            int columns = plan.columns(level);
            for (int position = from; position < to; position++) {
                for (int column = 0; column < columns - 1; column++) {
                    built.codes[level][(position / BLOCK * columns + column) * BLOCK + position % BLOCK] = zero;
                }
            }
        }
    }

    private void widen(int row) {
        float[] vectors = rows.vectors(row);
        int offset = rows.offset(row);
        for (int d = 0; d < dimension; d++) {
            wide[d] = vectors[offset + d];
        }
    }

    private void encodeRow(int g, int position, int at, int index, double[][] rest, double[][] error) {
        double s = built.scale[g];
        double errorSquare = 0;
        double codeSquare = 0;
        int lane = position % BLOCK;
        int block = position / BLOCK;
        for (int level = 0; level < plan.levels(); level++) {
            short[] codes = built.codes[level];
            int base = block * plan.columns(level) * BLOCK + lane;
            int start = plan.start(level);
            for (int d = start; d < plan.ends[level]; d++) {
                double step = s * plan.weights[d];
                double y = group[at + d];
                double code;
                if (plan.width == 8) {
                    int integer = (int) Math.rint(y / step);
                    code = integer;
                    int shift = (d - start) % 2 * 8;
                    // The lower byte of a short is read as unsigned, the upper one as signed.
                    codes[base + (d - start) / 2 * BLOCK] |= (short) (shift == 0 ? integer + 128 & 0xFF : integer << 8);
                } else {
                    int integer = (int) Math.max(0, Math.min(15, Math.rint(y / step + 7.5)));
                    code = integer - 7.5;
                    codes[base + (d - start) / 4 * BLOCK] |= (short) (integer << (d - start) % 4 * 4);
                }
                double left = y - step * code;
                errorSquare += left * left;
                codeSquare += code * code;
            }
            double restSquare = 0;
            for (int d = plan.ends[level]; d < dimension; d++) {
                restSquare += group[at + d] * group[at + d];
            }
            rest[level][index] = Math.sqrt(restSquare) * UP;
            error[level][index] = Math.sqrt(errorSquare) * UP;
            built.codeNorm[level][g] = Math.max(built.codeNorm[level][g], Math.sqrt(codeSquare) * UP);
        }
    }

    private void encodeLastColumn(int g, int level, int position, double[] rest, double[] error) {
        double largestRest = 0;
        double largestError = 0;
        for (int i = 0; i < rest.length; i++) {
            largestRest = Math.max(largestRest, rest[i]);
            largestError = Math.max(largestError, error[i]);
        }
        double restUnit = largestRest * UP / 255;
        double errorUnit = largestError * UP / 127;
        built.restUnit[level][g] = restUnit;
        built.errorUnit[level][g] = errorUnit;
        int columns = plan.columns(level);
        for (int i = 0; i < rest.length; i++) {
            int restCode = restUnit > 0 ? (int) Math.ceil(rest[i] / restUnit) : 0;
            int errorCode = errorUnit > 0 ? (int) Math.ceil(error[i] / errorUnit) : 0;
            int block = (position + i) / BLOCK;
            built.codes[level][(block * columns + columns - 1) * BLOCK + (position + i) % BLOCK] =
                    (short) (errorCode << 8 | restCode);
        }
    }

    /** Orders a group's members so that each block holds rows near each other: halves them along the widest coordinate. */
    private void cut(int[] members, int from, int to) {
        int size = to - from;
        if (size <= BLOCK) {
            return;
        }
        int widest = 0;
        double largest = -1;
        for (int d = 0; d < Math.min(dimension, CUT_DIMENSIONS); d++) {
            double sum = 0;
            double squares = 0;
            for (int i = from; i < to; i++) {
                double y = group[members[i] * stride + d];
                sum += y;
                squares += y * y;
            }
            double variance = squares / size - sum / size * (sum / size);
            if (variance > largest) {
                largest = variance;
                widest = d;
            }
        }
        for (int i = from; i < to; i++) {
            float y = (float) group[members[i] * stride + widest];
            keys[i - from] = (long) descending(y) << 32 | members[i];
        }
        Arrays.sort(keys, 0, size);
        for (int i = from; i < to; i++) {
            members[i] = (int) keys[i - from];
        }
        int middle = from + Math.max(1, (size / 2 + BLOCK / 2) / BLOCK) * BLOCK;
        cut(members, from, middle);
        cut(members, middle, to);
    }
}
