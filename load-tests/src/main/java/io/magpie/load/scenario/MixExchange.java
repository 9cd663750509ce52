package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PatchItemsRequestEncoder;
import io.magpie.protocol.PutSlotsRequestEncoder;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.RecordEventsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyDecoder;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Asks several things in given shares.
 *
 * <p>Writes go to every fourth person. What the server holds for them depends on the order in which writes arrived, so of
 * their answers only those are kept that recorded an event, of people who are {@linkplain WrittenPeople followed}. One
 * patch is on its way at a time, so that the version it made is known for sure.
 */
final class MixExchange implements Exchange {
    /** A key is the kind, above what the kind's own exchange wants to see again (below bit 48, and bit 62). */
    private static final int KIND_SHIFT = 48;

    private static final int KIND_MASK = 7;
    private static final int COMMERCE = 2;
    private static final int SPACE = 1;
    private static final int IN_STOCK = 1;
    private static final int HIDDEN = 2;

    private final Mix mix;
    private final LoadData data;
    private final KnownCatalogue catalogue;
    private final People people;
    private final RecommendExchange recommend;
    private final WrittenPeople written;
    private final GetProfileExchange getProfile;
    private final SplittableRandom random;
    private final int limit;
    private final boolean patches;
    private final boolean[] hidden;
    private final RecordEventsRequestEncoder event = new RecordEventsRequestEncoder();
    private final RecommendRequestEncoder recordAndRecommend = new RecommendRequestEncoder();
    private final RecommendReplyDecoder recordedReply = new RecommendReplyDecoder();
    private final PutSlotsRequestEncoder slot = new PutSlotsRequestEncoder();
    private final PatchItemsRequestEncoder patch = new PatchItemsRequestEncoder();
    private final WriteReplyDecoder reply = new WriteReplyDecoder();
    private boolean patchOnItsWay;

    /**
     * @param written follows whom this writes to; null if they cannot be followed
     * @param patches whether items may be changed here: by one event loop alone, or versions would not be known
     */
    MixExchange(
            Mix mix,
            LoadData data,
            People people,
            RecommendExchange recommend,
            WrittenPeople written,
            int limit,
            SplittableRandom random,
            boolean patches) {
        this.mix = mix;
        this.data = data;
        this.catalogue = data.catalogue();
        this.people = people;
        this.recommend = recommend;
        this.written = written;
        this.getProfile = new GetProfileExchange(data, people);
        this.random = random;
        this.limit = limit;
        this.patches = patches;
        this.hidden = new boolean[catalogue.size()];
    }

    @Override
    public List<String> kinds() {
        return Mix.NAMES;
    }

    @Override
    public int kind(long key) {
        return (int) (key >>> KIND_SHIFT) & KIND_MASK;
    }

    @Override
    public long write(ByteBuf out, long correlationId) {
        int kind = mix.kind(random.nextInt(100));
        if (kind == Mix.PATCH && (!patches || patchOnItsWay)
                || isWrite(kind) && data.profileCount() < LoadData.WRITTEN_TO) {
            kind = Mix.RECOMMEND;
        }
        long key = switch (kind) {
            case Mix.RECOMMEND -> recommend.write(out, correlationId);
            case Mix.RECORD_AND_RECOMMEND -> writeRecordAndRecommend(out, correlationId);
            case Mix.GET_PROFILE -> getProfile.write(out, correlationId);
            case Mix.EVENT -> writeEvent(out, correlationId);
            case Mix.PUT_SLOT -> writeSlot(out, correlationId);
            default -> writePatch(out, correlationId);
        };
        return key | (long) kind << KIND_SHIFT;
    }

    /** Returns whether a kind changes a person. */
    private static boolean isWrite(int kind) {
        return kind == Mix.EVENT || kind == Mix.PUT_SLOT || kind == Mix.RECORD_AND_RECOMMEND;
    }

    /** The one chosen, or one of the three before, who may be written to. */
    private long writable() {
        long id = people.next() / LoadData.WRITTEN_TO * LoadData.WRITTEN_TO;
        return id == 0 ? LoadData.WRITTEN_TO : id;
    }

    private long writeEvent(ByteBuf out, long correlationId) {
        long profileId = writable();
        int row = random.nextInt(catalogue.size());
        long now = System.currentTimeMillis();
        event.wrap(out, correlationId, 0).beginEvents(1).addEvent(profileId, catalogue.id(row), now, 0, 1.0, COMMERCE);
        event.finish();
        follow(profileId, row, now);
        return profileId;
    }

    private void follow(long profileId, int row, long timeMillis) {
        if (written != null) {
            written.sendsEvent(profileId, row, timeMillis);
        }
    }

    private long writeRecordAndRecommend(ByteBuf out, long correlationId) {
        long profileId = writable();
        int row = random.nextInt(catalogue.size());
        long now = System.currentTimeMillis();
        recordAndRecommend
                .wrap(out, MessageType.RECORD_AND_RECOMMEND, correlationId, 0)
                .kind(RecommendRequestDecoder.KIND_PROFILE)
                .limit(limit)
                .profileId(profileId)
                .beginEvents(1)
                .addEvent(catalogue.id(row), now, 0, 1.0, COMMERCE);
        recordAndRecommend.finish();
        follow(profileId, row, now);
        return profileId;
    }

    private long writeSlot(ByteBuf out, long correlationId) {
        long profileId = writable();
        int dimension = catalogue.dimension();
        int evidence = 1 + random.nextInt(50);
        int row = random.nextInt(catalogue.size());
        long now = System.currentTimeMillis();
        slot.wrap(out, correlationId, 0)
                .beginSlots(1)
                .addSlot(profileId, now, evidence, SPACE, COMMERCE)
                .beginVectors(1, dimension)
                .addVector(catalogue.vectors(), row * dimension, dimension);
        slot.finish();
        if (written != null) {
            written.sendsSlot(profileId, row, evidence, now);
        }
        return profileId;
    }

    private long writePatch(ByteBuf out, long correlationId) {
        int row = random.nextInt(catalogue.size());
        hidden[row] = !hidden[row];
        patchOnItsWay = true;
        patch.wrap(out, correlationId, 0)
                .beginItems(1)
                .addItem(catalogue.id(row), 100, catalogue.bias(row), 1, 0, hidden[row] ? IN_STOCK | HIDDEN : IN_STOCK);
        patch.finish();
        return row;
    }

    @Override
    public Status read(long key, ByteBuf frame, int offset, int length) {
        long own = ownKey(key);
        return switch (kind(key)) {
            case Mix.RECOMMEND -> recommend.read(own, frame, offset, length);
            case Mix.GET_PROFILE -> getProfile.read(own, frame, offset, length);
            case Mix.RECORD_AND_RECOMMEND -> readRecorded(own, frame, offset, length);
            default -> readWritten(key, frame, offset, length);
        };
    }

    private static long ownKey(long key) {
        return key & ~((long) KIND_MASK << KIND_SHIFT);
    }

    private Status readRecorded(long profileId, ByteBuf frame, int offset, int length) {
        if (recordedReply.wrap(frame, offset, length) != Status.OK
                || recordedReply.profileId() != profileId
                || recordedReply.eventStatusCount() != 1
                || !RecommendExchange.isInOrder(recordedReply, limit)) {
            return null;
        }
        Status event = Status.of(recordedReply.eventStatus(0));
        if (event != Status.OK) {
            return event;
        }
        if (written != null) {
            written.acknowledged(profileId, COMMERCE);
            KnownProfile known = written.known(profileId);
            if (known != null) {
                recommend.keepSome(recordedReply, known);
            }
        }
        return Status.OK;
    }

    private Status readWritten(long key, ByteBuf frame, int offset, int length) {
        if (reply.wrap(frame, offset, length) != Status.OK || reply.statusCount() != 1) {
            return null;
        }
        Status entry = Status.of(reply.status(0));
        if (entry != Status.OK) {
            return entry;
        }
        if (kind(key) == Mix.PATCH) {
            int row = (int) ownKey(key);
            catalogue.changed(row, reply.catalogueVersion(), hidden[row]);
            patchOnItsWay = false;
        } else if (written != null) {
            written.acknowledged(ownKey(key), COMMERCE);
        }
        return Status.OK;
    }

    @Override
    public void refused(long key) {
        if (kind(key) == Mix.PATCH) {
            hidden[(int) ownKey(key)] ^= true;
            patchOnItsWay = false;
        } else if (written != null && isWrite(kind(key))) {
            written.refused(ownKey(key));
        }
    }

    @Override
    public long checkedCount() {
        return getProfile.checkedCount();
    }
}
