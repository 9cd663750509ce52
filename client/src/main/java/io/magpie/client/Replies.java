package io.magpie.client;

import io.magpie.protocol.AnswerFlag;
import io.magpie.protocol.EraseProfileReplyDecoder;
import io.magpie.protocol.GetItemReplyDecoder;
import io.magpie.protocol.GetProfileReplyDecoder;
import io.magpie.protocol.HelloReplyDecoder;
import io.magpie.protocol.MessageDecoder;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.SnapshotReplyDecoder;
import io.magpie.protocol.StatisticsReplyDecoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.WhyReplyDecoder;
import io.magpie.protocol.WriteReplyDecoder;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes result types out of answers. Run on event loops; what they return is the caller's. */
final class Replies {
    static final int ITEM_IN_STOCK = 1;
    static final int ITEM_HIDDEN = 2;
    private static final int SEEN_SHOWN = 1;
    private static final float[] NO_VECTOR = {};

    private Replies() {}

    /** Makes a result of an answer whose status is OK. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ReplyDecoders decoders, ByteBuf buffer, int offset, int length);
    }

    /** Lays a decoder over an answer. */
    static <D extends MessageDecoder> D wrapped(D decoder, ByteBuf buffer, int offset, int length) {
        Status status = decoder.wrap(buffer, offset, length);
        if (status != Status.OK) {
            throw new MagpieProtocolException("the server's answer cannot be read: reason=" + status, false);
        }
        return decoder;
    }

    static ServerInfo hello(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        HelloReplyDecoder in = wrapped(decoders.hello, buffer, offset, length);
        List<ServerInfo.Source> sources = new ArrayList<>();
        for (int i = 0; i < in.sourceCount(); i++) {
            sources.add(new ServerInfo.Source(
                    in.sourceNumber(i),
                    in.sourceName(i),
                    in.sourceWeight(i),
                    in.sourceHalfLifeMillis(i),
                    SourceKind.of(in.sourceKind(i))));
        }
        List<ServerInfo.Purpose> purposes = new ArrayList<>();
        for (int i = 0; i < in.purposeCount(); i++) {
            purposes.add(new ServerInfo.Purpose(in.purposeNumber(i), in.purposeName(i)));
        }
        return new ServerInfo(
                in.version(),
                in.serverVersion(),
                in.features(),
                in.dimension(),
                sources,
                purposes,
                in.spaceId(),
                in.catalogueVersion(),
                in.timeMillis(),
                in.maxFrameLength(),
                in.maxLimit(),
                in.maxListLength());
    }

    static Long pingTime(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        return wrapped(decoders.ping, buffer, offset, length).timeMillis();
    }

    static Statistics statistics(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        StatisticsReplyDecoder in = wrapped(decoders.statistics, buffer, offset, length);
        Map<String, Number> counters = new LinkedHashMap<>();
        for (int i = 0; i < in.counterCount(); i++) {
            long bits = in.counterValueBits(i);
            // Two branches and no ?:, which would turn both into Double.
            if (in.counterKind(i) == StatisticsReplyDecoder.KIND_FLOAT64) {
                counters.put(in.counterName(i), Double.longBitsToDouble(bits));
            } else {
                counters.put(in.counterName(i), bits);
            }
        }
        return new Statistics(counters, in.catalogueVersion(), in.spaceId(), in.timeMillis());
    }

    static Recommendations recommendations(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        RecommendReplyDecoder in = wrapped(decoders.recommend, buffer, offset, length);
        int count = in.itemCount();
        List<Recommendations.ScoredItem> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(new Recommendations.ScoredItem(in.itemId(i), in.itemScore(i)));
        }
        return new Recommendations(
                in.profileId(),
                items,
                RecommendationFlag.of(in.flags()),
                in.catalogueVersion(),
                in.spaceId(),
                in.timeMillis(),
                in.profileVersion(),
                in.unseenBound(),
                in.scannedItems(),
                in.scoredItems(),
                in.unknownItems(),
                in.unknownMembers());
    }

    static AfterEvents afterEvents(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        Recommendations recommendations = recommendations(decoders, buffer, offset, length);
        RecommendReplyDecoder in = decoders.recommend;
        List<Status> statuses = new ArrayList<>(in.eventStatusCount());
        for (int i = 0; i < in.eventStatusCount(); i++) {
            statuses.add(Status.of(in.eventStatus(i)));
        }
        return new AfterEvents(statuses, recommendations);
    }

    static Explanation explanation(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        WhyReplyDecoder in = wrapped(decoders.why, buffer, offset, length);
        List<Explanation.Share> shares = new ArrayList<>(in.shareCount());
        for (int i = 0; i < in.shareCount(); i++) {
            shares.add(new Explanation.Share(in.shareSource(i), in.shareAmount(i), SourceUse.of(in.shareUse(i))));
        }
        List<Recommendations.ScoredItem> seenItems = new ArrayList<>(in.seenItemCount());
        for (int i = 0; i < in.seenItemCount(); i++) {
            seenItems.add(new Recommendations.ScoredItem(in.seenItemId(i), in.seenItemProduct(i)));
        }
        return new Explanation(
                in.profileId(),
                in.itemId(),
                in.score(),
                in.bias(),
                shares,
                seenItems,
                in.goneItems(),
                RecommendationFlag.of(in.flags()),
                in.catalogueVersion(),
                in.spaceId(),
                in.timeMillis(),
                in.profileVersion());
    }

    static WriteResults writeResults(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        WriteReplyDecoder in = wrapped(decoders.write, buffer, offset, length);
        List<Status> statuses = new ArrayList<>(in.statusCount());
        for (int i = 0; i < in.statusCount(); i++) {
            statuses.add(Status.of(in.status(i)));
        }
        return new WriteResults(statuses, in.appliedCount(), in.catalogueVersion(), in.spaceId(), in.timeMillis());
    }

    /** Reads the answer to a list of changes of people, with the profiles that they reached. */
    static <T> Reader<WriteResults> resultsOf(List<T> changes, Function<T, Person> who) {
        return (decoders, buffer, offset, length) -> {
            WriteResults results = writeResults(decoders, buffer, offset, length);
            List<Long> reached = new ArrayList<>(changes.size());
            for (int i = 0; i < results.statuses().size() && i < changes.size(); i++) {
                boolean isMade = results.statuses().get(i) == Status.OK;
                reached.add(isMade ? reached(decoders.write, i, who.apply(changes.get(i))) : WriteResults.NO_PROFILE);
            }
            return new WriteResults(
                    results.statuses(),
                    results.appliedCount(),
                    results.catalogueVersion(),
                    results.spaceId(),
                    results.timeMillis(),
                    reached);
        };
    }

    /** Reads the answer to a change of a person. */
    static Reader<WriteReceipt> receiptOf(Person who) {
        return (decoders, buffer, offset, length) -> {
            WriteReceipt receipt = writeReceipt(decoders, buffer, offset, length);
            return new WriteReceipt(
                    receipt.catalogueVersion(),
                    receipt.spaceId(),
                    receipt.timeMillis(),
                    reached(decoders.write, 0, who));
        };
    }

    /** The server names the profiles that were reached only if one is another than was named. */
    private static long reached(WriteReplyDecoder in, int change, Person named) {
        return change < in.profileIdCount() ? in.profileId(change) : named.profileId();
    }

    /** The answer to a list of one: its status is the call's. */
    static WriteReceipt writeReceipt(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        WriteReplyDecoder in = wrapped(decoders.write, buffer, offset, length);
        if (in.statusCount() != 1) {
            throw new MagpieProtocolException(
                    "one change was sent and one status is expected: statuses=" + in.statusCount(), true);
        }
        int code = in.status(0);
        if (code != Status.OK.code()) {
            throw new MagpieServerException(
                    "the server refused the change: " + Failures.name(code), code, code == Status.INTERNAL.code());
        }
        return new WriteReceipt(in.catalogueVersion(), in.spaceId(), in.timeMillis(), WriteResults.NO_PROFILE);
    }

    static Profile profile(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        GetProfileReplyDecoder in = wrapped(decoders.profile, buffer, offset, length);
        List<Profile.Slot> slots = new ArrayList<>(in.slotCount());
        boolean hasVectors = in.vectorCount() > 0;
        for (int i = 0; i < in.slotCount(); i++) {
            float[] vector = hasVectors ? new float[in.dimension()] : NO_VECTOR;
            if (hasVectors) {
                in.copyVector(i, vector);
            }
            slots.add(new Profile.Slot(
                    in.slotSource(i),
                    in.slotSpaceId(i),
                    in.slotEvidence(i),
                    in.slotTimeMillis(i),
                    in.slotNorm(i),
                    vector));
        }
        List<Profile.Consent> consents = new ArrayList<>(in.consentCount());
        for (int i = 0; i < in.consentCount(); i++) {
            consents.add(new Profile.Consent(
                    in.consentSource(i),
                    in.consentPurpose(i),
                    ConsentState.of(in.consentState(i)),
                    in.consentTimeMillis(i)));
        }
        List<Profile.Seen> seen = new ArrayList<>(in.seenCount());
        for (int i = 0; i < in.seenCount(); i++) {
            seen.add(new Profile.Seen(
                    in.seenItemId(i),
                    Integer.toUnsignedLong(in.seenTimeSeconds(i)),
                    in.seenSource(i),
                    in.seenKind(i) == SEEN_SHOWN,
                    in.seenTimes(i)));
        }
        return new Profile(
                in.profileId(),
                in.version(),
                slots,
                consents,
                seen,
                (in.flags() & AnswerFlag.SEEN_TRUNCATED) != 0,
                (in.flags() & AnswerFlag.CONSENT_REMOVED_SOURCE) != 0,
                in.catalogueVersion(),
                in.spaceId(),
                in.timeMillis());
    }

    static SnapshotStatus snapshot(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        SnapshotReplyDecoder in = wrapped(decoders.snapshot, buffer, offset, length);
        SnapshotStatus.State[] states = SnapshotStatus.State.values();
        return new SnapshotStatus(
                in.name(),
                in.state() < states.length ? states[in.state()] : SnapshotStatus.State.NONE,
                in.sequence(),
                in.entries(),
                in.entriesExpected(),
                in.bytes(),
                in.startedMillis(),
                in.timeMillis(),
                in.message());
    }

    static ErasureReceipt erasure(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        EraseProfileReplyDecoder in = wrapped(decoders.erase, buffer, offset, length);
        return new ErasureReceipt(
                in.profileId(),
                in.sequence(),
                in.profiles(),
                in.slots(),
                in.consents(),
                in.seenItems(),
                in.identities(),
                in.redirects(),
                in.logRecords(),
                in.catalogueVersion(),
                in.spaceId(),
                in.timeMillis());
    }

    static Item item(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        GetItemReplyDecoder in = wrapped(decoders.item, buffer, offset, length);
        float[] vector = new float[in.dimension()];
        in.copyVector(0, vector);
        int[] tags = new int[in.tagCount()];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = in.tag(i);
        }
        ItemAttributes attributes = new ItemAttributes(
                in.category(),
                in.priceMinor(),
                (in.flags() & ITEM_IN_STOCK) != 0,
                (in.flags() & ITEM_HIDDEN) != 0,
                tags);
        return new Item(
                in.itemId(),
                in.version(),
                in.spaceId(),
                vector,
                in.bias(),
                attributes,
                in.catalogueVersion(),
                in.timeMillis());
    }
}
