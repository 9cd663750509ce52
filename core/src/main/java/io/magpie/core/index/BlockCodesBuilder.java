package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;

/**
 * Puts rows in order and codes them. Not thread-safe; used once.
 *
 * <p>The order: the groups of {@link RowOrder}; in a group rows that lie near each other share a block, so that what a
 * query wants is found in few blocks.
 */
final class BlockCodesBuilder {
    /** No row: filling of a group's last block. */
    static final int PADDING = -1;

    private static final int BLOCK = BlockCodes.BLOCK;
    /** Blocks are cut along the widest of so many first coordinates. */
    private static final int CUT_DIMENSIONS = 16;

    /** Codes of width 8: at this norm they use what a sum of 16 bits can hold, half of it for items. */
    private static final double CODE_NORM = 178;

    private static final int LARGEST_CODE = 127;
    private static final double UP = 1 + 1e-9;
    /** Selections that take longer meet an order made to be slow; then all is sorted. */
    private static final int MOST_ROUNDS = 40;

    private final Kernels kernels;
    private final RowList rows;
    private final int dimension;
    private final int stride;
    private final Rotation rotation;
    private final CodePlan plan;
    private final double[] norms;
    private RowOrder rowOrder;
    private int[] order;
    private BlockCodes built;

    // Scratch for one group.
    private final double[] wide;
    private final double[] turned;
    private double[] group = new double[0];
    /** Of each code its step in this group. */
    private final double[] steps;

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
        steps = new double[plan.weights.length];
    }

    /** Returns, of each position, the number of its row in the list, or {@link #PADDING}. After {@link #build}. */
    int[] order() {
        return order;
    }

    BlockCodes build() {
        for (int i = 0; i < norms.length; i++) {
            norms[i] = norm(rows.vectors(i), rows.offset(i));
        }
        rowOrder = RowOrder.of(rows, norms);
        int groups = rowOrder.groups();
        int[] firstBlock = new int[groups + 1];
        for (int g = 0; g < groups; g++) {
            firstBlock[g + 1] = firstBlock[g] + rowOrder.blocks(g);
        }
        built = new BlockCodes(dimension, rotation, plan, firstBlock, groups);
        order = new int[built.blocks * BLOCK];
        Arrays.fill(order, PADDING);
        for (int g = 0; g < groups; g++) {
            encode(g);
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

    private void encode(int g) {
        int size = rowOrder.size(g);
        if (group.length < size * stride) {
            group = new double[Math.min(BlockCodes.MOST_BLOCKS_IN_GROUP * BLOCK, 2 * size) * stride];
        }
        double largestNorm = 0;
        double largestBias = Double.NEGATIVE_INFINITY;
        double largestComponent = 0;
        int[] members = new int[size];
        for (int i = 0; i < size; i++) {
            int row = rowOrder.row(g, i);
            members[i] = i;
            widen(row);
            rotation.apply(kernels, wide, turned);
            System.arraycopy(turned, 0, group, i * stride, stride);
            largestNorm = Math.max(largestNorm, norms[row]);
            largestBias = Math.max(largestBias, rows.bias(row));
            for (int d = 0; d < dimension; d++) {
                largestComponent = Math.max(largestComponent, Math.abs(turned[d]));
            }
        }
        cut(members, 0, size);
        built.norm[g] = largestNorm;
        built.bias[g] = largestBias;
        double s = plan.width == 8 ? Math.max(largestNorm / CODE_NORM, largestComponent / LARGEST_CODE) : largestNorm;
        built.scale[g] = s > 0 ? s : 1;
        for (int i = 0; i < steps.length; i++) {
            steps[i] = built.scale[g] * plan.weights[i];
        }
        int position = built.firstBlock[g] * BLOCK;
        for (int i = 0; i < size; i++) {
            order[position + i] = rowOrder.row(g, members[i]);
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
        double headSquare = 0;
        double errorSquare = 0;
        double codeSquare = 0;
        for (int level = 0; level < plan.levels(); level++) {
            short[] codes = built.codes[level];
            int base = position / BLOCK * plan.columns(level) * BLOCK + position % BLOCK;
            int first = plan.firstCode(level);
            for (int d = plan.start(level); d < plan.ends[level]; d++) {
                double y = group[at + d];
                double left;
                if (plan.width == 8) {
                    double step = steps[d];
                    int code = (int) Math.rint(y / step);
                    codeSquare += (double) code * code;
                    // The lower byte of a short is read as unsigned, the upper one as signed.
                    put(codes, base, d - first, (d - first) % 2 == 0 ? code + 128 & 0xFF : code);
                    left = y - step * code;
                } else if (d < plan.head) {
                    double step = steps[2 * d + 1];
                    int integer = Math.max(0, Math.min(255, (int) (y / step + 128)));
                    codeSquare += putQuarter(codes, base, 2 * d - first, integer >> 4);
                    codeSquare += putQuarter(codes, base, 2 * d + 1 - first, integer & 15);
                    left = y - step * (integer - 127.5);
                } else {
                    double step = steps[d + plan.head];
                    int integer = Math.max(0, Math.min(15, (int) (y / step + 8)));
                    codeSquare += putQuarter(codes, base, d + plan.head - first, integer);
                    left = y - step * (integer - 7.5);
                }
                if (d < plan.head) {
                    headSquare += left * left;
                } else {
                    errorSquare += left * left;
                }
            }
            double restSquare = 0;
            for (int d = plan.ends[level]; d < dimension; d++) {
                restSquare += group[at + d] * group[at + d];
            }
            rest[level][index] = Math.sqrt(restSquare) * UP;
            error[level][index] = Math.sqrt(errorSquare) * UP;
            built.codeNorm[level][g] = Math.max(built.codeNorm[level][g], Math.sqrt(codeSquare) * UP);
        }
        built.headError[g] = Math.max(built.headError[g], Math.sqrt(headSquare) * UP);
    }

    /** Puts a code of width 4, and returns its square. */
    private double putQuarter(short[] codes, int base, int number, int integer) {
        put(codes, base, number, integer);
        return (integer - 7.5) * (integer - 7.5);
    }

    /** Puts the code of a number in its level, for the item whose first column is at the base. */
    private void put(short[] codes, int base, int number, int bits) {
        int bit = number * plan.width;
        codes[base + (bit >>> 4) * BLOCK] |= (short) (bits << (bit & 15));
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
            keys[i - from] = (long) RowOrder.descending(y) << 32 | members[i];
        }
        int middle = from + Math.max(1, (size / 2 + BLOCK / 2) / BLOCK) * BLOCK;
        select(middle - from, size);
        for (int i = from; i < to; i++) {
            members[i] = (int) keys[i - from];
        }
        cut(members, from, middle);
        cut(members, middle, to);
    }

    /** Brings the least of so many keys, all different, to the front: in which order, does not matter (Hoare's selection). */
    private void select(int count, int size) {
        int from = 0;
        int to = size - 1;
        for (int rounds = 0; from < to; rounds++) {
            if (rounds == MOST_ROUNDS) {
                Arrays.sort(keys, from, to + 1);
                return;
            }
            long pivot = median(keys[from], keys[from + to >>> 1], keys[to]);
            int i = from;
            int j = to;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    long key = keys[i];
                    keys[i++] = keys[j];
                    keys[j--] = key;
                }
            }
            // All before i are at most the pivot, all behind j at least.
            if (count <= j) {
                to = j;
            } else if (count > i) {
                from = i;
            } else {
                return;
            }
        }
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
