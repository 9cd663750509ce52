package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** A check that finds nothing proves nothing unless this is found. */
class LeakCheckTest {
    @Test
    void shouldFindTheBufferWhenOneIsLost() throws Exception {
        lose();
        assertThat(LeakCheck.leaks())
                .singleElement()
                .asString()
                .startsWith("ByteBuf")
                .contains("LeakCheckTest.lose");
        assertThat(LeakCheck.leaks()).isEmpty();
    }

    private static void lose() {
        PooledByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    }
}
