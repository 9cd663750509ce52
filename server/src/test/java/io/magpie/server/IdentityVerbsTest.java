package io.magpie.server;

import static io.magpie.server.TestServers.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.AfterEvents;
import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.Link;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieException;
import io.magpie.client.MagpieServerException;
import io.magpie.client.Mark;
import io.magpie.client.Person;
import io.magpie.client.Profile;
import io.magpie.client.ProfilePart;
import io.magpie.client.RecommendCall;
import io.magpie.client.RecommendListener;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.client.SlotUpdate;
import io.magpie.client.WriteResults;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People named by identities, and link and unlink, through the SDK and a real server. */
@Timeout(120)
class IdentityVerbsTest {
    private static final int SOCIAL = 0;
    private static final int PAYMENT = 1;
    private static final int COMMERCE = 2;
    private static final long FIRST_GIVEN = Long.MIN_VALUE; // 2^63: ids from here on are the server's to give
    private static final long LAST_GIVEN = Long.MIN_VALUE + (1L << 62) - 1;

    private static MagpieServer server;
    private static MagpieClient client;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = TestServers.start(directory);
        client = MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(Duration.ofSeconds(20))
                .connect();
        client.putItems(
                1,
                List.of(
                        new ItemUpdate(1, vector(0), ItemAttributes.NONE),
                        new ItemUpdate(2, vector(1), ItemAttributes.NONE),
                        new ItemUpdate(3, vector(2), ItemAttributes.NONE)));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldAnswerCallsThatAllocateNothingByIdentityAndForGroups() throws Exception {
        Person one = Person.identity(SOCIAL, "call-1");
        Person other = Person.identity(PAYMENT, "call-2");
        client.putSlots(List.of(slot(one, SOCIAL, 0), slot(other, SOCIAL, 1), slot(Person.profile(77), SOCIAL, 2)));
        CompletableFuture<List<Long>> answer = new CompletableFuture<>();
        client.async()
                .recommend(new RecommendCall(collecting(answer)).person(other).limit(1));
        assertThat(answer.get(20, TimeUnit.SECONDS)).containsExactly(2L);
        CompletableFuture<List<Long>> grouped = new CompletableFuture<>();
        client.async()
                .recommend(new RecommendCall(collecting(grouped))
                        .group(one, Person.profile(77), other)
                        .limit(3));
        // Each of the three moves as far as the others: a tie, in the order of ids.
        assertThat(grouped.get(20, TimeUnit.SECONDS)).containsExactly(1L, 2L, 3L);
        CompletableFuture<List<Long>> plain = new CompletableFuture<>();
        client.async()
                .recommend(new RecommendCall(collecting(plain))
                        .group(one)
                        .profileId(77)
                        .limit(1));
        assertThat(plain.get(20, TimeUnit.SECONDS)).containsExactly(3L);
    }

    private static RecommendListener collecting(CompletableFuture<List<Long>> into) {
        return new RecommendListener() {
            @Override
            public void onAnswer(RecommendCall call, RecommendReplyDecoder answer) {
                into.complete(LongStream.range(0, answer.itemCount())
                        .map(i -> answer.itemId((int) i))
                        .boxed()
                        .toList());
            }

            @Override
            public void onFailure(RecommendCall call, MagpieException failure) {
                into.completeExceptionally(failure);
            }
        };
    }

    private static SlotUpdate slot(Person person, int source, int axis) {
        return new SlotUpdate(person, source, 1, vector(axis), 1, System.currentTimeMillis());
    }

    private static Event event(Person person, long itemId) {
        return new Event(person, COMMERCE, itemId, 1, System.currentTimeMillis());
    }

    private static void assertRefused(ThrowingCallable call, Status status) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MagpieServerException.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }

    @Test
    void shouldSayUnknownWhenAnIdentityIsReadAndMakeAProfileWhenItIsWritten() {
        Person person = Person.identity(SOCIAL, "new");
        assertThat(client.getProfile(person)).isEmpty();
        assertThat(client.exportProfile(person)).isEmpty();
        assertThat(client.eraseProfile(person).profiles()).isZero();
        Recommendations before = client.recommend(RecommendRequest.forPerson(person));
        assertThat(before.flags()).contains(RecommendationFlag.UNKNOWN_PROFILE);
        assertRefused(() -> client.why(RecommendRequest.forPerson(person), 1, 0), Status.UNKNOWN_PROFILE);

        long profileId = client.putSlot(slot(person, SOCIAL, 0)).profileId();
        assertThat(Long.compareUnsigned(profileId, FIRST_GIVEN)).isNotNegative();
        assertThat(client.getProfile(person).orElseThrow().profileId()).isEqualTo(profileId);
        Recommendations best = client.recommend(RecommendRequest.forPerson(person));
        assertThat(best.profileId()).isEqualTo(profileId);
        assertThat(best.flags()).doesNotContain(RecommendationFlag.UNKNOWN_PROFILE);
        assertThat(best.items().get(0).itemId()).isEqualTo(1);
        assertThat(client.recommend(RecommendRequest.forProfile(profileId)).items())
                .isEqualTo(best.items());
    }

    @Test
    void shouldReachOneProfileWhenEveryVerbNamesTheIdentity() {
        Person person = Person.identity(PAYMENT, new byte[] {0, -1, 7});
        long profileId = client.recordEvent(event(person, 1)).profileId();
        long now = System.currentTimeMillis();
        WriteResults marks = client.markItems(List.of(
                new Mark(77_000, COMMERCE, 1, false, now),
                new Mark(person, COMMERCE, 2, true, now),
                new Mark(person, COMMERCE, 99, true, now)));
        assertThat(marks.statuses()).containsExactly(Status.OK, Status.OK, Status.UNKNOWN_ITEM);
        assertThat(marks.profileIds()).containsExactly(77_000L, profileId, WriteResults.NO_PROFILE);
        assertThat(client.setConsent(new ConsentUpdate(person, SOCIAL, 0, ConsentState.GRANTED, now))
                        .profileId())
                .isEqualTo(profileId);
        assertThat(client.putSlots(List.of(slot(person, SOCIAL, 2), slot(Person.profile(77_000), SOCIAL, 1)))
                        .profileIds())
                .containsExactly(profileId, 77_000L);
        Profile held =
                client.getProfile(person, EnumSet.allOf(ProfilePart.class), -1).orElseThrow();
        assertThat(held.slots()).hasSize(2);
        assertThat(held.consents()).hasSize(1);
        assertThat(held.seen()).hasSize(2);
        assertThat(client.recordEvent(event(person, 3), held.version()).profileId())
                .isEqualTo(profileId);
        assertRefused(() -> client.recordEvent(event(person, 3), held.version()), Status.VERSION_CONFLICT);

        AfterEvents after = client.recordAndRecommend(List.of(event(person, 2)), RecommendRequest.forPerson(person));
        assertThat(after.isAllApplied()).isTrue();
        assertThat(after.recommendations().profileId()).isEqualTo(profileId);
        assertThat(client.why(RecommendRequest.forPerson(person), 3, 1).profileId())
                .isEqualTo(profileId);
        Recommendations group = client.recommend(
                RecommendRequest.forPeople(Person.profile(77_000), person, Person.identity(SOCIAL, "nobody"))
                        .excludeSeen());
        assertThat(group.unknownMembers()).isEqualTo(1);
        assertThat(group.items()).as("one has seen 1, the other 1, 2 and 3").isEmpty();
        assertThat(client.recommend(RecommendRequest.popular().excludeSeenBy(person))
                        .items())
                .isEmpty();
        assertThat(client.exportProfile(person).orElseThrow())
                .contains("\"profileId\":" + Long.toUnsignedString(profileId));
        assertThat(client.eraseProfile(person).identities()).isEqualTo(1);
        assertThat(client.getProfile(person)).isEmpty();
        assertThat(client.getProfile(profileId)).isEmpty();
    }

    @Test
    void shouldMergeProfilesWhenTheirIdentitiesAreLinked() {
        Person buyer = Person.identity(COMMERCE, "buyer");
        Person friend = Person.identity(SOCIAL, "friend");
        client.putSlot(slot(buyer, COMMERCE, 0));
        client.putSlot(slot(friend, SOCIAL, 1));
        client.putSlot(slot(Person.profile(88_000), PAYMENT, 2));

        long first = client.link(buyer, friend).profileId();
        assertThat(client.getProfile(buyer).orElseThrow().slots()).hasSize(2);
        assertThat(client.getProfile(friend).orElseThrow().profileId()).isEqualTo(first);
        assertThat(client.link(friend, buyer).profileId()).as("again").isEqualTo(first);

        WriteResults results = client.link(List.of(
                new Link(Person.profile(88_000), buyer),
                new Link(buyer, Person.profile(WriteResults.NO_PROFILE)),
                new Link(Person.identity(PAYMENT, "card"), Person.profile(88_000))));
        assertThat(results.statuses()).containsExactly(Status.OK, Status.RESERVED_ID, Status.OK);
        assertThat(results.profileIds()).containsExactly(88_000L, WriteResults.NO_PROFILE, 88_000L);
        assertThat(client.getProfile(first).orElseThrow().profileId()).isEqualTo(88_000);
        Recommendations best = client.recommend(RecommendRequest.forPerson(friend));
        assertThat(best.profileId()).isEqualTo(88_000);
        assertThat(best.items()).hasSize(3).allMatch(item -> item.score() > 0);
    }

    @Test
    void shouldLeadToAnEmptyProfileWhenUnlinked() {
        Person one = Person.identity(SOCIAL, "one");
        Person other = Person.identity(COMMERCE, "other");
        long linked = client.link(one, other).profileId();
        client.putSlot(slot(one, SOCIAL, 0));

        long fresh = client.unlink(one).profileId();
        assertThat(fresh).isNotEqualTo(linked);
        assertThat(client.getProfile(one).orElseThrow().slots()).isEmpty();
        assertThat(client.getProfile(other).orElseThrow().slots()).hasSize(1);
        assertRefused(() -> client.unlink(Person.identity(SOCIAL, "nowhere")), Status.UNKNOWN_PROFILE);
        assertRefused(() -> client.unlink(Person.profile(1)), Status.OUT_OF_RANGE);
        assertThat(client.unlink(List.of(other, Person.identity(9, "x"))).statuses())
                .containsExactly(Status.OK, Status.UNKNOWN_SOURCE);
    }

    @Test
    void shouldRefuseWhatIsNoIdentity() {
        Person stranger = Person.identity(200, "x");
        assertRefused(() -> client.putSlot(slot(stranger, SOCIAL, 0)), Status.UNKNOWN_SOURCE);
        assertRefused(() -> client.link(stranger, Person.profile(5)), Status.UNKNOWN_SOURCE);
        assertRefused(() -> client.recommend(RecommendRequest.forPerson(stranger)), Status.UNKNOWN_SOURCE);
        assertRefused(() -> client.putSlot(slot(Person.profile(LAST_GIVEN), SOCIAL, 0)), Status.UNKNOWN_PROFILE);
        assertThat(client.putSlot(slot(Person.identity(SOCIAL, "x".repeat(64)), SOCIAL, 0))
                        .profileId())
                .isNotEqualTo(WriteResults.NO_PROFILE);
        assertThatThrownBy(() -> Person.identity(SOCIAL, "x".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 bytes: length=65");
        assertThatThrownBy(() -> Person.identity(SOCIAL, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.recordAndRecommend(
                        List.of(event(stranger, 1)), RecommendRequest.forPerson(Person.identity(SOCIAL, "secret"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
