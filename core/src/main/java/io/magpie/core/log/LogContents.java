package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.LENGTH_AGAIN_OFFSET;
import static io.magpie.core.log.LogDescriptor.PARTS_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SCRUBBED_OFFSET;
import static io.magpie.core.log.LogDescriptor.RECORD_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SCRUBBED;
import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SEQUENCE_OFFSET;
import static io.magpie.core.log.LogDescriptor.align;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a log's directory holds, checked from end to end before a byte of it is changed. Only when everything can be
 * explained, or loss is accepted, is the directory tidied: torn tails become zeros, gaps become empty records.
 */
final class LogContents {
    private record Gap(LogSegment segment, int from, long lost, int to, long found) {}

    private final long checkpoint;
    private final boolean acceptLoss;
    private final LogScanner scanner = new LogScanner();
    private final List<LogSegment> segments = new ArrayList<>();
    private final List<LogSegment> unused = new ArrayList<>();
    private final List<Path> rubbish = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();
    private String torn = "";
    private LogSegment prepared;
    private long nextNumber = 1;
    private long lastSequence;

    private LogContents(long checkpoint, boolean acceptLoss) {
        this.checkpoint = checkpoint;
        this.acceptLoss = acceptLoss;
    }

    /** Reads and checks, and changes nothing; whatever is wrong is {@link #damage()}. */
    static LogContents look(Path directory, long checkpoint) throws IOException {
        LogContents contents = new LogContents(checkpoint, true);
        try {
            contents.openSegments(directory, FileChannel.MapMode.READ_ONLY);
            contents.checkRecords();
        } catch (IOException e) {
            contents.segments.forEach(LogSegment::unmap);
            contents.unused.forEach(LogSegment::unmap);
            throw e;
        }
        contents.unused.forEach(LogSegment::unmap);
        return contents;
    }

    static LogContents read(Path directory, int segmentBytes, long checkpoint, boolean acceptLoss) throws IOException {
        LogContents contents = new LogContents(checkpoint, acceptLoss);
        try {
            contents.openSegments(directory, FileChannel.MapMode.READ_WRITE);
            contents.checkRecords();
            contents.tidy(segmentBytes);
        } catch (IOException e) {
            contents.segments.forEach(LogSegment::unmap);
            contents.unused.forEach(LogSegment::unmap);
            throw e;
        }
        return contents;
    }

    List<LogSegment> segments() {
        return List.copyOf(segments);
    }

    LogSegment prepared() {
        return prepared;
    }

    long nextNumber() {
        return nextNumber;
    }

    long lastSequence() {
        return lastSequence;
    }

    List<String> damage() {
        return List.copyOf(damage);
    }

    /** Returns what a crash tore at the very end, which is no damage; empty if nothing. */
    String torn() {
        return torn;
    }

    private void openSegments(Path directory, FileChannel.MapMode mode) throws IOException {
        TreeMap<Long, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
            for (Path file : list) {
                String name = file.getFileName().toString();
                if (name.matches("[0-9a-f]{16}\\.log")) {
                    files.put(Long.parseUnsignedLong(name.substring(0, 16), 16), file);
                } else if (name.matches("[0-9a-f]{16}\\.log\\.tmp")) {
                    rubbish.add(file);
                }
            }
        }
        for (Map.Entry<Long, Path> file : files.entrySet()) {
            nextNumber = file.getKey() + 1;
            try {
                LogSegment segment = LogSegment.open(file.getValue(), file.getKey(), mode);
                (segment.isActive() ? segments : unused).add(segment);
            } catch (LogDamagedException e) {
                damaged(e.getMessage());
                rubbish.add(file.getValue());
            }
        }
    }

    private void checkRecords() throws IOException {
        long expected = checkpoint + 1;
        for (int i = 0; i < segments.size(); i++) {
            LogSegment segment = segments.get(i);
            if (segment.firstSequence() > expected) {
                lost(expected, segment.firstSequence() - 1, "its file is missing or ends early", segment.file());
            }
            // A segment can only be followed by what comes after it.
            long until = i + 1 < segments.size() ? segments.get(i + 1).firstSequence() : Long.MAX_VALUE;
            checkSegment(segment, until);
            expected = Math.max(expected, segment.lastSequence() + 1);
        }
        lastSequence = expected - 1;
    }

    private void checkSegment(LogSegment segment, long until) throws IOException {
        scanner.walk(segment, SEGMENT_HEADER_LENGTH, segment.firstSequence());
        while (segment.lastSequence() + 1 < until && !LogScanner.isZero(segment, segment.end())) {
            int from = segment.end();
            long lost = segment.lastSequence() + 1;
            int to = scanner.nextWhole(segment, from, lost);
            if (to < 0) {
                if (until == Long.MAX_VALUE && segment.memory().getInt(from) != 0) {
                    torn = "the newest record of the update log was torn and is dropped: sequence=" + lost + " file="
                            + segment.file() + " offset=" + from;
                }
                return;
            }
            long found = segment.memory().getLong(to + SEQUENCE_OFFSET);
            lost(lost, found - 1, "it is damaged, and records after it are whole: offset=" + from, segment.file());
            gaps.add(new Gap(segment, from, lost, to, found));
            scanner.walk(segment, to, found);
        }
    }

    private void lost(long first, long last, String why, Path file) throws LogDamagedException {
        if (last > checkpoint) {
            damaged("records of the update log are lost: sequences=" + Math.max(first, checkpoint + 1) + ".." + last
                    + " file=" + file + ": " + why);
        }
    }

    private void damaged(String message) throws LogDamagedException {
        if (!acceptLoss) {
            throw new LogDamagedException(message);
        }
        damage.add(message);
    }

    private void tidy(int segmentBytes) throws IOException {
        gaps.forEach(LogContents::fill);
        for (LogSegment segment : segments) {
            if (!LogScanner.isZero(segment, segment.end())) {
                segment.memory().setMemory(segment.end(), segment.length() - segment.end(), (byte) 0);
            }
            finishScrubbing(segment);
        }
        for (LogSegment segment : unused) {
            boolean usable = prepared == null
                    && segment.length() == segmentBytes
                    && LogScanner.isZero(segment, SEGMENT_HEADER_LENGTH)
                    && segment.number() + 1 == nextNumber;
            if (usable) {
                prepared = segment;
            } else {
                segment.unmap();
                rubbish.add(segment.file());
            }
        }
        for (Path file : rubbish) {
            Files.deleteIfExists(file);
        }
    }

    /** Puts a record without meaning in the place of each that is lost, so that the log can be walked again. */
    private static void fill(Gap gap) {
        UnsafeBuffer memory = gap.segment().memory();
        memory.setMemory(gap.from(), gap.to() - gap.from(), (byte) 0);
        int position = gap.from();
        for (long sequence = gap.lost(); sequence < gap.found(); sequence++) {
            boolean last = sequence + 1 == gap.found();
            int length = last ? gap.to() - position : RECORD_HEADER_LENGTH;
            memory.putLong(position + SEQUENCE_OFFSET, sequence);
            memory.putInt(position + LENGTH_AGAIN_OFFSET, length);
            int payload = length - RECORD_HEADER_LENGTH - PART_HEADER_LENGTH;
            if (payload >= 0) {
                memory.putShort(position + PARTS_OFFSET, (short) 1);
                memory.putInt(position + RECORD_HEADER_LENGTH + PART_LENGTH_OFFSET, payload);
                memory.putInt(position + RECORD_HEADER_LENGTH + PART_SCRUBBED_OFFSET, SCRUBBED);
            }
            memory.putInt(position, length);
            position += length;
        }
    }

    /** Overwrites what a killed process had marked as scrubbed and not overwritten yet. */
    private static void finishScrubbing(LogSegment segment) {
        UnsafeBuffer memory = segment.memory();
        for (int at = SEGMENT_HEADER_LENGTH; at < segment.end(); at += memory.getInt(at)) {
            int parts = memory.getShort(at + PARTS_OFFSET) & 0xFFFF;
            int part = at + RECORD_HEADER_LENGTH;
            for (int i = 0; i < parts; i++) {
                int length = memory.getInt(part + PART_LENGTH_OFFSET);
                if (memory.getInt(part + PART_SCRUBBED_OFFSET) == SCRUBBED) {
                    memory.setMemory(part + PART_HEADER_LENGTH, length, (byte) 0);
                }
                part += PART_HEADER_LENGTH + align(length);
            }
        }
    }
}
