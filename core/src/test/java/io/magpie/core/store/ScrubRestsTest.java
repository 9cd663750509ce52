package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import io.magpie.core.log.LogScrub;
import io.magpie.core.profile.ProfileRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is removed after thousands of changes is overwritten in pieces, between which others write. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ScrubRestsTest {
    private static final long REMOVED = 500_001;
    private static final int CHANGES = 3 * StoreChange.SCRUB_PIECE;

    @TempDir
    Path root;

    private StateStore open() throws StateStoreException {
        return StateStore.open(
                root.resolve("data"),
                StateFixture.configuration()
                        .logSegmentBytes(8 << 20)
                        .checkpointSegments(100)
                        .build());
    }

    private static void write(StateStore store, long id, int changes) {
        for (int i = 0; i < changes; i++) {
            assertThat(StateFixture.put(store, StateFixture.profile(store, id, 3)))
                    .isEqualTo(Outcome.OK);
        }
    }

    private static LogScrub remove(StateStore store, boolean takes) {
        try (Change change = store.begin()) {
            change.removeProfile(REMOVED);
            assertThat(change.commit()).isEqualTo(Outcome.OK);
            assertThat(change.scrubbedParts()).isEqualTo(StoreChange.SCRUB_PIECE);
            return takes ? change.takeRest() : null;
        }
    }

    private int left(long id) throws Exception {
        ByteBuffer trace = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (int d = 0; d < 3; d++) {
            trace.putFloat(id * 1_000 + 3 + d / 8f);
        }
        int[] files = new int[1];
        LeftFiles.forEach(
                root.resolve("data"), (file, bytes) -> files[0] += LeftFiles.contains(bytes, trace.array()) ? 1 : 0);
        return files[0];
    }

    @Test
    void shouldLetOthersWriteBeforeAllIsOverwrittenAndLeaveNothingWhenItIs() throws Exception {
        try (StateStore store = open()) {
            write(store, REMOVED, CHANGES);
            LogScrub rest = remove(store, true);
            assertThat(rest).isNotNull();
            ProfileRecord profile = store.newProfileRecord();
            assertThat(store.readProfile(REMOVED, profile)).isFalse();
            assertThat(left(REMOVED)).isPositive();
            // Nobody holds the lock; the log may be cut and a snapshot made.
            write(store, 7, 10);
            store.checkpoint();
            store.snapshot(root.resolve("snapshot"), 0, new SnapshotProgress());
            assertThat(store.finish(rest)).isEqualTo(CHANGES - StoreChange.SCRUB_PIECE);
            assertThat(left(REMOVED)).isZero();
            assertThat(left(7)).isPositive();
        }
        StateRestore.restore(root.resolve("snapshot"), root.resolve("restored"), 0, 0);
        assertThat(StateVerification.verify(root.resolve("data"), root)).allMatch(StateVerification.Finding::ok);
    }

    @Test
    void shouldKeepWhoCameBackMeanwhileWhenTheRestIsOverwritten() throws Exception {
        Path killed = root.resolve("killed");
        try (StateStore store = open()) {
            write(store, REMOVED, CHANGES);
            LogScrub rest = remove(store, true);
            write(store, REMOVED, 2);
            store.finish(rest);
            LeftFiles.copy(root.resolve("data"), killed);
        }
        try (StateStore store = StateStore.open(killed, StateMigration.shapeOf(killed))) {
            ProfileRecord profile = store.newProfileRecord();
            assertThat(store.readProfile(REMOVED, profile)).isTrue();
            assertThat(StateFixture.same(profile, StateFixture.profile(store, REMOVED, 3)))
                    .isTrue();
        }
    }

    @Test
    void shouldOverwriteEverythingAtOnceWhenNobodyTakesTheRest() throws Exception {
        try (StateStore store = open()) {
            write(store, REMOVED, CHANGES);
            remove(store, false);
            assertThat(left(REMOVED)).isZero();
        }
    }

    @Test
    void shouldNotCloseBeforeTheRestIsOverwritten() throws Exception {
        StateStore store = open();
        write(store, REMOVED, CHANGES);
        LogScrub rest = remove(store, true);
        Thread closer = new Thread(() -> {
            try {
                store.close();
            } catch (StateStoreException e) {
                throw new IllegalStateException(e);
            }
        });
        closer.start();
        // It is closed for changes, and waits.
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(store.finish(rest)).isPositive();
        closer.join();
        assertThat(left(REMOVED)).isZero();
    }

    @Test
    void shouldLeaveNothingWhenKilledBeforeTheRestIsOverwritten() throws Exception {
        Path killed = root.resolve("killed");
        try (StateStore store = open()) {
            write(store, REMOVED, CHANGES);
            LogScrub rest = remove(store, true);
            write(store, 7, 10);
            LeftFiles.copy(root.resolve("data"), killed);
            store.finish(rest);
        }
        StateStore.open(killed, StateMigration.shapeOf(killed)).close();
        LeftFiles.remove(root.resolve("data"));
        java.nio.file.Files.move(killed, root.resolve("data"));
        assertThat(left(REMOVED)).isZero();
        assertThat(left(7)).isPositive();
    }
}
