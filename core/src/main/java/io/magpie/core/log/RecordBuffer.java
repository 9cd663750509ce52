package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.LENGTH_AGAIN_OFFSET;
import static io.magpie.core.log.LogDescriptor.PARTS_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_CHECKED_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_CRC_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_ID_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_KIND_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SCRUBBED_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SUB_OFFSET;
import static io.magpie.core.log.LogDescriptor.RECORD_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SEQUENCE_OFFSET;
import static io.magpie.core.log.LogDescriptor.TYPE_OFFSET;
import static io.magpie.core.log.LogDescriptor.align;
import static io.magpie.core.log.LogDescriptor.commitWord;

import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** The record that is being put together. Allocates only while it grows. Not thread-safe. */
final class RecordBuffer {
    private static final int FIRST_LENGTH = 64 << 10;

    private final int segmentBytes;
    private final CRC32C crc = new CRC32C();
    private UnsafeBuffer bytes = new UnsafeBuffer(new byte[FIRST_LENGTH]);
    private int length;
    private int parts;
    private int type;

    /** Makes one whose records fit into a segment of this length. */
    RecordBuffer(int segmentBytes) {
        this.segmentBytes = segmentBytes;
    }

    /** Begins a record; what was begun is forgotten. */
    void begin(int type) {
        this.type = type;
        length = RECORD_HEADER_LENGTH;
        parts = 0;
    }

    int length() {
        return length;
    }

    int parts() {
        return parts;
    }

    UnsafeBuffer bytes() {
        return bytes;
    }

    /** Adds a part; see {@link UpdateLog#part}. */
    void part(int kind, long id, int sub, byte[] payload, int offset, int payloadLength) {
        int partLength = PART_HEADER_LENGTH + align(payloadLength);
        reserve(partLength);
        int part = length;
        bytes.putLong(part + partLength - Long.BYTES, 0);
        bytes.putInt(part + PART_LENGTH_OFFSET, payloadLength);
        bytes.putInt(part + PART_KIND_OFFSET, kind & 0xFFFF);
        bytes.putLong(part + PART_ID_OFFSET, id);
        bytes.putInt(part + PART_SUB_OFFSET, sub);
        crc.reset();
        crc.update(payload, offset, payloadLength);
        bytes.putInt(part + PART_CRC_OFFSET, (int) crc.getValue());
        bytes.putLong(part + PART_SCRUBBED_OFFSET, 0);
        bytes.putBytes(part + PART_HEADER_LENGTH, payload, offset, payloadLength);
        length += partLength;
        parts++;
    }

    private void reserve(int more) {
        if (more > segmentBytes - SEGMENT_HEADER_LENGTH - length || parts == 0xFFFF) {
            throw new IllegalStateException("one change is larger than a segment of the log: parts=" + parts + " bytes="
                    + (length + more) + " logSegmentBytes=" + segmentBytes);
        }
        if (length + more > bytes.capacity()) {
            byte[] larger = new byte[(int) Math.min(segmentBytes, Integer.highestOneBit(length + more) * 2L)];
            bytes.getBytes(0, larger, 0, length);
            bytes = new UnsafeBuffer(larger);
        }
    }

    /** Fills the record's header in, all but the commit word, which is returned. */
    long finish(long sequence) {
        bytes.putLong(SEQUENCE_OFFSET, sequence);
        bytes.putShort(TYPE_OFFSET, (short) type);
        bytes.putShort(PARTS_OFFSET, (short) parts);
        bytes.putInt(LENGTH_AGAIN_OFFSET, length);
        byte[] array = bytes.byteArray();
        crc.reset();
        crc.update(array, SEQUENCE_OFFSET, RECORD_HEADER_LENGTH - SEQUENCE_OFFSET);
        int part = RECORD_HEADER_LENGTH;
        for (int i = 0; i < parts; i++) {
            crc.update(array, part, PART_CHECKED_LENGTH);
            part += PART_HEADER_LENGTH + align(bytes.getInt(part + PART_LENGTH_OFFSET));
        }
        return commitWord(length, (int) crc.getValue());
    }
}
