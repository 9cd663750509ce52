package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was written and not yet forced to the device, as the kernel tells it: the dirty pages of the log's mappings. Where files
 * are on no device (tmpfs), or the kernel tells nothing, the tests are passed over.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ForcedWritesTest {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final int CHANGES = 50;

    @TempDir
    Path root;

    /** Returns the kilobytes of a file's mappings in this process that the device does not have. */
    private static long dirtyKilobytes(Path file) throws IOException {
        long dirty = 0;
        boolean isIt = false;
        for (String line : Files.readAllLines(MAPPINGS)) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                isIt = line.contains(file.toString());
            } else if (isIt && line.matches("(Shared|Private)_Dirty:.*")) {
                dirty += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return dirty;
    }

    @BeforeEach
    void requireADevice() throws IOException {
        Assumptions.assumeTrue(Files.isReadable(MAPPINGS));
        Path file = root.resolve("probe");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 1 << 16);
            mapped.put(0, (byte) 1);
            Assumptions.assumeTrue(dirtyKilobytes(file) > 0, "dirty pages are not told");
            mapped.force();
            Assumptions.assumeTrue(dirtyKilobytes(file) == 0, "there is no device below the files");
        }
    }

    private StateStore open(StateConfiguration.SyncMode mode) throws StateStoreException {
        return StateStore.open(
                root.resolve("data"),
                StateFixture.configuration()
                        .logSegmentBytes(1 << 20)
                        .syncMode(mode)
                        .syncIntervalMillis(20)
                        .build());
    }

    private static void write(StateStore store, int number) {
        assertThat(StateFixture.put(store, StateFixture.profile(store, number, 3)))
                .isEqualTo(Outcome.OK);
    }

    private long unforced() throws IOException {
        return dirtyKilobytes(root.resolve("data").resolve(StateFiles.LOG));
    }

    @Test
    void shouldHaveForcedEachChangeWhenItIsAcknowledgedIfAskedTo() throws Exception {
        try (StateStore store = open(StateConfiguration.SyncMode.EVERY_COMMIT)) {
            for (int i = 0; i < CHANGES; i++) {
                write(store, i);
                assertThat(unforced()).as("after change %d", i).isZero();
            }
        }
    }

    @Test
    void shouldForceChangesSoonWhenItIsDonePeriodically() throws Exception {
        try (StateStore store = open(StateConfiguration.SyncMode.PERIODIC)) {
            write(store, 1);
            // The kernel by itself would leave them for half a minute.
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
            while (unforced() > 0) {
                assertThat(System.nanoTime()).as("not forced").isLessThan(until);
                Thread.yield();
            }
        }
    }

    @Test
    void shouldForceNothingUntilACheckpointWhenNotAskedTo() throws Exception {
        try (StateStore store = open(StateConfiguration.SyncMode.NONE)) {
            for (int i = 0; i < CHANGES; i++) {
                write(store, i);
            }
            assertThat(unforced()).isPositive();
            store.checkpoint();
            assertThat(unforced()).isZero();
        }
    }
}
