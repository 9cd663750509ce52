package io.magpie.core.index;

/**
 * Eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL with implicit shifts (after
 * EISPACK's tred2 and tql2; Bowdler, Martin, Reinsch and Wilkinson, Handbook for Automatic Computation II, 1971).
 */
final class SymmetricEigen {
    private static final int MOST_ROUNDS = 60;
    private static final double EPSILON = 0x1p-52;

    private final int n;
    /** Row i: the matrix, then of each eigenvector (a column) the component i. */
    private final double[][] v;

    private final double[] d;
    private final double[] e;

    /**
     * @param matrix {@code float64[n][n]}, symmetric; overwritten
     */
    SymmetricEigen(double[][] matrix) {
        n = matrix.length;
        v = matrix;
        d = new double[n];
        e = new double[n];
        reduce();
        iterate();
    }

    /** Returns eigenvalue {@code i}; they are not sorted. */
    double value(int i) {
        return d[i];
    }

    /** Returns component {@code row} of eigenvector {@code i}, of length one. */
    double component(int row, int i) {
        return v[row][i];
    }

    private void reduce() {
        System.arraycopy(v[n - 1], 0, d, 0, n);
        for (int i = n - 1; i > 0; i--) {
            double scale = 0;
            double h = 0;
            for (int k = 0; k < i; k++) {
                scale += Math.abs(d[k]);
            }
            if (scale == 0) {
                e[i] = d[i - 1];
                for (int j = 0; j < i; j++) {
                    d[j] = v[i - 1][j];
                    v[i][j] = 0;
                    v[j][i] = 0;
                }
            } else {
                h = reflect(i, scale);
            }
            d[i] = h;
        }
        accumulate();
    }

    private double reflect(int i, double scale) {
        double h = 0;
        for (int k = 0; k < i; k++) {
            d[k] /= scale;
            h += d[k] * d[k];
        }
        double f = d[i - 1];
        double g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
        e[i] = scale * g;
        h -= f * g;
        d[i - 1] = f - g;
        for (int j = 0; j < i; j++) {
            e[j] = 0;
        }
        for (int j = 0; j < i; j++) {
            f = d[j];
            v[j][i] = f;
            g = e[j] + v[j][j] * f;
            for (int k = j + 1; k <= i - 1; k++) {
                g += v[k][j] * d[k];
                e[k] += v[k][j] * f;
            }
            e[j] = g;
        }
        f = 0;
        for (int j = 0; j < i; j++) {
            e[j] /= h;
            f += e[j] * d[j];
        }
        double hh = f / (h + h);
        for (int j = 0; j < i; j++) {
            e[j] -= hh * d[j];
        }
        for (int j = 0; j < i; j++) {
            f = d[j];
            g = e[j];
            for (int k = j; k <= i - 1; k++) {
                v[k][j] -= f * e[k] + g * d[k];
            }
            d[j] = v[i - 1][j];
            v[i][j] = 0;
        }
        return h;
    }

    private void accumulate() {
        for (int i = 0; i < n - 1; i++) {
            v[n - 1][i] = v[i][i];
            v[i][i] = 1;
            double h = d[i + 1];
            if (h != 0) {
                for (int k = 0; k <= i; k++) {
                    d[k] = v[k][i + 1] / h;
                }
                for (int j = 0; j <= i; j++) {
                    double g = 0;
                    for (int k = 0; k <= i; k++) {
                        g += v[k][i + 1] * v[k][j];
                    }
                    for (int k = 0; k <= i; k++) {
                        v[k][j] -= g * d[k];
                    }
                }
            }
            for (int k = 0; k <= i; k++) {
                v[k][i + 1] = 0;
            }
        }
        for (int j = 0; j < n; j++) {
            d[j] = v[n - 1][j];
            v[n - 1][j] = 0;
        }
        v[n - 1][n - 1] = 1;
        e[0] = 0;
    }

    private void iterate() {
        for (int i = 1; i < n; i++) {
            e[i - 1] = e[i];
        }
        e[n - 1] = 0;
        double f = 0;
        double largest = 0;
        for (int l = 0; l < n; l++) {
            largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
            int m = l;
            while (m < n - 1 && Math.abs(e[m]) > EPSILON * largest) {
                m++;
            }
            if (m > l) {
                int rounds = 0;
                do {
                    f += shift(l, m);
                    rounds++;
                } while (Math.abs(e[l]) > EPSILON * largest && rounds < MOST_ROUNDS);
            }
            d[l] += f;
            e[l] = 0;
        }
    }

    private double shift(int l, int m) {
        double g = d[l];
        double p = (d[l + 1] - g) / (2 * e[l]);
        double r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
        d[l] = e[l] / (p + r);
        d[l + 1] = e[l] * (p + r);
        double next = d[l + 1];
        double shift = g - d[l];
        double h = shift;
        for (int i = l + 2; i < n; i++) {
            d[i] -= h;
        }
        p = d[m];
        double c = 1;
        double c2 = c;
        double c3 = c;
        double el1 = e[l + 1];
        double s = 0;
        double s2 = 0;
        for (int i = m - 1; i >= l; i--) {
            c3 = c2;
            c2 = c;
            s2 = s;
            g = c * e[i];
            h = c * p;
            r = Math.hypot(p, e[i]);
            e[i + 1] = s * r;
            s = e[i] / r;
            c = p / r;
            p = c * d[i] - s * g;
            d[i + 1] = h + s * (c * g + s * d[i]);
            for (double[] row : v) {
                double t = row[i + 1];
                row[i + 1] = s * row[i] + c * t;
                row[i] = c * row[i] - s * t;
            }
        }
        p = -s * s2 * c3 * el1 * e[l] / next;
        e[l] = s * p;
        d[l] = c * p;
        return shift;
    }
}
