package io.magpie.load.demo;

import java.util.SplittableRandom;

/** Plain arithmetic on {@code double[]} directions, for data that is made once; speed is no concern here. */
final class Vectors {
    private Vectors() {}

    /** Returns a random direction of unit length, the same for the same state of {@code random}. */
    static double[] direction(SplittableRandom random, int dimension) {
        double[] vector = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = gaussian(random);
        }
        return normalised(vector);
    }

    /** Returns one draw from the normal distribution. SplittableRandom has none of its own that is the same on 17 and 25. */
    static double gaussian(SplittableRandom random) {
        double u = 1.0 - random.nextDouble();
        return Math.sqrt(-2.0 * Math.log(u)) * Math.cos(2.0 * Math.PI * random.nextDouble());
    }

    /** Adds {@code factor * vector} to {@code sum}. */
    static void add(double[] sum, double factor, double[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }

    /** Scales to unit length, in place, and returns the argument; zeros stay zeros. */
    static double[] normalised(double[] vector) {
        double norm = Math.sqrt(dot(vector, vector));
        if (norm > 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= norm;
            }
        }
        return vector;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double cosine(double[] a, float[] b) {
        double product = 0;
        double a2 = 0;
        double b2 = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            a2 += a[i] * a[i];
            b2 += (double) b[i] * b[i];
        }
        return a2 == 0 || b2 == 0 ? 0 : product / Math.sqrt(a2 * b2);
    }

    static float[] toFloats(double[] vector) {
        float[] floats = new float[vector.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) vector[i];
        }
        return floats;
    }
}
