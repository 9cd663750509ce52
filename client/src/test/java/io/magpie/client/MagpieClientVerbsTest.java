package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.AnswerFlag;
import io.magpie.protocol.EraseProfileReplyEncoder;
import io.magpie.protocol.EraseProfileRequestDecoder;
import io.magpie.protocol.GetItemReplyEncoder;
import io.magpie.protocol.GetItemRequestDecoder;
import io.magpie.protocol.GetProfileReplyEncoder;
import io.magpie.protocol.GetProfileRequestDecoder;
import io.magpie.protocol.MessageDecoder;
import io.magpie.protocol.PatchItemsRequestDecoder;
import io.magpie.protocol.PutItemsRequestDecoder;
import io.magpie.protocol.PutSlotsRequestDecoder;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecordEventsRequestDecoder;
import io.magpie.protocol.RemoveItemsRequestDecoder;
import io.magpie.protocol.SetConsentsRequestDecoder;
import io.magpie.protocol.StatisticsReplyEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each verb: what arrives is what was asked, and what is returned is what was answered. */
@Timeout(60)
class MagpieClientVerbsTest {
    private static final float[] VECTOR = {1, 2, 3, 4};
    private static final ItemAttributes ATTRIBUTES = new ItemAttributes(5, 199, true, true, 7, 8);

    private final FakeServer server = new FakeServer();
    private final AtomicReference<AssertionError> wrong = new AtomicReference<>();
    private MagpieClient client;

    @BeforeEach
    void connect() {
        client = server.client().connect();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        assertThat(wrong).hasValue(null);
    }

    /** The next requests must be read by the decoder, pass the check, and are answered by the bytes. */
    private <D extends MessageDecoder> void answer(D decoder, Consumer<D> check, Reply reply) {
        server.onRequest((peer, request) -> {
            try {
                assertThat(decoder.wrap(request.frame(), 0, request.length())).isEqualTo(Status.OK);
                check.accept(decoder);
            } catch (AssertionError e) {
                wrong.set(e);
            }
            ByteBuf out = Unpooled.buffer();
            reply.write(out, request);
            peer.send(out);
        });
    }

    private interface Reply {
        void write(ByteBuf out, FakeServer.Request request);
    }

    private static Reply statuses(Status... statuses) {
        return (out, request) -> {
            int applied = 0;
            for (Status status : statuses) {
                applied += status == Status.OK ? 1 : 0;
            }
            WriteReplyEncoder encoder = new WriteReplyEncoder()
                    .wrap(out, request.messageType(), request.correlationId())
                    .catalogueVersion(12)
                    .spaceId(1)
                    .timeMillis(99)
                    .appliedCount(applied)
                    .beginStatuses(statuses.length);
            for (Status status : statuses) {
                encoder.addStatus(status.code());
            }
            encoder.finish();
        };
    }

    @Test
    void shouldKnowServerWhenConnected() {
        ServerInfo info = client.serverInfo();

        assertThat(info.serverVersion()).isEqualTo("fake");
        assertThat(info.dimension()).isEqualTo(FakeServer.DIMENSION);
        assertThat(info.sourceNumber("commerce")).isEqualTo(1);
        assertThat(info.purposeNumber("recommend")).isZero();
        assertThat(info.sources().get(1))
                .isEqualTo(new ServerInfo.Source(1, "commerce", 0.5, 3_600_000, SourceKind.UNSAID));
        assertThat(info.maxListLength()).isEqualTo(4_096);
        assertThatThrownBy(() -> info.sourceNumber("other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no such source: name=other");
    }

    @Test
    void shouldRecommendForProfile() {
        answer(
                new RecommendRequestDecoder(),
                in -> {
                    assertThat(in.kind()).isEqualTo(RecommendRequestDecoder.KIND_PROFILE);
                    assertThat(in.profileId()).isEqualTo(-2);
                    assertThat(in.limit()).isEqualTo(3);
                    assertThat(in.purpose()).isEqualTo(1);
                    assertThat(in.flags()).isEqualTo(1 + 2 + 4 + 8 + 16);
                    assertThat(in.priceMinorFrom()).isEqualTo(10);
                    assertThat(in.priceMinorTo()).isEqualTo(20);
                    assertThat(in.sourceWeightSource(0)).isEqualTo(1);
                    assertThat(in.sourceWeightWeight(0)).isEqualTo(0.5);
                    assertThat(in.excludedIdCount()).isEqualTo(2);
                    assertThat(in.excludedId(1)).isEqualTo(6);
                    assertThat(in.includedId(0)).isEqualTo(30);
                    assertThat(in.category(0)).isEqualTo(40);
                    assertThat(in.tagAll(0)).isEqualTo(50);
                    assertThat(in.tagAny(1)).isEqualTo(61);
                    assertThat(in.tagNone(0)).isEqualTo(70);
                },
                (out, request) -> new RecommendReplyEncoder()
                        .wrap(out, request.correlationId())
                        .profileId(-2)
                        .catalogueVersion(12)
                        .spaceId(1)
                        .timeMillis(99)
                        .profileVersion(4)
                        .unseenBound(0.25f)
                        .scannedItems(1_000)
                        .scoredItems(20)
                        .flags(AnswerFlag.FILTERED_SHORT | AnswerFlag.DEADLINE | 1 << 30)
                        .beginItems(1)
                        .addItem(100, 1.5f)
                        .finish());

        Recommendations answer = client.recommend(RecommendRequest.forProfile(-2)
                .limit(3)
                .purpose(1)
                .excludeSeen()
                .inStockOnly()
                .hiddenToo()
                .includeOnly(30)
                .priceMinor(10, 20)
                .sourceWeight(1, 0.5)
                .exclude(5)
                .exclude(6)
                .categories(40)
                .tagsAll(50)
                .tagsAny(60, 61)
                .tagsNone(70));

        assertThat(answer)
                .isEqualTo(new Recommendations(
                        -2,
                        List.of(new Recommendations.ScoredItem(100, 1.5f)),
                        Set.of(RecommendationFlag.FILTERED_SHORT, RecommendationFlag.DEADLINE),
                        12,
                        1,
                        99,
                        4,
                        0.25f,
                        1_000,
                        20,
                        0,
                        0));
        assertThat(answer.has(RecommendationFlag.DEADLINE)).isTrue();
        assertThat(answer.has(RecommendationFlag.FALLBACK)).isFalse();
    }

    @Test
    void shouldRecommendForVector() {
        float[] read = new float[4];
        answer(
                new RecommendRequestDecoder(),
                in -> {
                    assertThat(in.kind()).isEqualTo(RecommendRequestDecoder.KIND_VECTOR);
                    assertThat(in.spaceId()).isEqualTo(3);
                    assertThat(in.dimension()).isEqualTo(4);
                    assertThat(in.copyVector(0, read)).isTrue();
                    assertThat(in.profileId()).isEqualTo(8);
                    assertThat(in.flags()).isEqualTo(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN);
                },
                (out, request) -> new RecommendReplyEncoder()
                        .wrap(out, request.correlationId())
                        .finish());

        Recommendations answer =
                client.recommend(RecommendRequest.forVector(3, VECTOR).excludeSeenBy(8));

        assertThat(answer.items()).isEmpty();
        assertThat(answer.flags()).isEmpty();
        assertThat(read).isEqualTo(VECTOR);
    }

    @Test
    void shouldPutSlots() {
        answer(
                new PutSlotsRequestDecoder(),
                in -> {
                    int last = in.slotCount() - 1;
                    assertThat(in.slotProfileId(last)).isEqualTo(4);
                    assertThat(in.slotSource(last)).isEqualTo(1);
                    assertThat(in.slotSpaceId(last)).isEqualTo(3);
                    assertThat(in.slotEvidence(last)).isEqualTo(2.5);
                    assertThat(in.slotTimeMillis(last)).isEqualTo(77);
                    assertThat(in.copyVector(last, new float[4])).isTrue();
                },
                statuses(Status.OK));
        SlotUpdate slot = new SlotUpdate(4, 1, 3, VECTOR, 2.5, 77);

        assertThat(client.putSlot(slot)).isEqualTo(new WriteReceipt(12, 1, 99, 4));
        server.onRequest((peer, request) -> {
            ByteBuf out = Unpooled.buffer();
            statuses(Status.WRONG_SPACE, Status.OK).write(out, request);
            peer.send(out);
        });
        WriteResults results = client.putSlots(List.of(slot, slot));
        assertThat(results.statuses()).containsExactly(Status.WRONG_SPACE, Status.OK);
        assertThat(results.appliedCount()).isEqualTo(1);
        assertThat(results.allApplied()).isFalse();
        assertThatThrownBy(() -> client.putSlots(List.of(slot, new SlotUpdate(1, 1, 1, new float[3], 1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length=3 first=4");
    }

    @Test
    void shouldRecordEvents() {
        answer(
                new RecordEventsRequestDecoder(),
                in -> {
                    assertThat(in.eventCount()).isEqualTo(1);
                    assertThat(in.eventProfileId(0)).isEqualTo(1);
                    assertThat(in.eventSource(0)).isEqualTo(2);
                    assertThat(in.eventItemId(0)).isEqualTo(3);
                    assertThat(in.eventStrength(0)).isEqualTo(-0.1);
                    assertThat(in.eventTimeMillis(0)).isEqualTo(5);
                    assertThat(in.eventId(0)).isEqualTo(6);
                },
                statuses(Status.UNKNOWN_ITEM));

        assertThatThrownBy(() -> client.recordEvent(new Event(1, 2, 3, -0.1, 5, 6)))
                .isInstanceOfSatisfying(MagpieServerException.class, said -> {
                    assertThat(said.status()).isEqualTo(Status.UNKNOWN_ITEM);
                    assertThat(said.mayHaveBeenApplied()).isFalse();
                })
                .hasMessage("the server refused the change: UNKNOWN_ITEM");
        assertThat(client.recordEvents(List.of(new Event(1, 2, 3, -0.1, 5, 6))).statuses())
                .containsExactly(Status.UNKNOWN_ITEM);
    }

    @Test
    void shouldSetConsents() {
        answer(
                new SetConsentsRequestDecoder(),
                in -> {
                    assertThat(in.consentProfileId(0)).isEqualTo(1);
                    assertThat(in.consentSource(0)).isEqualTo(2);
                    assertThat(in.consentPurpose(0)).isEqualTo(3);
                    assertThat(in.consentState(0)).isEqualTo(2);
                    assertThat(in.consentTimeMillis(0)).isEqualTo(5);
                },
                statuses(Status.OK));
        ConsentUpdate consent = new ConsentUpdate(1, 2, 3, ConsentState.DENIED, 5);

        client.setConsent(consent);
        assertThat(client.setConsents(List.of(consent)).allApplied()).isTrue();
    }

    @Test
    void shouldGetProfile() {
        answer(
                new GetProfileRequestDecoder(),
                in -> {
                    assertThat(in.profileId()).isEqualTo(9);
                    assertThat(in.parts()).isEqualTo(GetProfileRequestDecoder.PART_ALL);
                },
                (out, request) -> new GetProfileReplyEncoder()
                        .wrap(out, request.correlationId())
                        .profileId(9)
                        .version(2)
                        .flags(AnswerFlag.SEEN_TRUNCATED)
                        .catalogueVersion(12)
                        .spaceId(1)
                        .timeMillis(99)
                        .beginSlots(1)
                        .addSlot(1.5, 77, 5.5, 3, 1)
                        .beginVectors(1, 4)
                        .addVector(VECTOR, 0, 4)
                        .beginConsents(1)
                        .addConsent(55, 1, 0, 1)
                        .beginSeen(1)
                        .addSeen(100, -1, 1, 1, 65_535)
                        .finish());

        assertThat(client.getProfile(9))
                .contains(new Profile(
                        9,
                        2,
                        List.of(new Profile.Slot(1, 3, 1.5, 77, 5.5, VECTOR)),
                        List.of(new Profile.Consent(1, 0, ConsentState.GRANTED, 55)),
                        List.of(new Profile.Seen(100, 0xFFFFFFFFL, 1, true, 65_535)),
                        true,
                        false,
                        12,
                        1,
                        99));
    }

    @Test
    void shouldBeEmptyWhenThereIsNoProfileOrItem() {
        server.onRequest((peer, request) -> peer.send(FakeServer.error(request, Status.UNKNOWN_PROFILE, "")));
        assertThat(client.getProfile(1, Set.of(ProfilePart.SEEN))).isEmpty();
        assertThatThrownBy(() -> client.getItem(1)).isInstanceOf(MagpieServerException.class);

        server.onRequest((peer, request) -> peer.send(FakeServer.error(request, Status.UNKNOWN_ITEM, "")));
        assertThat(client.getItem(1)).isEmpty();
    }

    @Test
    void shouldEraseProfile() {
        answer(
                new EraseProfileRequestDecoder(),
                in -> assertThat(in.profileId()).isEqualTo(9),
                (out, request) -> new EraseProfileReplyEncoder()
                        .wrap(out, request.correlationId())
                        .profileId(9)
                        .sequence(1)
                        .profiles(2)
                        .slots(3)
                        .consents(4)
                        .seenItems(5)
                        .identities(6)
                        .redirects(12)
                        .logRecords(7)
                        .catalogueVersion(8)
                        .spaceId(9)
                        .timeMillis(10)
                        .finish());

        assertThat(client.eraseProfile(9)).isEqualTo(new ErasureReceipt(9, 1, 2, 3, 4, 5, 6, 12, 7, 8, 9, 10));
    }

    @Test
    void shouldPutItems() {
        answer(
                new PutItemsRequestDecoder(),
                in -> {
                    assertThat(in.spaceId()).isEqualTo(3);
                    assertThat(in.itemId(0)).isEqualTo(100);
                    assertThat(in.itemBias(0)).isEqualTo(0.5f);
                    assertThat(in.itemPriceMinor(0)).isEqualTo(199);
                    assertThat(in.itemCategory(0)).isEqualTo(5);
                    assertThat(in.itemFlags(0)).isEqualTo(3);
                    assertThat(in.itemTagCount(0)).isEqualTo(2);
                    assertThat(in.tag(1)).isEqualTo(8);
                    assertThat(in.dimension()).isEqualTo(4);
                },
                statuses(Status.OK));
        ItemUpdate item = new ItemUpdate(100, VECTOR, 0.5f, ATTRIBUTES);

        client.putItem(3, item);
        assertThat(client.putItems(3, List.of(item)).allApplied()).isTrue();
    }

    @Test
    void shouldPatchItems() {
        answer(
                new PatchItemsRequestDecoder(),
                in -> {
                    assertThat(in.itemId(0)).isEqualTo(100);
                    assertThat(in.itemPriceMinor(0)).isEqualTo(199);
                    assertThat(in.tagCount()).isEqualTo(2);
                },
                statuses(Status.OK));
        ItemPatch patch = new ItemPatch(100, ATTRIBUTES);

        client.patchItem(patch);
        assertThat(client.patchItems(List.of(patch)).allApplied()).isTrue();
    }

    @Test
    void shouldRemoveItems() {
        answer(new RemoveItemsRequestDecoder(), in -> assertThat(in.itemId(0)).isEqualTo(100), statuses(Status.OK));

        client.removeItem(100);
        assertThat(client.removeItems(100).allApplied()).isTrue();
    }

    @Test
    void shouldGetItem() {
        answer(
                new GetItemRequestDecoder(),
                in -> assertThat(in.itemId()).isEqualTo(100),
                (out, request) -> new GetItemReplyEncoder()
                        .wrap(out, request.correlationId())
                        .itemId(100)
                        .version(2)
                        .spaceId(3)
                        .bias(0.5f)
                        .category(5)
                        .priceMinor(199)
                        .flags(3)
                        .catalogueVersion(12)
                        .timeMillis(99)
                        .beginTags(2)
                        .addTag(7)
                        .addTag(8)
                        .beginVectors(1, 4)
                        .addVector(VECTOR, 0, 4)
                        .finish());

        assertThat(client.getItem(100)).contains(new Item(100, 2, 3, VECTOR, 0.5f, ATTRIBUTES, 12, 99));
    }

    @Test
    void shouldReadStatistics() {
        server.onRequest((peer, request) -> {
            ByteBuf out = Unpooled.buffer();
            new StatisticsReplyEncoder()
                    .wrap(out, request.correlationId())
                    .catalogueVersion(12)
                    .spaceId(1)
                    .timeMillis(99)
                    .beginCounters(2)
                    .addCounter(3, 0, 5)
                    .addCounter(Double.doubleToLongBits(0.5), 1, 4)
                    .counterNames("itemsload")
                    .finish();
            peer.send(out);
        });

        Statistics statistics = client.statistics();

        assertThat(statistics.counters())
                .containsExactly(java.util.Map.entry("items", 3L), java.util.Map.entry("load", 0.5));
        assertThat(statistics.catalogueVersion()).isEqualTo(12);
    }

    @Test
    void shouldSendLargeAndSmallRequestsInOrderWhenMixed() throws Exception {
        java.util.List<Integer> lengths = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        server.onRequest((peer, request) -> {
            lengths.add(request.length());
            ByteBuf out = Unpooled.buffer();
            statuses(Status.OK).write(out, request);
            peer.send(out);
        });
        java.util.List<java.util.concurrent.CompletableFuture<WriteResults>> futures = new java.util.ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(client.async().removeItems(new long[i % 3 == 0 ? 5_000 : 1 + i]));
        }
        for (var future : futures) {
            future.get();
        }
        for (int i = 0; i < 50; i++) {
            assertThat(lengths.get(i)).isEqualTo(24 + 8 + 8 + 8 * (i % 3 == 0 ? 5_000 : 1 + i));
        }
    }
}
