package io.magpie.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One message of each kind, as docs/PROTOCOL.md shows them. */
final class ExampleMessages {
    private static final float[] VECTOR = {1.0f, -0.5f, 0.25f, 0.0f};
    private static final long TIME = 1_700_000_000_000L;
    private static final long ID = 42;

    private ExampleMessages() {}

    /** A message: its bytes, and what reads them. */
    record Example(ByteBuf frame, Supplier<MessageDecoder> decoder) {}

    /** Returns the messages by name, requests before their answers. */
    static Map<String, Example> all() {
        Map<String, Example> all = new LinkedHashMap<>();
        control(all);
        recommend(all);
        questions(all);
        rankedAnswers(all);
        why(all);
        profiles(all);
        profileAnswers(all);
        snapshots(all);
        items(all);
        LaterExampleMessages.addTo(all);
        catalogues(all);
        return all;
    }

    static void put(Map<String, Example> all, String name, Supplier<MessageDecoder> decoder, Consumer<ByteBuf> writer) {
        ByteBuf frame = Unpooled.buffer();
        writer.accept(frame);
        // Exactly its bytes, so that reading past the end is an error.
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        all.put(name, new Example(Unpooled.wrappedBuffer(bytes), decoder));
    }

    private static void control(Map<String, Example> all) {
        put(
                all,
                "HelloRequest",
                HelloRequestDecoder::new,
                out -> new HelloRequestEncoder()
                        .wrap(out, 1, 0)
                        .minVersion(1)
                        .maxVersion(1)
                        .token("s3cret")
                        .clientName("docs")
                        .finish());
        put(
                all,
                "HelloReply",
                HelloReplyDecoder::new,
                out -> new HelloReplyEncoder()
                        .wrap(out, 1)
                        .version(1)
                        .dimension(4)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .maxFrameLength(1_048_576)
                        .maxLimit(1_000)
                        .maxListLength(4_096)
                        .serverVersion("0.1.0")
                        .beginSources(2)
                        .addSource(1.0, 2_592_000_000L, 0, 6)
                        .addSource(0.5, 604_800_000L, 1, 8)
                        .sourceNames("socialcommerce")
                        .beginPurposes(2)
                        .addPurpose(0, 9)
                        .addPurpose(1, 8)
                        .purposeNames("recommendaudience")
                        .finish());
        put(
                all,
                "PingRequest",
                PingRequestDecoder::new,
                out -> new PingRequestEncoder().wrap(out, 2, 250_000).payload(7).finish());
        put(
                all,
                "PingReply",
                PingReplyDecoder::new,
                out -> new PingReplyEncoder()
                        .wrap(out, 2)
                        .payload(7)
                        .timeMillis(TIME)
                        .finish());
        put(
                all,
                "StatisticsRequest",
                StatisticsRequestDecoder::new,
                out -> new StatisticsRequestEncoder().wrap(out, 3, 250_000).finish());
        put(
                all,
                "StatisticsReply",
                StatisticsReplyDecoder::new,
                out -> new StatisticsReplyEncoder()
                        .wrap(out, 3)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .beginCounters(2)
                        .addCounter(3, StatisticsReplyDecoder.KIND_INT64, 5)
                        .addCounter(Double.doubleToLongBits(0.5), StatisticsReplyDecoder.KIND_FLOAT64, 4)
                        .counterNames("itemsload")
                        .finish());
        put(
                all,
                "ErrorReply",
                ErrorReplyDecoder::new,
                out -> new ErrorReplyEncoder()
                        .wrap(out, MessageType.RECOMMEND, 4, Status.OVERLOADED)
                        .retryAfterMicros(1_500)
                        .message("try later")
                        .finish());
    }

    private static void recommend(Map<String, Example> all) {
        put(
                all,
                "RecommendRequest",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, 5, 250_000)
                        .kind(RecommendRequestDecoder.KIND_PROFILE)
                        .flags(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN | RecommendRequestDecoder.FLAG_PRICE_RANGE)
                        .limit(10)
                        .profileId(ID)
                        .priceMinorFrom(100)
                        .priceMinorTo(5_000)
                        .beginSourceWeights(1)
                        .addSourceWeight(0.25, 1)
                        .beginExcludedIds(2)
                        .addExcludedId(7)
                        .addExcludedId(8)
                        .beginTagsAny(1)
                        .addTagAny(3)
                        .finish());
        put(
                all,
                "RecommendRequest-vector",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, 6, 250_000)
                        .kind(RecommendRequestDecoder.KIND_VECTOR)
                        .limit(2)
                        .profileId(ProtocolLimits.RESERVED_ID)
                        .spaceId(1)
                        .beginVectors(1, VECTOR.length)
                        .addVector(VECTOR, 0, VECTOR.length)
                        .beginCategories(1)
                        .addCategory(11)
                        .beginTagsAll(1)
                        .addTagAll(1)
                        .beginTagsNone(1)
                        .addTagNone(2)
                        .beginIncludedIds(1)
                        .addIncludedId(100)
                        .finish());
        put(
                all,
                "RecommendReply",
                RecommendReplyDecoder::new,
                out -> new RecommendReplyEncoder()
                        .wrap(out, 5)
                        .profileId(ID)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .flags(AnswerFlag.FILTERED_SHORT)
                        .unseenBound(Float.NEGATIVE_INFINITY)
                        .profileVersion(3)
                        .scannedItems(1_000)
                        .scoredItems(40)
                        .beginItems(2)
                        .addItem(100, 1.5f)
                        .addItem(101, 1.25f)
                        .finish());
    }

    private static void questions(Map<String, Example> all) {
        put(
                all,
                "RecommendRequest-group",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, MessageType.RECOMMEND, 16, 250_000)
                        .kind(RecommendRequestDecoder.KIND_GROUP)
                        .flags(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN
                                | RecommendRequestDecoder.FLAG_DIVERSITY
                                | RecommendRequestDecoder.FLAG_CONTEXT_WEIGHT)
                        .limit(10)
                        .profileId(ProtocolLimits.RESERVED_ID)
                        .offset(10)
                        .relevance(0.75)
                        .contextWeight(0.25)
                        .asOfMillis(TIME)
                        .capPerCategory(2)
                        .diversityPool(50)
                        .beginMembers(2)
                        .addMember(ID)
                        .addMember(43)
                        .beginContextItems(1)
                        .addContextItem(100, 1.0)
                        .beginBoosts(1)
                        .addBoost(101, 0.5, Long.MIN_VALUE, Long.MAX_VALUE)
                        .beginPins(1)
                        .addPin(102, TIME, TIME + 1_000, 3)
                        .finish());
        put(
                all,
                "RecommendRequest-similar",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, MessageType.SIMILAR, 17, 250_000)
                        .kind(RecommendRequestDecoder.KIND_SIMILAR)
                        .limit(10)
                        .profileId(ProtocolLimits.RESERVED_ID)
                        .beginItems(2)
                        .addItem(100, 1.0)
                        .addItem(101, 1.0)
                        .finish());
        put(
                all,
                "RecommendRequest-popular",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, MessageType.POPULAR, 18, 250_000)
                        .kind(RecommendRequestDecoder.KIND_TRENDING)
                        .limit(10)
                        .profileId(ProtocolLimits.RESERVED_ID)
                        .finish());
        put(
                all,
                "RecommendRequest-score",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, MessageType.SCORE, 19, 250_000)
                        .kind(RecommendRequestDecoder.KIND_PROFILE)
                        .limit(10)
                        .profileId(ID)
                        .beginScoredIds(2)
                        .addScoredId(100)
                        .addScoredId(101)
                        .finish());
        put(
                all,
                "RecommendRequest-record",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, MessageType.RECORD_AND_RECOMMEND, 20, 250_000)
                        .kind(RecommendRequestDecoder.KIND_PROFILE)
                        .limit(10)
                        .profileId(ID)
                        .beginEvents(1)
                        .addEvent(100, TIME, 77, 1.0, 1)
                        .finish());
    }

    private static void rankedAnswers(Map<String, Example> all) {
        put(
                all,
                "RecommendReply-record",
                RecommendReplyDecoder::new,
                out -> new RecommendReplyEncoder()
                        .wrap(out, MessageType.RECORD_AND_RECOMMEND, 20)
                        .profileId(ID)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .flags(AnswerFlag.UNKNOWN_ITEM)
                        .unseenBound(Float.NEGATIVE_INFINITY)
                        .profileVersion(4)
                        .scannedItems(1_000)
                        .scoredItems(40)
                        .unknownItems(1)
                        .beginItems(1)
                        .addItem(101, 1.25f)
                        .beginEventStatuses(1)
                        .addEventStatus(Status.OK.code())
                        .finish());
    }

    private static void why(Map<String, Example> all) {
        put(
                all,
                "WhyRequest",
                WhyRequestDecoder::new,
                out -> new WhyRequestEncoder()
                        .wrap(out, 21, 250_000)
                        .profileId(ID)
                        .itemId(100)
                        .asOfMillis(TIME)
                        .seenLimit(5)
                        .beginSourceWeights(1)
                        .addSourceWeight(0.25, 1)
                        .finish());
        put(
                all,
                "WhyReply",
                WhyReplyDecoder::new,
                out -> new WhyReplyEncoder()
                        .wrap(out, 21)
                        .profileId(ID)
                        .itemId(100)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .flags(AnswerFlag.CONSENT_REMOVED_SOURCE)
                        .score(1.5f)
                        .bias(0.25f)
                        .profileVersion(3)
                        .goneItems(1)
                        .beginShares(2)
                        .addShare(1.25, 0, WhyReplyDecoder.USE_USED)
                        .addShare(0, 1, WhyReplyDecoder.USE_NO_CONSENT)
                        .beginSeenItems(1)
                        .addSeenItem(101, 0.75f)
                        .finish());
    }

    private static void profiles(Map<String, Example> all) {
        put(
                all,
                "PutSlotsRequest",
                PutSlotsRequestDecoder::new,
                out -> new PutSlotsRequestEncoder()
                        .wrap(out, 7, 250_000)
                        .beginSlots(1)
                        .addSlot(ID, TIME, 12.0, 1, 0)
                        .beginVectors(1, VECTOR.length)
                        .addVector(VECTOR, 0, VECTOR.length)
                        .finish());
        put(
                all,
                "RecordEventsRequest",
                RecordEventsRequestDecoder::new,
                out -> new RecordEventsRequestEncoder()
                        .wrap(out, 8, 250_000)
                        .beginEvents(2)
                        .addEvent(ID, 100, TIME, 77, 1.0, 1)
                        .addEvent(ID, 101, TIME, 0, -0.5, 0)
                        .finish());
        put(
                all,
                "SetConsentsRequest",
                SetConsentsRequestDecoder::new,
                out -> new SetConsentsRequestEncoder()
                        .wrap(out, 9, 250_000)
                        .beginConsents(1)
                        .addConsent(ID, TIME, 1, 0, 2)
                        .finish());
        put(
                all,
                "GetProfileRequest",
                GetProfileRequestDecoder::new,
                out -> new GetProfileRequestEncoder()
                        .wrap(out, 10, 250_000)
                        .profileId(ID)
                        .parts(GetProfileRequestDecoder.PART_ALL)
                        .finish());
        put(
                all,
                "EraseProfileRequest",
                EraseProfileRequestDecoder::new,
                out -> new EraseProfileRequestEncoder()
                        .wrap(out, 11, 250_000)
                        .profileId(ID)
                        .finish());
    }

    private static void snapshots(Map<String, Example> all) {
        put(
                all,
                "SnapshotRequest",
                SnapshotRequestDecoder::new,
                out -> new SnapshotRequestEncoder()
                        .wrap(out, 3, 250_000)
                        .action(1)
                        .name("monday")
                        .finish());
        put(
                all,
                "SnapshotReply",
                SnapshotReplyDecoder::new,
                out -> new SnapshotReplyEncoder()
                        .wrap(out, 3)
                        .sequence(1_234)
                        .timeMillis(TIME)
                        .startedMillis(TIME - 1_000)
                        .entries(5_000)
                        .entriesExpected(5_100)
                        .bytes(6_000_000)
                        .state(3)
                        .name("monday")
                        .message("no space left")
                        .finish());
    }

    private static void profileAnswers(Map<String, Example> all) {
        put(
                all,
                "WriteReply",
                WriteReplyDecoder::new,
                out -> new WriteReplyEncoder()
                        .wrap(out, MessageType.RECORD_EVENTS, 8)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .appliedCount(1)
                        .beginStatuses(2)
                        .addStatus(Status.OK.code())
                        .addStatus(Status.UNKNOWN_ITEM.code())
                        .finish());
        put(
                all,
                "GetProfileReply",
                GetProfileReplyDecoder::new,
                out -> new GetProfileReplyEncoder()
                        .wrap(out, 10)
                        .profileId(ID)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .version(3)
                        .flags(AnswerFlag.SEEN_TRUNCATED)
                        .beginSlots(1)
                        .addSlot(12.0, TIME, 1.1456439, 1, 0)
                        .beginVectors(1, VECTOR.length)
                        .addVector(VECTOR, 0, VECTOR.length)
                        .beginConsents(1)
                        .addConsent(TIME, 1, 0, 2)
                        .beginSeen(1)
                        .addSeen(100, 1_700_000_000, 1, 0, 2)
                        .finish());
        put(
                all,
                "EraseProfileReply",
                EraseProfileReplyDecoder::new,
                out -> new EraseProfileReplyEncoder()
                        .wrap(out, 11)
                        .profileId(ID)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .sequence(1_234)
                        .spaceId(1)
                        .profiles(1)
                        .slots(2)
                        .consents(1)
                        .seenItems(1)
                        .logRecords(5)
                        .finish());
    }

    private static void items(Map<String, Example> all) {
        put(
                all,
                "PutItemsRequest",
                PutItemsRequestDecoder::new,
                out -> new PutItemsRequestEncoder()
                        .wrap(out, 12, 250_000)
                        .spaceId(1)
                        .beginItems(1)
                        .addItem(100, 1_999, 0.125f, 11, 2, 1)
                        .beginTags(2)
                        .addTag(3)
                        .addTag(4)
                        .beginVectors(1, VECTOR.length)
                        .addVector(VECTOR, 0, VECTOR.length)
                        .finish());
        put(
                all,
                "PatchItemsRequest",
                PatchItemsRequestDecoder::new,
                out -> new PatchItemsRequestEncoder()
                        .wrap(out, 13, 250_000)
                        .beginItems(1)
                        .addItem(100, 1_499, 0, 11, 1, 3)
                        .beginTags(1)
                        .addTag(3)
                        .finish());
        put(
                all,
                "RemoveItemsRequest",
                RemoveItemsRequestDecoder::new,
                out -> new RemoveItemsRequestEncoder()
                        .wrap(out, 14, 250_000)
                        .beginItemIds(2)
                        .addItemId(100)
                        .addItemId(101)
                        .finish());
        put(
                all,
                "GetItemRequest",
                GetItemRequestDecoder::new,
                out -> new GetItemRequestEncoder()
                        .wrap(out, 15, 250_000)
                        .itemId(100)
                        .finish());
        put(
                all,
                "GetItemReply",
                GetItemReplyDecoder::new,
                out -> new GetItemReplyEncoder()
                        .wrap(out, 15)
                        .itemId(100)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .priceMinor(1_999)
                        .spaceId(1)
                        .bias(0.125f)
                        .category(11)
                        .version(2)
                        .flags(1)
                        .beginTags(2)
                        .addTag(3)
                        .addTag(4)
                        .beginVectors(1, VECTOR.length)
                        .addVector(VECTOR, 0, VECTOR.length)
                        .finish());
    }

    private static void catalogues(Map<String, Example> all) {
        put(
                all,
                "CatalogueRequest",
                CatalogueRequestDecoder::new,
                out -> new CatalogueRequestEncoder()
                        .wrap(out, MessageType.STAGE_CATALOGUE, 22, 250_000)
                        .spaceId(2)
                        .finish());
        put(
                all,
                "CatalogueReply",
                CatalogueReplyDecoder::new,
                out -> new CatalogueReplyEncoder()
                        .wrap(out, MessageType.STAGE_CATALOGUE, 22)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .freeingItems(7)
                        .maxItems(1_000)
                        .spaceId(1)
                        .beginEditions(2)
                        .addEdition(9, 100, 3, 352.5, 1, 1, CatalogueReplyDecoder.ROLE_LIVE, 0)
                        .addEdition(9, 0, 0, 0, 2, 2, CatalogueReplyDecoder.ROLE_STAGED, 0)
                        .finish());
    }
}
