package io.magpie.server.model;

/** Straight double arithmetic, from the definitions. */
final class Arithmetic {
    private Arithmetic() {}

    /** 2^(-elapsed / halfLife); the product computes it otherwise, so that the last bits may differ. */
    static double decay(long elapsedMillis, long halfLifeMillis) {
        return elapsedMillis <= 0 || halfLifeMillis == 0
                ? 1
                : StrictMath.pow(2, -(double) elapsedMillis / halfLifeMillis);
    }

    static double norm(float[] vector) {
        double square = 0;
        for (float each : vector) {
            square += (double) each * each;
        }
        return Math.sqrt(square);
    }

    static double norm(double[] vector) {
        double square = 0;
        for (double each : vector) {
            square += each * each;
        }
        return Math.sqrt(square);
    }

    static void add(double[] sum, float[] vector, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }

    static float[] rounded(double[] sum) {
        float[] u = new float[sum.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) sum[i];
        }
        return u;
    }

    /** The slot's vector after an event, both decayed to the later time. */
    static float[] moved(float[] slot, double kept, float[] item, double step) {
        float[] moved = new float[slot.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (slot[i] * kept + item[i] * step);
        }
        return moved;
    }

    static boolean isZero(float[] vector) {
        for (float each : vector) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }
}
