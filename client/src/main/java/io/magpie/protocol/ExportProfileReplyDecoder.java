package io.magpie.protocol;

import static io.magpie.protocol.ExportProfileReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.ExportProfileReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.DOCUMENT_GROUP;
import static io.magpie.protocol.ExportProfileReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.ExportProfileReplyDescriptor.VERSION_OFFSET;

/**
 * Reads {@code ExportProfileReply} in place. Everything that is held on a person, as a document. One that is not there is answered by status UNKNOWN_PROFILE.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class ExportProfileReplyDecoder extends MessageDecoder {
    /** Creates a decoder that is wrapped around nothing. */
    public ExportProfileReplyDecoder() {
        super(BLOCK_LENGTH, 1);
        declareText(DOCUMENT_GROUP, ProtocolLimits.MAX_DOCUMENT_LENGTH);
    }

    /** Returns {@code profileId}, uint64: whose. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
    }

    /** Returns {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public long catalogueVersion() {
        return buffer().getLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the live catalogue's space. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code version}, uint32: +1 with every change of the profile. */
    public int version() {
        return buffer().getIntLE(blockOffset() + VERSION_OFFSET);
    }

    /** Returns JSON; UTF-8. Allocates. */
    public String document() {
        return text(DOCUMENT_GROUP);
    }

    /** Returns the bytes of document. */
    public int documentLength() {
        return count(DOCUMENT_GROUP);
    }
}
