package io.magpie.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecayTest {
    private static final long DAY = 86_400_000L;
    private static final double MOST_ULPS = 2;

    @Test
    void shouldStayWithinTwoUlpsOfPowWhateverTheTimeAndTheHalfLife() {
        SplittableRandom random = new SplittableRandom(1);
        double worst = 0;
        for (int i = 0; i < 300_000; i++) {
            long halfLife = 1 + random.nextLong(1L << (1 + random.nextInt(43)));
            long elapsed = (long) (random.nextDouble() * 1_022 * halfLife);
            double expected = StrictMath.pow(2, -((double) elapsed / (double) halfLife));
            double error = Math.abs(Decay.factor(elapsed, halfLife) - expected) / Math.ulp(expected);
            worst = Math.max(worst, error);
        }
        assertThat(worst).isLessThanOrEqualTo(MOST_ULPS);
    }

    @Test
    void shouldHalveExactlyWhenAHalfLifeGoesBy() {
        for (int halvings = 0; halvings <= 1_074; halvings++) {
            assertThat(Decay.factor(halvings * DAY, DAY)).isEqualTo(Math.scalb(1.0, -halvings));
        }
        assertThat(Decay.factor(1_075 * DAY, DAY)).isZero();
        assertThat(Decay.factor(Long.MAX_VALUE, 1)).isZero();
        for (long halfLife : new long[] {(1L << 52) - 1, 1L << 52, (1L << 52) + 1, 1L << 60, Long.MAX_VALUE}) {
            assertThat(Decay.factor(halfLife, halfLife)).isEqualTo(0.5);
        }
    }

    @Test
    void shouldNeverGrowWhenTimeGoesBy() {
        for (long halfLife : new long[] {1_000, DAY, 90 * DAY, 36_500 * DAY}) {
            // Around a half and a whole half-life, where the series changes its argument, and elsewhere.
            for (double start : new double[] {0, 0.25, 0.5, 1, 1.5, 7.5, 100.5}) {
                long from = Math.max(0, (long) (start * halfLife) - 2_000);
                double before = Decay.factor(from, halfLife);
                for (long elapsed = from + 1; elapsed < from + 4_000; elapsed++) {
                    double after = Decay.factor(elapsed, halfLife);
                    assertThat(after)
                            .as("elapsed=%d halfLife=%d", elapsed, halfLife)
                            .isLessThan(before);
                    before = after;
                }
            }
        }
    }

    @Test
    void shouldKeepAllWhenNoTimeWentByOrNothingAges() {
        assertThat(Decay.factor(0, DAY)).isEqualTo(1);
        assertThat(Decay.factor(-5, DAY)).isEqualTo(1);
        assertThat(Decay.factor(Long.MAX_VALUE, Decay.NEVER)).isEqualTo(1);
    }
}
