package io.magpie.load.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StolenTimeTest {
    @Test
    void shouldSayWhichShareWasStolenBetweenTwoReadings() {
        StolenTime before = StolenTime.of("cpu  100 0 50 800 10 0 5 35 7 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n");
        StolenTime after = StolenTime.of("cpu  140 0 60 820 10 0 5 65 9 0\n");
        assertThat(after.shareSince(before)).isEqualTo(0.3);
        assertThat(after.shareSince(after)).isZero();
    }

    @Test
    void shouldSayNothingWhereItIsNotCounted() {
        StolenTime uncounted = StolenTime.of("");
        assertThat(uncounted.shareSince(uncounted)).isZero();
        assertThat(StolenTime.now().shareSince(StolenTime.now())).isBetween(0.0, 1.0);
    }
}
