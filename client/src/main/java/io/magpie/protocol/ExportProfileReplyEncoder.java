package io.magpie.protocol;

import static io.magpie.protocol.ExportProfileReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.ExportProfileReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.DOCUMENT_GROUP;
import static io.magpie.protocol.ExportProfileReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.VERSION_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code ExportProfileReply}. Everything that is held on a person, as a document. One that is not there is answered by status UNKNOWN_PROFILE.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link ExportProfileReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class ExportProfileReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public ExportProfileReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.EXPORT_PROFILE, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public ExportProfileReplyEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public ExportProfileReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public ExportProfileReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public ExportProfileReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code version}, uint32: +1 with every change of the profile. */
    public ExportProfileReplyEncoder version(int version) {
        buffer().setIntLE(blockOffset() + VERSION_OFFSET, version);
        return this;
    }

    /** Writes {@code document}: JSON. */
    public ExportProfileReplyEncoder document(byte[] json, int length) {
        beginGroup(DOCUMENT_GROUP, 1, length);
        buffer().writeBytes(json, 0, length);
        return this;
    }
}
