package io.magpie.load.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {
    @Test
    void shouldNotDriftWhenGapsAreNoWholeNanoseconds() {
        ArrivalSchedule schedule = ArrivalSchedule.fixed(30_000, 0);
        long last = 0;
        for (int i = 0; i <= 3_000_000; i++) {
            last = schedule.nextOffsetNanos();
        }
        assertThat(last).isEqualTo(100_000_000_000L);
    }

    @Test
    void shouldInterleaveWhenPhasesDiffer() {
        ArrivalSchedule first = ArrivalSchedule.fixed(1_000, 0);
        ArrivalSchedule second = ArrivalSchedule.fixed(1_000, 0.5);
        assertThat(first.nextOffsetNanos()).isZero();
        assertThat(second.nextOffsetNanos()).isEqualTo(500_000);
        assertThat(first.nextOffsetNanos()).isEqualTo(1_000_000);
    }

    @Test
    void shouldHaveExponentialGapsWhenPoisson() {
        ArrivalSchedule schedule = ArrivalSchedule.poisson(1_000, 1);
        int count = 200_000;
        long before = 0;
        double squares = 0;
        int aboveMean = 0;
        for (int i = 0; i < count; i++) {
            long offset = schedule.nextOffsetNanos();
            assertThat(offset).isGreaterThanOrEqualTo(before);
            double gapMillis = (offset - before) / 1e6;
            squares += (gapMillis - 1) * (gapMillis - 1);
            aboveMean += gapMillis > 1 ? 1 : 0;
            before = offset;
        }
        assertThat(before / 1e6 / count).as("mean gap").isEqualTo(1, within(0.02));
        assertThat(squares / count).as("variance").isEqualTo(1, within(0.03));
        assertThat((double) aboveMean / count).as("share above the mean").isEqualTo(Math.exp(-1), within(0.01));
    }

    @Test
    void shouldRepeatItselfWhenSeedIsTheSame() {
        ArrivalSchedule first = ArrivalSchedule.poisson(500, 7);
        ArrivalSchedule second = ArrivalSchedule.poisson(500, 7);
        ArrivalSchedule other = ArrivalSchedule.poisson(500, 8);
        long offset = first.nextOffsetNanos();
        assertThat(second.nextOffsetNanos()).isEqualTo(offset);
        assertThat(other.nextOffsetNanos()).isNotEqualTo(offset);
    }

    @Test
    void shouldRefuseRateWhenNotAboveZero() {
        assertThatThrownBy(() -> ArrivalSchedule.fixed(0, 0)).hasMessageContaining("ratePerSecond=0.0");
        assertThatThrownBy(() -> ArrivalSchedule.poisson(Double.NaN, 1)).hasMessageContaining("ratePerSecond=NaN");
    }

    @Test
    void shouldGoOverToTheOtherRateWhenItsTimeHasCome() {
        ArrivalSchedule schedule = ArrivalSchedule.fixed(1_000, 0).until(3_500_000, ArrivalSchedule.fixed(100, 0.5));
        long[] offsets = new long[6];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = schedule.nextOffsetNanos();
        }
        assertThat(offsets).containsExactly(0, 1_000_000, 2_000_000, 3_000_000, 8_500_000, 18_500_000);
    }
}
