package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.Catalogues;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemPatch;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieServerException;
import io.magpie.client.Profile;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.client.WriteReceipt;
import io.magpie.protocol.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of catalogues through the SDK and a real server, with what they refuse. */
@Timeout(120)
class CatalogueVerbsTest {
    private static final int SPACE = 1;
    private static final int NEW_SPACE = 2;
    private static final long PERSON = 42;

    @TempDir
    Path directory;

    private MagpieServer server;
    private MagpieClient client;

    @BeforeEach
    void start() throws Exception {
        server = TestServers.start(directory);
        client = MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(Duration.ofSeconds(20))
                .connect();
        client.putItems(SPACE, List.of(item(1, 1), item(2, 0.5f)));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static ItemUpdate item(long id, float first) {
        float[] vector = new float[TestServers.DIMENSION];
        Arrays.fill(vector, 0.01f);
        vector[0] = first;
        return new ItemUpdate(id, vector, 0, ItemAttributes.NONE);
    }

    private Recommendations best(int space) {
        return client.recommend(
                RecommendRequest.forVector(space, item(1, 1).vector()).limit(5));
    }

    private static void assertRefused(Status status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MagpieServerException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void shouldLoadBesideTheLiveOneSwitchGoBackAndDrop() {
        Catalogues before = client.catalogues();
        assertThat(before.live().items()).isEqualTo(2);
        assertThat(before.beside()).isNull();
        Catalogues staged = client.stageCatalogue(NEW_SPACE);
        int number = staged.beside().number();
        assertThat(staged.beside().spaceId()).isEqualTo(NEW_SPACE);
        assertThat(staged.beside().wasLive()).isFalse();
        MagpieClient beside = client.ofEdition(number);
        assertThat(beside.putItems(NEW_SPACE, List.of(item(7, 3), item(8, 2), item(9, 1)))
                        .allApplied())
                .isTrue();
        WriteReceipt last = beside.patchItem(new ItemPatch(8, new ItemAttributes(5, 10, true, false)));
        assertThat(last.spaceId()).isEqualTo(NEW_SPACE);
        assertThat(beside.removeItems(9).allApplied()).isTrue();
        assertThat(beside.getItem(8).orElseThrow().attributes().category()).isEqualTo(5);
        assertThat(client.getItem(8)).isEmpty();
        assertThat(best(SPACE).items()).extracting(each -> each.itemId()).containsExactly(1L, 2L);

        Catalogues switched = client.switchCatalogue(number);
        assertThat(switched.live().number()).isEqualTo(number);
        assertThat(switched.beside().wasLive()).isTrue();
        assertThat(switched.live().version()).isGreaterThan(last.catalogueVersion());
        Recommendations after = best(NEW_SPACE);
        assertThat(after.items()).extracting(each -> each.itemId()).containsExactly(7L, 8L);
        assertThat(after.spaceId()).isEqualTo(NEW_SPACE);
        assertThat(after.catalogueVersion()).isEqualTo(switched.live().version());
        assertRefused(Status.WRONG_SPACE, () -> best(SPACE));
        assertThat(client.switchCatalogue(number)).as("again").satisfies(same -> {
            assertThat(same.live()).isEqualTo(switched.live());
            assertThat(same.beside()).isEqualTo(switched.beside());
        });

        assertThat(client.switchCatalogue(before.live().number()).live().spaceId())
                .isEqualTo(SPACE);
        assertThat(best(SPACE).items()).hasSize(2);
        assertThat(client.dropCatalogue(number).beside()).isNull();
        assertThat(beside.patchItems(List.of(new ItemPatch(8, ItemAttributes.NONE)))
                        .statuses())
                .containsExactly(Status.UNKNOWN_CATALOGUE);
        assertRefused(Status.UNKNOWN_CATALOGUE, () -> beside.getItem(8));
        assertThat(client.statistics().counters().get("items").longValue()).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        int live = client.catalogues().live().number();
        assertRefused(Status.UNKNOWN_CATALOGUE, () -> client.switchCatalogue(live + 1));
        assertRefused(Status.UNKNOWN_CATALOGUE, () -> client.dropCatalogue(live + 1));
        assertRefused(Status.UNKNOWN_CATALOGUE, () -> client.rebuildCatalogue(live + 1));
        assertRefused(Status.CATALOGUE_LIVE, () -> client.dropCatalogue(live));
        assertThatThrownBy(() -> client.switchCatalogue(0)).isInstanceOf(IllegalArgumentException.class);
        int staged = client.stageCatalogue(NEW_SPACE).beside().number();
        assertRefused(Status.CATALOGUE_EXISTS, () -> client.stageCatalogue(NEW_SPACE));
        assertThat(client.ofEdition(staged).putItems(SPACE, List.of(item(1, 1))).statuses())
                .containsExactly(Status.WRONG_SPACE);
        assertThat(client.putItems(NEW_SPACE, List.of(item(1, 1))).statuses()).containsExactly(Status.WRONG_SPACE);
        assertThat(client.ofEdition(staged + 1).removeItems(1).statuses()).containsExactly(Status.UNKNOWN_CATALOGUE);
        assertThat(best(SPACE).items()).hasSize(2);
    }

    @Test
    void shouldMoveTheSlotsOfBothSpacesSoThatTheSwitchIsSeamless() {
        int number = client.stageCatalogue(NEW_SPACE).beside().number();
        client.ofEdition(number).putItems(NEW_SPACE, List.of(item(1, 5), item(3, 4)));
        client.recordEvent(new Event(PERSON, 0, 1, 1.0, System.currentTimeMillis()));
        Profile profile = client.getProfile(PERSON).orElseThrow();
        assertThat(profile.slots()).extracting(slot -> slot.spaceId()).containsExactly(SPACE, NEW_SPACE);
        assertThat(client.recommend(PERSON, 5).flags()).doesNotContain(RecommendationFlag.SLOT_OF_OTHER_SPACE);
        client.switchCatalogue(number);
        Recommendations after = client.recommend(PERSON, 5);
        assertThat(after.flags()).doesNotContain(RecommendationFlag.SLOT_OF_OTHER_SPACE, RecommendationFlag.FALLBACK);
        assertThat(after.items().get(0).itemId()).isEqualTo(1);
    }

    @Test
    void shouldKeepBothCataloguesWhenRestarted() throws Exception {
        int number = client.stageCatalogue(NEW_SPACE).beside().number();
        client.ofEdition(number).putItems(NEW_SPACE, List.of(item(7, 3)));
        client.switchCatalogue(number);
        Catalogues before = client.catalogues();
        stop();
        server = TestServers.start(directory);
        client = MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(Duration.ofSeconds(20))
                .connect();
        Catalogues after = client.catalogues();
        assertThat(after.live().number()).isEqualTo(number);
        assertThat(after.live().version()).isEqualTo(before.live().version());
        assertThat(after.beside().items()).isEqualTo(2);
        assertThat(client.serverInfo().spaceId()).isEqualTo(NEW_SPACE);
        client.switchCatalogue(after.beside().number());
        assertThat(best(SPACE).items()).hasSize(2);
    }

    @Test
    void shouldRebuildInTheBackgroundAndAnswerTheSame() {
        Recommendations before = best(SPACE);
        Catalogues.Edition live =
                client.rebuildCatalogue(client.catalogues().live().number()).live();
        while (live.rebuilding()) {
            live = client.catalogues().live();
        }
        assertThat(live.unsealedItems()).isZero();
        assertThat(best(SPACE).items()).isEqualTo(before.items());
        assertThat(best(SPACE).catalogueVersion()).isEqualTo(before.catalogueVersion());
    }
}
