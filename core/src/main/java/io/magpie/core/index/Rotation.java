package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;

/**
 * A change of coordinates that keeps inner products and puts the directions in which items vary most first: the
 * eigenvectors of the items' second moments. Where turning would cost more than it gives, only the order of the
 * coordinates changes. Immutable; thread-safe.
 */
final class Rotation {
    /** Beyond this, turning a query costs as much as scanning many blocks; coordinates are only put in order. */
    static final int MOST_TURNED_DIMENSIONS = 192;

    private static final int SAMPLE = 1 << 14;
    /** How far from orthogonal a rotation may be. Bounds allow a hundred times as much: see BlockCodes. */
    private static final double TOLERANCE = 1e-11;

    private final int dimension;
    private final int stride;
    /** Column after column, padded; null if coordinates are only put in order. */
    private final double[] columns;

    private final int[] order;
    /** Of each new coordinate, its share of the sum of squares; they sum to one. */
    private final double[] energy;

    private Rotation(int dimension, double[] columns, int[] order, double[] energy) {
        this.dimension = dimension;
        this.stride = stride(dimension);
        this.columns = columns;
        this.order = order;
        this.energy = energy;
    }

    /** Returns the length that a rotated vector's array needs. */
    static int stride(int dimension) {
        return (dimension + 7) & -8;
    }

    /**
     * Finds the rotation for some items, from a sample of them.
     */
    static Rotation of(RowList rows, int dimension) {
        double[][] moments = new double[dimension][dimension];
        int step = Math.max(1, rows.count() / SAMPLE);
        double[] row = new double[dimension];
        boolean turned = dimension <= MOST_TURNED_DIMENSIONS;
        for (int i = 0; i < rows.count(); i += step) {
            float[] vectors = rows.vectors(i);
            int at = rows.offset(i);
            for (int a = 0; a < dimension; a++) {
                row[a] = vectors[at + a];
            }
            for (int a = 0; a < dimension; a++) {
                double[] line = moments[a];
                double factor = row[a];
                for (int b = turned ? 0 : a; b <= a; b++) {
                    line[b] += factor * row[b];
                }
            }
        }
        double trace = 0;
        for (int a = 0; a < dimension; a++) {
            trace += moments[a][a];
        }
        if (!(trace > 1e-280) || trace > 1e280) {
            // All zero, or so small that its squares are none: any coordinates are as good.
            double[] even = new double[dimension];
            Arrays.fill(even, 1.0 / dimension);
            return new Rotation(dimension, null, sorted(even), even);
        }
        double[] values = new double[dimension];
        for (int a = 0; a < dimension; a++) {
            for (int b = 0; b <= a; b++) {
                moments[a][b] /= trace;
                moments[b][a] = moments[a][b];
            }
            values[a] = moments[a][a];
        }
        Rotation best = turned ? turned(moments, dimension) : null;
        return best != null ? best : ordered(values, dimension);
    }

    private static Rotation ordered(double[] values, int dimension) {
        int[] order = sorted(values);
        double[] energy = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            energy[i] = values[order[i]];
        }
        return new Rotation(dimension, null, order, energy);
    }

    private static Rotation turned(double[][] moments, int dimension) {
        SymmetricEigen eigen = new SymmetricEigen(moments);
        double[] values = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = eigen.value(i);
        }
        int[] order = sorted(values);
        int stride = stride(dimension);
        double[] columns = new double[dimension * stride];
        double[] energy = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            energy[i] = Math.max(0, values[order[i]]);
            for (int j = 0; j < dimension; j++) {
                columns[j * stride + i] = eigen.component(j, order[i]);
            }
        }
        return isOrthogonal(columns, stride, dimension) ? new Rotation(dimension, columns, null, energy) : null;
    }

    private static boolean isOrthogonal(double[] columns, int stride, int dimension) {
        double square = 0;
        for (int a = 0; a < dimension; a++) {
            for (int b = 0; b <= a; b++) {
                double product = a == b ? -1 : 0;
                for (int i = 0; i < dimension; i++) {
                    product += columns[a * stride + i] * columns[b * stride + i];
                }
                square += (a == b ? 1 : 2) * product * product;
            }
        }
        return Math.sqrt(square) <= TOLERANCE;
    }

    private static int[] sorted(double[] values) {
        Integer[] boxed = new Integer[values.length];
        Arrays.setAll(boxed, i -> i);
        Arrays.sort(boxed, (a, b) -> Double.compare(values[b], values[a]));
        return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
    }

    /** Returns the share of the sum of squares that coordinate {@code i} carries; they descend. */
    double energy(int i) {
        return energy[i];
    }

    /**
     * Rotates a vector.
     *
     * @param vector {@code float64[dimension]}
     * @param into   {@code float64[stride(dimension)]}, overwritten; zeros behind the dimension
     */
    void apply(Kernels kernels, double[] vector, double[] into) {
        if (columns != null) {
            kernels.multiply(columns, stride, vector, dimension, into);
            return;
        }
        for (int i = 0; i < dimension; i++) {
            into[i] = vector[order[i]];
        }
        for (int i = dimension; i < stride; i++) {
            into[i] = 0;
        }
    }
}
