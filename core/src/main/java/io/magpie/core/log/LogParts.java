package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.PARTS_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_ID_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_KIND_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SCRUBBED_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SUB_OFFSET;
import static io.magpie.core.log.LogDescriptor.RECORD_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SCRUBBED;
import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.TYPE_OFFSET;
import static io.magpie.core.log.LogDescriptor.align;

import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Walks over whole records and their parts. Stateless. */
final class LogParts {
    private LogParts() {}

    /** Hands over the parts of all records above a number, in their order. */
    static void replay(List<LogSegment> segments, long aboveSequence, RecordHandler handler) throws IOException {
        for (LogSegment segment : segments) {
            long sequence = segment.firstSequence();
            int position = SEGMENT_HEADER_LENGTH;
            while (position < segment.end()) {
                int length = segment.memory().getInt(position);
                if (sequence > aboveSequence) {
                    hand(segment.memory(), position, sequence, handler);
                }
                position += length;
                sequence++;
            }
        }
    }

    private static void hand(UnsafeBuffer memory, int position, long sequence, RecordHandler handler)
            throws IOException {
        int type = memory.getShort(position + TYPE_OFFSET) & 0xFFFF;
        int parts = memory.getShort(position + PARTS_OFFSET) & 0xFFFF;
        int part = position + RECORD_HEADER_LENGTH;
        for (int i = 0; i < parts; i++) {
            int length = memory.getInt(part + PART_LENGTH_OFFSET);
            if (memory.getInt(part + PART_SCRUBBED_OFFSET) != SCRUBBED) {
                handler.onPart(
                        sequence,
                        type,
                        kind(memory, part),
                        memory.getLong(part + PART_ID_OFFSET),
                        memory.getInt(part + PART_SUB_OFFSET),
                        memory,
                        part + PART_HEADER_LENGTH,
                        length);
            }
            part += PART_HEADER_LENGTH + align(length);
        }
    }

    /** Overwrites the payloads of chosen parts; returns how many. */
    static int scrub(UnsafeBuffer memory, int position, PartMatcher which) {
        int count = 0;
        int parts = memory.getShort(position + PARTS_OFFSET) & 0xFFFF;
        int part = position + RECORD_HEADER_LENGTH;
        for (int i = 0; i < parts; i++) {
            int length = memory.getInt(part + PART_LENGTH_OFFSET);
            if (length > 0
                    && memory.getInt(part + PART_SCRUBBED_OFFSET) != SCRUBBED
                    && which.test(
                            kind(memory, part),
                            memory.getLong(part + PART_ID_OFFSET),
                            memory,
                            part + PART_HEADER_LENGTH,
                            length)) {
                overwrite(memory, part, length);
                count++;
            }
            part += PART_HEADER_LENGTH + align(length);
        }
        return count;
    }

    static int kind(UnsafeBuffer memory, int part) {
        return memory.getShort(part + PART_KIND_OFFSET) & 0xFFFF;
    }

    /** Marks a part, then overwrites its payload: cut short in between, it is finished when the log is opened. */
    static void overwrite(UnsafeBuffer memory, int part, int length) {
        memory.putIntRelease(part + PART_SCRUBBED_OFFSET, SCRUBBED);
        memory.setMemory(part + PART_HEADER_LENGTH, length, (byte) 0);
    }
}
