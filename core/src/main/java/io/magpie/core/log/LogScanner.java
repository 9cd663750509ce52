package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.LENGTH_AGAIN_OFFSET;
import static io.magpie.core.log.LogDescriptor.PARTS_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_CHECKED_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_CRC_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SCRUBBED_OFFSET;
import static io.magpie.core.log.LogDescriptor.RECORD_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SCRUBBED;
import static io.magpie.core.log.LogDescriptor.SEQUENCE_OFFSET;
import static io.magpie.core.log.LogDescriptor.align;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** Checks records in a segment's memory. Writes nothing. Not thread-safe. */
final class LogScanner {
    private final CRC32C crc = new CRC32C();

    /**
     * Returns the length of the record at {@code position}, or -1 if there is no whole record there.
     *
     * @param sequence the number that the record must bear
     */
    int recordLength(LogSegment segment, int position, long sequence) {
        if (position + RECORD_HEADER_LENGTH > segment.length()) {
            return -1;
        }
        DirectBuffer memory = segment.memory();
        int length = memory.getInt(position);
        if (length < RECORD_HEADER_LENGTH
                || (length & 7) != 0
                || length > segment.length() - position
                || memory.getInt(position + LENGTH_AGAIN_OFFSET) != length
                || memory.getLong(position + SEQUENCE_OFFSET) != sequence) {
            return -1;
        }
        return isWhole(segment, position, length) ? length : -1;
    }

    private boolean isWhole(LogSegment segment, int position, int length) {
        DirectBuffer memory = segment.memory();
        ByteBuffer view = segment.view();
        int parts = memory.getShort(position + PARTS_OFFSET) & 0xFFFF;
        int end = position + length;
        int part = position + RECORD_HEADER_LENGTH;
        for (int i = 0; i < parts; i++) {
            if (part + PART_HEADER_LENGTH > end) {
                return false;
            }
            int payload = memory.getInt(part + PART_LENGTH_OFFSET);
            if (payload < 0 || payload > end - part - PART_HEADER_LENGTH) {
                return false;
            }
            int scrubbed = memory.getInt(part + PART_SCRUBBED_OFFSET);
            if (scrubbed != SCRUBBED) {
                crc.reset();
                update(view, part + PART_HEADER_LENGTH, payload);
                if (scrubbed != 0 || (int) crc.getValue() != memory.getInt(part + PART_CRC_OFFSET)) {
                    return false;
                }
            }
            part += PART_HEADER_LENGTH + align(payload);
        }
        if (part != end) {
            return false;
        }
        crc.reset();
        update(view, position + SEQUENCE_OFFSET, RECORD_HEADER_LENGTH - SEQUENCE_OFFSET);
        part = position + RECORD_HEADER_LENGTH;
        for (int i = 0; i < parts; i++) {
            update(view, part, PART_CHECKED_LENGTH);
            part += PART_HEADER_LENGTH + align(memory.getInt(part + PART_LENGTH_OFFSET));
        }
        return (int) crc.getValue() == memory.getInt(position + Integer.BYTES);
    }

    /** Walks over whole records from a place on, and sets the segment's end behind the last of them. */
    void walk(LogSegment segment, int from, long fromSequence) {
        int position = from;
        long sequence = fromSequence;
        for (int length = recordLength(segment, position, sequence); length > 0; ) {
            position += length;
            sequence++;
            length = recordLength(segment, position, sequence);
        }
        segment.end(position, sequence - 1);
    }

    /**
     * Looks for a whole record behind a place where there should be one and is not.
     *
     * @param sequence the number of the record that is not whole
     * @return where the first whole record behind it starts, or -1; its number is in its header
     */
    int nextWhole(LogSegment segment, int position, long sequence) {
        for (int at = position + 8; at + RECORD_HEADER_LENGTH <= segment.length(); at += 8) {
            long found = segment.memory().getLong(at + SEQUENCE_OFFSET);
            // Each record that was lost in between took at least its header.
            boolean plausible = found > sequence && found - sequence <= (at - position) / RECORD_HEADER_LENGTH;
            if (plausible && recordLength(segment, at, found) > 0) {
                return at;
            }
        }
        return -1;
    }

    /** Returns whether everything from a place on is zero. */
    static boolean isZero(LogSegment segment, int from) {
        DirectBuffer memory = segment.memory();
        for (int at = from; at + Long.BYTES <= segment.length(); at += Long.BYTES) {
            if (memory.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private void update(ByteBuffer view, int from, int length) {
        view.limit(from + length).position(from);
        crc.update(view);
    }
}
