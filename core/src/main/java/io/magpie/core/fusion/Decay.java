package io.magpie.core.fusion;

/**
 * Exponential decay by half-life. Thread-safe; allocates nothing.
 *
 * <p>Written here rather than taken from {@link Math#pow}, whose last bit may differ between JVMs (intrinsics), and
 * {@link StrictMath#pow}, which costs more than reading the profile: the same state and time must give the same bytes
 * everywhere, and this is plain double arithmetic.
 */
public final class Decay {
    /** The half-life, in milliseconds, of what never ages. */
    public static final long NEVER = 0;

    /** Beyond this many half-lives nothing is left in a double. */
    private static final double MOST_HALVINGS = 1074;

    private static final double LN2 = 0.6931471805599453;

    /** 1/n!, n from 12 down to 0: Taylor's series of e^x, whose rest for |x| <= ln(2)/2 is below 2^-53. */
    private static final double[] INVERSE_FACTORIALS = {
        1.0 / 479001600,
        1.0 / 39916800,
        1.0 / 3628800,
        1.0 / 362880,
        1.0 / 40320,
        1.0 / 5040,
        1.0 / 720,
        1.0 / 120,
        1.0 / 24,
        1.0 / 6,
        0.5,
        1.0,
        1.0
    };

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
        double halvings = (double) elapsedMillis / (double) halfLifeMillis;
        if (halvings > MOST_HALVINGS) {
            return 0.0;
        }
        int whole = (int) (halvings + 0.5);
        double x = (whole - halvings) * LN2;
        double sum = INVERSE_FACTORIALS[0];
        for (int i = 1; i < INVERSE_FACTORIALS.length; i++) {
            sum = sum * x + INVERSE_FACTORIALS[i];
        }
        return Math.scalb(sum, -whole);
    }
}
