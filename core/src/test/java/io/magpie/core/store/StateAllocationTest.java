package io.magpie.core.store;

import static io.magpie.core.store.StateFixture.configuration;
import static io.magpie.core.store.StateFixture.item;
import static io.magpie.core.store.StateFixture.profile;
import static io.magpie.core.store.StateFixture.put;
import static io.magpie.core.store.StateFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.AllocatedBytes;
import io.magpie.core.Outcome;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes allocated by the calling thread, counted by the JVM. */
class StateAllocationTest {
    private static final int OPERATIONS = 5_000;

    @TempDir
    Path directory;

    private static long bytesPerWindow(IntConsumer operation) {
        return AllocatedBytes.fewest(() -> {
            for (int i = 0; i < OPERATIONS; i++) {
                operation.accept(i);
            }
        });
    }

    @Test
    void shouldAllocateNothingWhenReadingAndReplacing() throws Exception {
        StateConfiguration configuration =
                configuration().logSegmentBytes(256 << 20).build();
        try (StateStore store = StateStore.open(directory, configuration)) {
            for (int id = 0; id < 100; id++) {
                put(store, profile(store, id, 3));
                put(store, seen(store, id, 100, 9));
                put(store, item(store, id, 3));
            }
            StateReader reader = store.newReader();
            ProfileRecord profile = store.newProfileRecord();
            SeenSet seen = store.newSeenSet();
            ItemRecord item = store.newItemRecord();
            assertThat(bytesPerWindow(i -> {
                        reader.readProfile(i % 110, profile);
                        reader.readSeen(i % 110, seen);
                        reader.readItem(1, i % 110, item);
                    }))
                    .isZero();
            assertThat(bytesPerWindow(i -> {
                        reader.readProfile(i % 100, profile);
                        reader.readSeen(i % 100, seen);
                        profile.version(i);
                        seen.record(i % 100 * 10_000L + i % 50, i, 0, 0);
                        try (Change change = store.begin()) {
                            change.putProfile(profile);
                            change.putSeen(seen);
                            change.putRegister(Register.CATALOGUE_VERSION, i);
                            if (change.commit() != Outcome.OK) {
                                throw new IllegalStateException();
                            }
                        }
                    }))
                    .isZero();
        }
    }

    @Test
    void shouldAllocateNothingWhenInsertingAndRemoving() throws Exception {
        StateConfiguration configuration =
                configuration().logSegmentBytes(256 << 20).build();
        try (StateStore store = StateStore.open(directory, configuration)) {
            ProfileRecord profile = profile(store, 1, 3);
            assertThat(bytesPerWindow(i -> {
                        try (Change change = store.begin()) {
                            change.putProfile(profile);
                            change.commit();
                        }
                        try (Change change = store.begin()) {
                            change.removeProfile(2);
                            change.removeItem(1, i);
                            change.putItem(itemOf(store));
                            change.commit();
                        }
                        try (Change change = store.begin()) {
                            change.removeItem(1, 1);
                            change.commit();
                        }
                    }))
                    .isZero();
        }
    }

    private ItemRecord cached;

    private ItemRecord itemOf(StateStore store) {
        if (cached == null) {
            cached = item(store, 1, 1);
        }
        return cached;
    }
}
