package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.store.StateConfiguration;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The erasure of a person of whom the log holds very much keeps nobody off for as long as it takes. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LargeErasureTest {
    private static final int CHANGES = 30_000;
    private static final int MOST_TRIES = 10;
    private static final long OTHER = 99;

    @TempDir
    Path directory;

    private Engine open() throws Exception {
        StateConfiguration state = EngineFixture.state()
                .maxProfiles(100)
                .maxItems(100)
                .seenLimit(20)
                .logSegmentBytes(8 << 20)
                .checkpointSegments(1_000)
                .build();
        return EngineFixture.open(directory, state);
    }

    private static void put(Engine engine, long person) {
        assertThat(engine.profiles().putSlot(person, 0, EngineFixture.SPACE, LinkStorm.vector(person), 1, 1_000))
                .isEqualTo(Outcome.OK);
    }

    @Test
    void shouldLetOthersWriteMeanwhileAndLeaveNothing() throws Exception {
        try (Engine engine = open()) {
            put(engine, OTHER);
            int between = 0;
            // Whether the other thread has a processor at the right moment is the machine's to say: each try has
            // dozens.
            for (long person = 1; person <= MOST_TRIES && between < 3; person++) {
                for (int i = 0; i < CHANGES; i++) {
                    put(engine, person);
                }
                between = changesDuringErasure(engine, person);
                assertThat(ErasureTraceTest.holding(directory, new byte[][] {LinkStorm.vectorTrace(person)}))
                        .isEmpty();
            }
            assertThat(between).isGreaterThanOrEqualTo(3);
        }
    }

    /** Returns how many changes of another thread were acknowledged when the person was gone and the erasure not through. */
    private static int changesDuringErasure(Engine engine, long person) throws InterruptedException {
        AtomicBoolean isErased = new AtomicBoolean();
        AtomicInteger between = new AtomicInteger();
        Thread other = new Thread(() -> {
            while (!isErased.get()) {
                boolean isGone = EngineFixture.profile(engine, person) == null;
                put(engine, OTHER);
                if (isGone && !isErased.get()) {
                    between.incrementAndGet();
                }
            }
        });
        other.start();
        ErasureReceipt receipt = engine.profiles().erase(person);
        isErased.set(true);
        other.join();
        assertThat(receipt.outcome()).isEqualTo(Outcome.OK);
        assertThat(receipt.logParts()).isEqualTo(CHANGES);
        return between.get();
    }
}
