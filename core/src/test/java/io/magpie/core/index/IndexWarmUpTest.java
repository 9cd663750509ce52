package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class IndexWarmUpTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void shouldSayThatItIsNotThroughWhenThereIsNoTime(int dimension) {
        assertThat(IndexWarmUp.run(dimension, Duration.ZERO)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldEndWhenSearchesGetNoFaster(int dimension) {
        assertThat(IndexWarmUp.run(dimension, Duration.ofMinutes(5))).isTrue();
    }
}
