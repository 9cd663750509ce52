package io.magpie.protocol;

import static io.magpie.protocol.GetProfileReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENTS_ENTRY_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENTS_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_ENTRY_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOTS_ENTRY_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOTS_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.VECTORS_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.VERSION_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code GetProfileReply}. A profile. One that is not there is answered by status UNKNOWN_PROFILE.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link GetProfileReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class GetProfileReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public GetProfileReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.GET_PROFILE, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public GetProfileReplyEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public GetProfileReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public GetProfileReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public GetProfileReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code version}, uint32: +1 with every change of the profile. */
    public GetProfileReplyEncoder version(int version) {
        buffer().setIntLE(blockOffset() + VERSION_OFFSET, version);
        return this;
    }

    /** Sets {@code flags}, uint32: bits of {@link AnswerFlag}. */
    public GetProfileReplyEncoder flags(int flags) {
        buffer().setIntLE(blockOffset() + FLAGS_OFFSET, flags);
        return this;
    }

    /** Starts the slots: {@code count} calls of {@link #addSlot} follow. */
    public GetProfileReplyEncoder beginSlots(int count) {
        beginGroup(SLOTS_GROUP, SLOTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param evidence float64: what stands behind it, as of timeMillis
     * @param timeMillis int64: time of its last event
     * @param norm float64: Euclidean norm of its vector
     * @param spaceId uint32: space of its vector
     * @param source uint8: number of the source
     */
    public GetProfileReplyEncoder addSlot(double evidence, long timeMillis, double norm, int spaceId, int source) {
        ByteBuf out = buffer();
        out.writeDoubleLE(evidence);
        out.writeLongLE(timeMillis);
        out.writeDoubleLE(norm);
        out.writeIntLE(spaceId);
        out.writeByte(source);
        out.writeZero(3);
        return this;
    }

    /** Starts none, or as many vectors as slots, in the same order: {@code count} calls of {@link #addVector} follow, all of one dimension. */
    public GetProfileReplyEncoder beginVectors(int count, int dimension) {
        beginGroup(VECTORS_GROUP, dimension * Float.BYTES, count);
        return this;
    }

    /** Writes {@code dimension} values from {@code offset} on. */
    public GetProfileReplyEncoder addVector(float[] values, int offset, int dimension) {
        writeVector(values, offset, dimension);
        return this;
    }

    /** Starts consents that are not unset: {@code count} calls of {@link #addConsent} follow. */
    public GetProfileReplyEncoder beginConsents(int count) {
        beginGroup(CONSENTS_GROUP, CONSENTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param timeMillis int64: when it was given or withdrawn
     * @param source uint8: number of the source
     * @param purpose uint8: number of the purpose
     * @param state uint8: 1 granted, 2 denied
     */
    public GetProfileReplyEncoder addConsent(long timeMillis, int source, int purpose, int state) {
        ByteBuf out = buffer();
        out.writeLongLE(timeMillis);
        out.writeByte(source);
        out.writeByte(purpose);
        out.writeByte(state);
        out.writeZero(5);
        return this;
    }

    /** Starts items seen or shown: {@code count} calls of {@link #addSeen} follow. */
    public GetProfileReplyEncoder beginSeen(int count) {
        beginGroup(SEEN_GROUP, SEEN_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param itemId uint64: the item
     * @param timeSeconds uint32: last time, seconds since 1970
     * @param source uint8: number of the source
     * @param kind uint8: 0 seen, 1 shown
     * @param times uint16: how often, up to 65,535
     */
    public GetProfileReplyEncoder addSeen(long itemId, int timeSeconds, int source, int kind, int times) {
        ByteBuf out = buffer();
        out.writeLongLE(itemId);
        out.writeIntLE(timeSeconds);
        out.writeByte(source);
        out.writeByte(kind);
        out.writeShortLE(times);
        return this;
    }
}
