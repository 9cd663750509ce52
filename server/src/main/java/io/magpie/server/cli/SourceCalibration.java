package io.magpie.server.cli;

import io.magpie.core.fusion.SourceKind;
import io.magpie.server.data.FactorFolder;
import io.magpie.server.data.VectorMatrix;
import java.util.Arrays;

/**
 * Which sources of a factor folder hold what people did, and how much each guess from others is worth, knowing neither
 * their names nor any held-out item. Immutable.
 *
 * <p>With mu and C the mean and covariance of all item vectors, and v a person's unit vector from a source, the scores of
 * all items spread by {@code sd(v) = sqrt(v' C v)}. A source's <em>lift</em> is the mean, over people with seen items, of
 * {@code v . (mean of the seen items' vectors - mu) / sd(v)}: by how many standard deviations it scores the items that
 * people are known to have above the average item. An own slot was made of these very items and stands out: on every set
 * tried, the next source's lift is at most 0.74 of it, and two own sources differ by less than a hundredth. The weight of
 * a derived source is its lift over its mean spread, which is what least squares gives independent predictors, scaled to
 * mean 1.
 */
final class SourceCalibration {
    /** A source is own if its lift reaches this share of the highest. Any from 0.75 to 0.99 tells the sets tried alike. */
    private static final double OWN_FROM = 0.9;

    /** Multiplications to spend at most; beyond it a regular sample of items and of people stands for all. */
    private static final double MOST_PRODUCTS = 1e10;

    private final double[] lifts;
    private final double[] spreads;
    private final SourceKind[] kinds;
    private final double[] weights;

    private SourceCalibration(double[] lifts, double[] spreads) {
        this.lifts = lifts;
        this.spreads = spreads;
        kinds = kinds(lifts);
        weights = weights(lifts, spreads, kinds);
    }

    /** Works it out from items, people's vectors and seen items. */
    static SourceCalibration of(FactorFolder folder) {
        Moments moments = Moments.of(folder.items());
        int sources = folder.sources().size();
        int users = folder.userNames().size();
        int d = folder.items().dimension();
        int stride = (int) Math.max(1, Math.ceil((double) users * sources * d * d / MOST_PRODUCTS));
        double[] lifts = new double[sources];
        double[] spreads = new double[sources];
        int[] liftRows = new int[sources];
        int[] spreadRows = new int[sources];
        double[] stand = new double[d];
        double[] unit = new double[d];
        for (int user = 0; user < users; user += stride) {
            boolean hasSeen = meanOfSeen(folder, user, stand);
            for (int s = 0; s < sources; s++) {
                if (!unit(folder.userVectors(s), user, unit)) {
                    continue;
                }
                double spread = moments.spread(unit);
                spreads[s] += spread;
                spreadRows[s]++;
                if (hasSeen && spread > 0) {
                    lifts[s] += (dot(unit, stand) - dot(unit, moments.mean)) / spread;
                    liftRows[s]++;
                }
            }
        }
        for (int s = 0; s < sources; s++) {
            lifts[s] = liftRows[s] == 0 ? 0 : lifts[s] / liftRows[s];
            spreads[s] = spreadRows[s] == 0 ? 1 : spreads[s] / spreadRows[s];
        }
        return new SourceCalibration(lifts, spreads);
    }

    /** Makes one of given figures, for tests. */
    static SourceCalibration of(double[] lifts, double[] spreads) {
        return new SourceCalibration(lifts, spreads);
    }

    /** Returns whether a source is own or derived. */
    SourceKind kind(int source) {
        return kinds[source];
    }

    /** Returns a source's weight. */
    double weight(int source) {
        return weights[source];
    }

    /** Returns a source's lift; 0 if nobody has both seen items and a vector from it. */
    double lift(int source) {
        return lifts[source];
    }

    private static SourceKind[] kinds(double[] lifts) {
        double most = Arrays.stream(lifts).max().orElse(0);
        SourceKind[] kinds = new SourceKind[lifts.length];
        for (int s = 0; s < lifts.length; s++) {
            kinds[s] = lifts[s] > 0 && lifts[s] >= OWN_FROM * most ? SourceKind.OWN : SourceKind.DERIVED;
        }
        return kinds;
    }

    private static double[] weights(double[] lifts, double[] spreads, SourceKind[] kinds) {
        double[] weights = new double[lifts.length];
        Arrays.fill(weights, 1);
        double sum = 0;
        int derived = 0;
        for (int s = 0; s < lifts.length; s++) {
            if (kinds[s] == SourceKind.DERIVED) {
                if (!(lifts[s] > 0 && spreads[s] > 0)) {
                    return weights;
                }
                sum += lifts[s] / spreads[s];
                derived++;
            }
        }
        for (int s = 0; s < lifts.length; s++) {
            if (kinds[s] == SourceKind.DERIVED) {
                weights[s] = lifts[s] / spreads[s] / sum * derived;
            }
        }
        return weights;
    }

    private static boolean meanOfSeen(FactorFolder folder, int user, double[] mean) {
        Arrays.fill(mean, 0);
        int[] seen = folder.seen(user);
        float[] items = folder.items().values();
        for (int item : seen) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += items[item * mean.length + i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= Math.max(1, seen.length);
        }
        return seen.length > 0;
    }

    private static boolean unit(VectorMatrix vectors, int row, double[] into) {
        double squares = 0;
        for (int i = 0; i < into.length; i++) {
            into[i] = vectors.values()[row * into.length + i];
            squares += into[i] * into[i];
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < into.length && norm > 0; i++) {
            into[i] /= norm;
        }
        return norm > 0;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Mean and covariance of the item vectors. */
    private record Moments(double[] mean, double[] covariance) {
        static Moments of(VectorMatrix items) {
            int d = items.dimension();
            int stride = (int) Math.max(1, Math.ceil((double) items.rows() * d * d / MOST_PRODUCTS));
            double[] mean = new double[d];
            int rows = 0;
            for (int row = 0; row < items.rows(); row += stride, rows++) {
                for (int i = 0; i < d; i++) {
                    mean[i] += items.values()[row * d + i];
                }
            }
            for (int i = 0; i < d; i++) {
                mean[i] /= rows;
            }
            double[] covariance = new double[d * d];
            double[] centred = new double[d];
            for (int row = 0; row < items.rows(); row += stride) {
                for (int i = 0; i < d; i++) {
                    centred[i] = items.values()[row * d + i] - mean[i];
                }
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        covariance[i * d + j] += centred[i] * centred[j] / rows;
                    }
                }
            }
            return new Moments(mean, covariance);
        }

        double spread(double[] unit) {
            int d = unit.length;
            double sum = 0;
            for (int i = 0; i < d; i++) {
                double row = 0;
                for (int j = 0; j < d; j++) {
                    row += covariance[i * d + j] * unit[j];
                }
                sum += unit[i] * row;
            }
            return Math.sqrt(Math.max(0, sum));
        }
    }
}
