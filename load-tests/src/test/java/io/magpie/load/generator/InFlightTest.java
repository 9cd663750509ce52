package io.magpie.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void shouldFindRequestWhenItWaits() {
        InFlight inFlight = new InFlight(2);
        int first = inFlight.open(11);
        int second = inFlight.open(22);
        assertThat(inFlight.isFull()).isTrue();
        assertThat(inFlight.find(inFlight.correlationId(first))).isEqualTo(first);
        assertThat(inFlight.intendedNanos(second)).isEqualTo(22);
    }

    @Test
    void shouldNotFindRequestWhenAnsweredTwice() {
        InFlight inFlight = new InFlight(1);
        int slot = inFlight.open(1);
        long id = inFlight.correlationId(slot);
        inFlight.close(slot);
        assertThat(inFlight.find(id)).isEqualTo(-1);
        int again = inFlight.open(2);
        assertThat(again).isEqualTo(slot);
        assertThat(inFlight.find(id)).as("the name of an earlier use").isEqualTo(-1);
        assertThat(inFlight.find(inFlight.correlationId(again))).isEqualTo(again);
    }

    @Test
    void shouldNotFindRequestWhenNeverSent() {
        InFlight inFlight = new InFlight(4);
        assertThat(inFlight.find(0)).isEqualTo(-1);
        assertThat(inFlight.find(-1)).isEqualTo(-1);
        assertThat(inFlight.find(3L << 16 | 60_000)).isEqualTo(-1);
    }
}
