package io.magpie.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/** More of {@link ExampleMessages}: batches, what was seen and shown, conditions, exports. */
final class LaterExampleMessages {
    private static final long TIME = 1_700_000_000_000L;
    private static final long ID = 42;

    private LaterExampleMessages() {}

    static void addTo(Map<String, ExampleMessages.Example> all) {
        batches(all);
        exposures(all);
        identities(all);
    }

    private static void identities(Map<String, ExampleMessages.Example> all) {
        byte[] id = {'a', 'n', 'n', 'a'};
        ExampleMessages.put(all, "LinkRequest", LinkRequestDecoder::new, out -> {
            LinkRequestEncoder encoder = new LinkRequestEncoder()
                    .wrap(out, 31, 250_000)
                    .beginLinks(1)
                    .addLink(ID, -1);
            encoder.beginIdentities(1);
            encoder.addIdentity(1, 1, id);
            encoder.finish();
        });
        ExampleMessages.put(all, "UnlinkRequest", UnlinkRequestDecoder::new, out -> {
            UnlinkRequestEncoder encoder = new UnlinkRequestEncoder()
                    .wrap(out, 32, 250_000)
                    .beginUnlinks(1)
                    .addUnlink(-1);
            encoder.beginIdentities(1);
            encoder.addIdentity(0, 1, id);
            encoder.finish();
        });
        ExampleMessages.put(all, "GetProfileRequest-identity", GetProfileRequestDecoder::new, out -> {
            GetProfileRequestEncoder encoder = new GetProfileRequestEncoder()
                    .wrap(out, 33, 250_000)
                    .profileId(-1)
                    .parts(1);
            encoder.beginIdentities(1);
            encoder.addIdentity(0, 1, id);
            encoder.finish();
        });
        ExampleMessages.put(
                all,
                "WriteReply-profiles",
                WriteReplyDecoder::new,
                out -> new WriteReplyEncoder()
                        .wrap(out, MessageType.LINK, 31)
                        .catalogueVersion(9)
                        .spaceId(1)
                        .appliedCount(1)
                        .beginStatuses(1)
                        .addStatus(0)
                        .beginProfileIds(1)
                        .addProfileId(ID)
                        .finish());
    }

    private static void batches(Map<String, ExampleMessages.Example> all) {
        ByteBuf inner = Unpooled.buffer();
        new PingRequestEncoder().wrap(inner, 1, 0).payload(7).finish();
        new GetProfileRequestEncoder()
                .wrap(inner, 2, 0)
                .profileId(ID)
                .parts(1)
                .mask(1)
                .finish();
        ExampleMessages.put(
                all,
                "BatchRequest",
                BatchRequestDecoder::new,
                out -> new BatchRequestEncoder()
                        .wrap(out, 22, 250_000)
                        .requests(inner, 0, inner.readableBytes())
                        .finish());
        ByteBuf answers = Unpooled.buffer();
        new PingReplyEncoder().wrap(answers, 1).payload(7).timeMillis(TIME).finish();
        new ErrorReplyEncoder()
                .wrap(answers, MessageType.GET_PROFILE, 2, Status.UNKNOWN_PROFILE)
                .message("no such profile")
                .finish();
        ExampleMessages.put(
                all,
                "BatchReply",
                BatchReplyDecoder::new,
                out -> new BatchReplyEncoder()
                        .wrap(out, 22)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .beginAnswers(answers.readableBytes())
                        .addAnswer(answers, 0, answers.readableBytes())
                        .finish());
    }

    private static void exposures(Map<String, ExampleMessages.Example> all) {
        ExampleMessages.put(
                all,
                "RecommendRequest-shown",
                RecommendRequestDecoder::new,
                out -> new RecommendRequestEncoder()
                        .wrap(out, 23, 250_000)
                        .kind(RecommendRequestDecoder.KIND_PROFILE)
                        .flags(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN | RecommendRequestDecoder.FLAG_RECORD_SHOWN)
                        .limit(10)
                        .profileId(ID)
                        .beginExposures(1)
                        .addExposure(2_592_000, 86_400, 3)
                        .finish());
        ExampleMessages.put(
                all,
                "RecommendReply-shown",
                RecommendReplyDecoder::new,
                out -> new RecommendReplyEncoder()
                        .wrap(out, 23)
                        .profileId(ID)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .flags(AnswerFlag.SHOWN_NOT_RECORDED)
                        .unseenBound(Float.NEGATIVE_INFINITY)
                        .beginItems(1)
                        .addItem(101, 1.25f)
                        .beginShownStatuses(1)
                        .addShownStatus(Status.STORE_FULL.code())
                        .finish());
        ExampleMessages.put(
                all,
                "MarkItemsRequest",
                MarkItemsRequestDecoder::new,
                out -> new MarkItemsRequestEncoder()
                        .wrap(out, 24, 250_000)
                        .beginMarks(2)
                        .addMark(ID, 100, TIME, 1, 0)
                        .addMark(ID, 101, TIME, 1, 1)
                        .finish());
        ExampleMessages.put(
                all,
                "SetConsentsRequest-conditional",
                SetConsentsRequestDecoder::new,
                out -> new SetConsentsRequestEncoder()
                        .wrap(out, 25, 250_000)
                        .beginConsents(1)
                        .addConsent(ID, TIME, 1, 0, 2)
                        .beginConditions(1)
                        .addCondition(0, 3)
                        .finish());
        ExampleMessages.put(
                all,
                "ExportProfileRequest",
                ExportProfileRequestDecoder::new,
                out -> new ExportProfileRequestEncoder()
                        .wrap(out, 26, 250_000)
                        .profileId(ID)
                        .finish());
        byte[] json = "{\"profileId\":\"42\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ExampleMessages.put(
                all,
                "ExportProfileReply",
                ExportProfileReplyDecoder::new,
                out -> new ExportProfileReplyEncoder()
                        .wrap(out, 26)
                        .profileId(ID)
                        .catalogueVersion(9)
                        .timeMillis(TIME)
                        .spaceId(1)
                        .version(3)
                        .document(json, json.length)
                        .finish());
    }
}
