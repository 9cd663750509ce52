package io.magpie.core.vector;

import java.lang.reflect.InvocationTargetException;

/**
 * The arithmetic of hot loops, as functions of primitives. One implementation uses SIMD, one is plain Java; both give
 * the same results bit for bit. Thread-safe: it holds no state.
 *
 * <p>Callers check shapes once; kernels only rely on the array bounds that the JVM checks.
 */
public abstract class Kernels {
    /** {@code -Dmagpie.kernels=scalar} switches SIMD off. */
    public static final String PROPERTY = "magpie.kernels";

    private static final String SIMD_CLASS = "io.magpie.core.vector.simd.SimdKernels";
    private static final Kernels SCALAR = new ScalarKernels();
    private static final String[] FALLBACK_REASON = new String[1];
    private static final Kernels BEST = load();

    /** Returns the fastest implementation that this JVM can run. */
    public static Kernels best() {
        return BEST;
    }

    /** Returns the implementation without SIMD. */
    public static Kernels scalar() {
        return SCALAR;
    }

    /** Returns why {@link #best()} is not SIMD, or null if it is. Said once at start by whoever owns the log. */
    public static String fallbackReason() {
        return FALLBACK_REASON[0];
    }

    /** Returns the name and, for SIMD, the width in bits. */
    public abstract String name();

    /**
     * Computes the inner product in the order that this package's page states, in double.
     *
     * @param query     {@code float64[dimension]}: the float32 query, widened
     * @param vectors   rows of {@code float32[dimension]}
     * @param offset    where the row starts
     * @param dimension how many components
     */
    public abstract double dot(double[] query, float[] vectors, int offset, int dimension);

    /**
     * Adds rows up: component i is {@code factors[0] * row_0[i] + factors[1] * row_1[i] + ...}, from +0.0, in double, in
     * that order, each product rounded before it is added, the sum rounded once to float32.
     *
     * @param factors   one a row
     * @param offsets   where each row starts
     * @param rows      how many rows; 0 makes zeros
     * @param vectors   rows of {@code float32[dimension]}
     * @param into      {@code float32[dimension]}, overwritten
     * @param dimension how many components
     */
    public abstract void weightedSum(
            double[] factors, int[] offsets, int rows, float[] vectors, float[] into, int dimension);

    /** Rounds an inner product and a bias to the score. */
    public static float score(double dot, float bias) {
        return (float) (dot + bias) + 0.0f;
    }

    /** Widens a float32 vector, for {@link #dot}. */
    public static void widen(float[] from, double[] to, int dimension) {
        for (int i = 0; i < dimension; i++) {
            to[i] = from[i];
        }
    }

    private static Kernels load() {
        String wanted = System.getProperty(PROPERTY, "");
        if (wanted.equals("scalar")) {
            FALLBACK_REASON[0] = "-D" + PROPERTY + "=scalar";
            return SCALAR;
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            FALLBACK_REASON[0] = "the JVM was started without --add-modules jdk.incubator.vector";
            return SCALAR;
        }
        try {
            return (Kernels) Class.forName(SIMD_CLASS).getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException failed) {
            FALLBACK_REASON[0] = String.valueOf(failed.getCause());
        } catch (ReflectiveOperationException | LinkageError failed) {
            FALLBACK_REASON[0] = failed.toString();
        }
        return SCALAR;
    }
}
