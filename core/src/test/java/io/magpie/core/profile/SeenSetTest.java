package io.magpie.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenSetTest {
    @Test
    void shouldRaiseCountAndTimeWhenAnItemIsSeenAgain() {
        SeenSet seen = new SeenSet(10);
        seen.clear(1);
        assertThat(seen.record(5, 100, 1, SeenDescriptor.KIND_SEEN)).isZero();
        assertThat(seen.record(5, 90, 2, SeenDescriptor.KIND_SEEN)).isZero();
        assertThat(seen.timeSeconds(0)).isEqualTo(100);
        assertThat(seen.source(0)).isEqualTo(1);
        assertThat(seen.count(0)).isEqualTo(2);
        seen.record(5, -1, 2, SeenDescriptor.KIND_SEEN);
        assertThat(seen.timeSeconds(0)).isEqualTo(-1);
        assertThat(seen.source(0)).isEqualTo(2);
        assertThat(seen.record(5, 90, 2, SeenDescriptor.KIND_SHOWN)).isEqualTo(1);
        for (int i = 0; i < 70_000; i++) {
            seen.record(5, 1, 2, SeenDescriptor.KIND_SEEN);
        }
        assertThat(seen.count(0)).isEqualTo(65_535);
        assertThat(seen.kind(0)).isEqualTo(SeenDescriptor.KIND_SEEN);
    }

    @Test
    void shouldKeepTheNewestAndSaySoWhenFull() {
        SeenSet seen = new SeenSet(100);
        seen.clear(1);
        Random random = new Random(3);
        Map<Long, Integer> times = new HashMap<>();
        for (long item = 0; item < 300; item++) {
            int time = random.nextInt(1_000_000);
            times.put(item, time);
            seen.record(item, time, 0, 0);
            assertThat(seen.truncated()).isEqualTo(item >= 100);
        }
        int oldestKept = Integer.MAX_VALUE;
        for (int i = 0; i < seen.count(); i++) {
            assertThat(seen.timeSeconds(i)).isEqualTo(times.remove(seen.itemId(i)));
            oldestKept = Math.min(oldestKept, seen.timeSeconds(i));
        }
        assertThat(seen.count()).isEqualTo(100);
        for (int time : times.values()) {
            assertThat(time).isLessThanOrEqualTo(oldestKept);
        }
    }

    @Test
    void shouldBeTheSameWhenItsChunksAreDecoded() {
        SeenSet seen = new SeenSet(200);
        seen.clear(77);
        for (int i = 0; i < 130; i++) {
            seen.record(i * 7L, i, i % 3, i % 2);
        }
        seen.remove(3);
        SeenSet decoded = new SeenSet(200);
        decoded.clear(77);
        assertThat(seen.chunkCount()).isEqualTo(3);
        for (int chunk = 0; chunk < 3; chunk++) {
            byte[] image = new byte[SeenDescriptor.CHUNK_LENGTH];
            int length = SeenCodec.encode(seen, chunk, image, 0);
            assertThat(SeenCodec.decode(image, ImageMemory.BYTES, length - 1, decoded))
                    .isEqualTo(-1);
            assertThat(SeenCodec.decode(image, ImageMemory.BYTES, length, decoded))
                    .isEqualTo(chunk < 2 ? 62 : 5);
        }
        assertThat(decoded.count()).isEqualTo(129);
        for (int i = 0; i < 129; i++) {
            assertThat(decoded.itemId(i)).isEqualTo(seen.itemId(i));
            assertThat(decoded.timeSeconds(i)).isEqualTo(seen.timeSeconds(i));
            assertThat(decoded.count(i)).isEqualTo(seen.count(i));
        }
    }
}
