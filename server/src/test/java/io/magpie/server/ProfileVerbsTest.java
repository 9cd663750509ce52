package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.magpie.client.Batch;
import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieServerException;
import io.magpie.client.Mark;
import io.magpie.client.Person;
import io.magpie.client.Profile;
import io.magpie.client.ProfilePart;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.client.SlotUpdate;
import io.magpie.client.SourceKind;
import io.magpie.client.WriteResults;
import io.magpie.protocol.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seen and shown, batches, conditions, masked reads and exports, through the SDK and a real server. */
@Timeout(120)
class ProfileVerbsTest {
    private static final int ITEMS = 40;
    private static final int DIMENSION = TestServers.DIMENSION;
    private static final int UNKNOWN_ITEM = 777_777;

    private static MagpieServer server;
    private static MagpieClient client;
    private static long lastProfile = 1_000;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = TestServers.start(
                directory, "seen-expiry", "1h", "sources", "social:1:30d:derived,payment:2:never:own,commerce:1:7d");
        client = MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(java.time.Duration.ofSeconds(20))
                .connect();
        List<ItemUpdate> items = new ArrayList<>();
        for (int i = 1; i <= ITEMS; i++) {
            float[] vector = new float[DIMENSION];
            vector[0] = 1 - i / 100f;
            items.add(new ItemUpdate(i, vector, ItemAttributes.NONE));
        }
        assertThat(client.putItems(1, items).allApplied()).isTrue();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static long person() {
        float[] vector = new float[DIMENSION];
        vector[0] = 1;
        long id = lastProfile++;
        client.putSlot(new SlotUpdate(id, 1, 1, vector, 1, System.currentTimeMillis()));
        return id;
    }

    private static List<Long> ids(Recommendations answer) {
        return answer.items().stream().map(Recommendations.ScoredItem::itemId).toList();
    }

    private static void refused(Status status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MagpieServerException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void shouldTellWhatSourcesHoldAtHello() {
        assertThat(client.serverInfo().sources())
                .extracting(each -> each.kind())
                .containsExactly(SourceKind.DERIVED, SourceKind.OWN, SourceKind.UNSAID);
        assertThat(client.serverInfo().sources().get(1).weight()).isEqualTo(2);
        assertThat(client.serverInfo().sources().get(2).halfLifeMillis()).isEqualTo(7 * 86_400_000L);
    }

    @Test
    void shouldLeaveOutWhatWasMarkedAndRefuseEachWrongMarkByItself() {
        long person = person();
        long now = System.currentTimeMillis();
        WriteResults results = client.markItems(List.of(
                new Mark(person, 0, 1, false, now),
                new Mark(person, 0, UNKNOWN_ITEM, false, now),
                new Mark(person, 0, 3, false, now),
                new Mark(person, 9, 4, false, now),
                new Mark(-1, 0, 5, false, now),
                new Mark(person, 0, 6, true, now),
                new Mark(person, 0, 7, false, now + 10_000_000)));
        assertThat(results.statuses())
                .containsExactly(
                        Status.OK,
                        Status.UNKNOWN_ITEM,
                        Status.OK,
                        Status.UNKNOWN_SOURCE,
                        Status.RESERVED_ID,
                        Status.OK,
                        Status.TIME_IN_FUTURE);
        RecommendRequest request = RecommendRequest.forProfile(person).limit(3);
        assertThat(ids(client.recommend(request.excludeSeen()))).containsExactly(2L, 4L, 5L);
        assertThat(ids(client.recommend(request.offset(4).capShown(1, 0)))).containsExactly(5L, 7L, 8L);
        assertThat(client.getProfile(person, EnumSet.of(ProfilePart.SEEN))
                        .orElseThrow()
                        .seen())
                .contains(new Profile.Seen(6, now / 1_000, 0, true, 1));
    }

    @Test
    void shouldExpireSeenItemsAsConfiguredUnlessTheRequestSays() {
        long person = person();
        long now = System.currentTimeMillis();
        client.markItems(List.of(
                new Mark(person, 0, 1, false, now - 7_200_000),
                new Mark(person, 0, 2, false, now - 1_800_000),
                new Mark(person, 0, 3, false, now)));
        RecommendRequest request = RecommendRequest.forProfile(person).limit(2);
        assertThat(ids(client.recommend(request.excludeSeen()))).containsExactly(1L, 4L);
        assertThat(ids(client.recommend(request.seenWithin(600)))).containsExactly(1L, 2L);
        assertThat(ids(client.recommend(request.seenWithin(86_400)))).containsExactly(4L, 5L);
        assertThat(ids(client.recommend(
                        RecommendRequest.forVector(1, axis()).limit(2).excludeSeenBy(person))))
                .containsExactly(1L, 4L);
    }

    private static float[] axis() {
        float[] vector = new float[DIMENSION];
        vector[0] = 1;
        return vector;
    }

    @Test
    void shouldRecordAnswersAsShownAndObeyCapsOfThePersonOrTheGroup() {
        long person = person();
        long other = person();
        RecommendRequest request =
                RecommendRequest.forProfile(person).limit(3).capShown(2, 3_600).recordShown();
        // All three go out before the first is answered: each must see what the one before it recorded.
        CompletableFuture<Recommendations> first = client.async().recommend(request);
        CompletableFuture<Recommendations> second = client.async().recommend(request);
        CompletableFuture<Recommendations> third = client.async().recommend(request);
        assertThat(ids(first.join())).containsExactly(1L, 2L, 3L);
        assertThat(ids(second.join())).containsExactly(1L, 2L, 3L);
        assertThat(ids(third.join())).containsExactly(4L, 5L, 6L);
        assertThat(ids(client.recommend(
                        RecommendRequest.forGroup(person, other).limit(2).capShown(1, 0))))
                .containsExactly(7L, 8L);
        assertThat(ids(client.recommend(
                        RecommendRequest.forProfile(other).limit(2).capShown(1, 0))))
                .containsExactly(1L, 2L);
        assertThat(client.getProfile(person, EnumSet.of(ProfilePart.SEEN))
                        .orElseThrow()
                        .seen())
                .hasSize(9)
                .allMatch(seen -> seen.shown() && seen.source() == 255);
        refused(
                Status.RESERVED_ID,
                () -> client.recommend(RecommendRequest.forGroup(person, other).recordShown()));
        refused(
                Status.RESERVED_ID,
                () -> client.recommend(RecommendRequest.forVector(1, axis()).capShown(1, 0)));
    }

    @Test
    void shouldSeeOnOneConnectionWhatWasRecordedAsShownBefore() {
        long id = person();
        Person person = Person.profile(id);
        Person identity = Person.identity(0, "shown-" + id);
        client.link(identity, person);
        int version = client.getProfile(id).orElseThrow().version();
        for (Person shownTo : List.of(person, identity)) {
            for (Person asked : List.of(person, identity)) {
                Batch together = client.batch();
                CompletableFuture<Recommendations> shown = together.calls()
                        .recommend(RecommendRequest.forPerson(shownTo).limit(1).recordShown());
                CompletableFuture<Recommendations> other =
                        together.calls().recommend(RecommendRequest.forProfile(id + 1));
                CompletableFuture<Recommendations> behind =
                        together.calls().recommend(RecommendRequest.forPerson(asked));
                CompletableFuture<Recommendations> group =
                        together.calls().recommend(RecommendRequest.forPeople(asked, Person.profile(id + 1)));
                together.send();
                assertThat(shown.join().profileVersion()).isEqualTo(version);
                assertThat(behind.join().profileVersion()).isEqualTo(++version);
                assertThat(group.join().flags()).contains(RecommendationFlag.UNKNOWN_PROFILE);
                assertThat(other.join().profileVersion()).isZero();
            }
        }
    }

    @Test
    void shouldAnswerAGroupsCapByEveryMemberAndForgetNothingSilently() {
        long person = person();
        long now = System.currentTimeMillis();
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            marks.add(new Mark(person, 0, 1 + i % ITEMS, true, now - i * 1_000));
        }
        client.markItems(marks);
        Recommendations answer =
                client.recommend(RecommendRequest.forProfile(person).limit(1).capShown(3, 0));
        assertThat(answer.flags()).contains(RecommendationFlag.SHOWN_TRUNCATED);
    }

    @Test
    void shouldChangeAProfileOnlyWhenItIsOfTheExpectedVersion() {
        long person = person();
        long now = System.currentTimeMillis();
        int version = client.getProfile(person).orElseThrow().version();
        SlotUpdate slot = new SlotUpdate(person, 0, 1, axis(), 1, now);
        refused(Status.VERSION_CONFLICT, () -> client.putSlot(slot, version + 1));
        client.putSlot(slot, version);
        refused(Status.VERSION_CONFLICT, () -> client.putSlot(slot, version));
        client.recordEvent(new Event(person, 0, 1, 1.0, now, 5), version + 1);
        client.recordEvent(new Event(person, 0, 1, 1.0, now, 5), version + 1);
        refused(Status.VERSION_CONFLICT, () -> client.recordEvent(new Event(person, 0, 1, 1.0, now, 6), version + 1));
        ConsentUpdate consent = new ConsentUpdate(person, 0, 0, ConsentState.DENIED, now);
        refused(Status.VERSION_CONFLICT, () -> client.setConsent(consent, version));
        client.setConsent(consent, version + 2);
        assertThat(client.getProfile(person).orElseThrow().version()).isEqualTo(version + 3);
        long stranger = lastProfile++;
        client.setConsent(new ConsentUpdate(stranger, 0, 0, ConsentState.GRANTED, now), 0);
        refused(
                Status.VERSION_CONFLICT,
                () -> client.setConsent(new ConsentUpdate(stranger, 0, 0, ConsentState.DENIED, now), 0));
    }

    @Test
    void shouldLeaveOutOfAMaskedReadWhatConsentDoesNotAllow() {
        long person = person();
        long now = System.currentTimeMillis();
        client.putSlot(new SlotUpdate(person, 0, 1, axis(), 1, now));
        client.markItems(List.of(new Mark(person, 0, 1, false, now), new Mark(person, 1, 2, false, now)));
        client.setConsent(new ConsentUpdate(person, 0, 1, ConsentState.DENIED, now));
        Set<ProfilePart> all = EnumSet.allOf(ProfilePart.class);
        int audience = client.serverInfo().purposeNumber("audience");
        Profile masked = client.getProfile(person, all, audience).orElseThrow();
        assertThat(masked.consentRemoved()).isTrue();
        assertThat(masked.slots()).hasSize(1).allMatch(slot -> slot.source() == 1 && slot.vector().length == DIMENSION);
        assertThat(masked.seen()).hasSize(1).allMatch(seen -> seen.itemId() == 2);
        assertThat(masked.consents()).hasSize(1);
        Profile recommend = client.getProfile(person, all, 0).orElseThrow();
        assertThat(recommend.consentRemoved()).isFalse();
        assertThat(recommend.slots()).hasSize(2);
        assertThat(client.getProfile(person).orElseThrow().slots()).hasSize(2);
        refused(Status.UNKNOWN_PURPOSE, () -> client.getProfile(person, all, 8));
    }

    @Test
    void shouldExportEverythingThatIsHeldOnAPerson() throws Exception {
        long person = person();
        long now = System.currentTimeMillis();
        client.recordEvent(new Event(person, 2, 11, 1.0, now, 99));
        client.markItems(List.of(new Mark(person, 0, 12, true, now)));
        client.setConsent(new ConsentUpdate(person, 0, 1, ConsentState.DENIED, now));
        String json = client.exportProfile(person).orElseThrow();
        assertThat(json)
                .startsWith("{\"profileId\":" + person + ",")
                .contains("\"source\":\"payment\"")
                .contains("\"made\":\"put\"")
                .contains("\"made\":\"events\"")
                .contains("{\"source\":\"social\",\"purpose\":\"audience\",\"state\":\"denied\",\"timeMillis\":" + now
                        + "}")
                .contains("\"seen\":[{\"itemId\":11,\"timeSeconds\":" + now / 1_000
                        + ",\"source\":\"commerce\",\"count\":1}]")
                .contains("\"shown\":[{\"itemId\":12,")
                .contains("\"eventIds\":{\"hashesHeld\":1,\"mostHeld\":32}");
        int numbers = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                numbers += token == JsonToken.VALUE_NUMBER_FLOAT ? 1 : 0;
            }
        }
        assertThat(numbers).isGreaterThanOrEqualTo(2 * DIMENSION);
        assertThat(client.exportProfile(lastProfile++)).isEmpty();
        refused(Status.RESERVED_ID, () -> client.exportProfile(-1));
    }

    @Test
    void shouldAnswerABatchInItsOrderEachWithAStatusOfItsOwn() {
        long person = person();
        long now = System.currentTimeMillis();
        Batch batch = client.batch();
        CompletableFuture<Recommendations> before = batch.calls()
                .recommend(RecommendRequest.forProfile(person).limit(2).excludeSeen());
        CompletableFuture<WriteResults> mark = batch.calls().markItems(List.of(new Mark(person, 0, 1, false, now)));
        CompletableFuture<Recommendations> after = batch.calls()
                .recommend(RecommendRequest.forProfile(person).limit(2).excludeSeen());
        CompletableFuture<?> refused = batch.calls().recommend(RecommendRequest.forProfile(-1));
        CompletableFuture<?> statistics = batch.calls().statistics();
        CompletableFuture<?> unknown = batch.calls().getProfile(lastProfile++);
        CompletableFuture<Long> ping = batch.calls().ping();
        assertThat(batch.size()).isEqualTo(7);
        batch.send();

        assertThat(ids(before.join())).containsExactly(1L, 2L);
        assertThat(mark.join().allApplied()).isTrue();
        assertThat(ids(after.join())).containsExactly(2L, 3L);
        assertThat(ping.join()).isGreaterThanOrEqualTo(now);
        assertThat(statistics).isCompleted();
        assertThat(unknown.join()).isEqualTo(java.util.Optional.empty());
        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(MagpieServerException.class);
        assertThatThrownBy(batch::send).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.calls().ping()).isInstanceOf(IllegalStateException.class);
        client.batch().send();
    }

    @Test
    void shouldAnswerManyQuestionsOfABatchLikeEachAlone() {
        List<RecommendRequest> requests = new ArrayList<>();
        Batch batch = client.batch();
        List<CompletableFuture<Recommendations>> together = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            float[] vector = new float[DIMENSION];
            vector[0] = ThreadLocalRandom.current().nextFloat() - 0.5f;
            RecommendRequest request = RecommendRequest.forVector(1, vector).limit(1 + i % 30);
            requests.add(request);
            together.add(batch.calls().recommend(request));
        }
        batch.send();
        for (int i = 0; i < requests.size(); i++) {
            assertThat(together.get(i).join().items())
                    .isEqualTo(client.recommend(requests.get(i)).items());
        }
    }
}
