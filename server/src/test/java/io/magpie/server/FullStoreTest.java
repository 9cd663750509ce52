package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.SlotUpdate;
import io.magpie.client.WriteResults;
import io.magpie.protocol.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that is full refuses what is new, each change by itself, and goes on with all that it has. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FullStoreTest {
    private static final int ROOM = 20;

    @Test
    void shouldRefuseWhatIsNewAndChangeWhatIsThereWhenFull(@TempDir Path directory) throws Exception {
        String room = Integer.toString(ROOM);
        try (MagpieServer server = TestServers.start(directory, "store.profiles", room, "store.items", room);
                MagpieClient client = MagpieClient.builder(
                                "127.0.0.1", server.address().getPort())
                        .connect()) {
            requireRoomFor(putItems(client, 0));
            requireRoomFor(putSlots(client, 0));
            // On the same connection: what is there is read, changed, and makes room.
            assertThat(client.putItems(1, items(0, ROOM, 1)).allApplied()).isTrue();
            assertThat(client.putSlots(slots(0, ROOM, 2)).allApplied()).isTrue();
            assertThat(client.recordEvents(List.of(new Event(1, 0, 1, 1, 1_000), new Event(999, 0, 1, 1, 1_000)))
                            .statuses())
                    .containsExactly(Status.OK, Status.STORE_FULL);
            assertThat(client.recommend(1, 5).items()).hasSize(5);
            assertThat(client.getProfile(ROOM + 1)).isEmpty();
            client.eraseProfile(1);
            client.removeItem(1);
            assertThat(client.putSlots(slots(ROOM, ROOM + 1, 1)).allApplied()).isTrue();
            assertThat(client.putItems(1, items(ROOM, ROOM + 1, 1)).allApplied())
                    .isTrue();
        }
    }

    private static void requireRoomFor(WriteResults results) {
        List<Status> expected = new ArrayList<>(Collections.nCopies(ROOM, Status.OK));
        expected.addAll(Collections.nCopies(5, Status.STORE_FULL));
        assertThat(results.statuses()).isEqualTo(expected);
    }

    private static WriteResults putItems(MagpieClient client, int bias) {
        return client.putItems(1, items(0, ROOM + 5, bias));
    }

    private static WriteResults putSlots(MagpieClient client, int evidence) {
        return client.putSlots(slots(0, ROOM + 5, evidence));
    }

    private static List<ItemUpdate> items(int from, int to, int bias) {
        List<ItemUpdate> items = new ArrayList<>();
        for (int i = from; i < to; i++) {
            items.add(new ItemUpdate(i + 1, TestServers.vector(i % TestServers.DIMENSION), bias, ItemAttributes.NONE));
        }
        return items;
    }

    private static List<SlotUpdate> slots(int from, int to, int evidence) {
        List<SlotUpdate> slots = new ArrayList<>();
        for (int i = from; i < to; i++) {
            slots.add(new SlotUpdate(i + 1, 0, 1, TestServers.vector(1), evidence, 1_000));
        }
        return slots;
    }
}
