package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.ACTIVE_CRC_OFFSET;
import static io.magpie.core.log.LogDescriptor.FIRST_SEQUENCE_OFFSET;
import static io.magpie.core.log.LogDescriptor.FORMAT;
import static io.magpie.core.log.LogDescriptor.MAGIC;
import static io.magpie.core.log.LogDescriptor.SEGMENT_CRC_OFFSET;
import static io.magpie.core.log.LogDescriptor.SEGMENT_FORMAT_OFFSET;
import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SEGMENT_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.SEGMENT_MAGIC_OFFSET;
import static io.magpie.core.log.LogDescriptor.SEGMENT_NUMBER_OFFSET;

import io.magpie.core.CLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** One file of the log, mapped into memory. Owned by its {@link UpdateLog}, whose caller sees to it that one writes. */
final class LogSegment {
    private final Path file;
    private final long number;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer memory;
    /** A second view, whose position and limit are moved about for checksums. */
    private final ByteBuffer view;

    /** Position of the newest scrubbable part of each bucket of ids, 0 for none; null if another process wrote here. */
    private int[] heads;

    private long firstSequence;
    private long lastSequence;
    private int end = SEGMENT_HEADER_LENGTH;

    private LogSegment(Path file, long number, MappedByteBuffer mapping) {
        this.file = file;
        this.number = number;
        this.mapping = mapping;
        memory = new UnsafeBuffer(mapping);
        view = mapping.duplicate();
    }

    static Path fileOf(Path directory, long number) {
        return directory.resolve(String.format("%016x.log", number));
    }

    /** Maps a file that was just made. */
    static LogSegment mapFresh(Path file, long number, int length) throws IOException {
        LogSegment segment = map(file, number, length, FileChannel.MapMode.READ_WRITE);
        segment.makeHeads();
        return segment;
    }

    /** Returns the header of a segment that has not come into use. */
    static ByteBuffer header(long number, int length) {
        ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(SEGMENT_MAGIC_OFFSET, MAGIC);
        header.putInt(SEGMENT_FORMAT_OFFSET, FORMAT);
        header.putInt(SEGMENT_LENGTH_OFFSET, length);
        header.putLong(SEGMENT_NUMBER_OFFSET, number);
        header.putInt(SEGMENT_CRC_OFFSET, crc(header, 0, SEGMENT_CRC_OFFSET));
        return header;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws LogDamagedException if it is no segment, of another format, or not as long as it was made
     */
    static LogSegment open(Path file, long number, FileChannel.MapMode mode) throws IOException {
        long size = Files.size(file);
        ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // A short file shows below.
            }
        }
        if (size < SEGMENT_HEADER_LENGTH
                || header.getLong(SEGMENT_MAGIC_OFFSET) != MAGIC
                || header.getInt(SEGMENT_CRC_OFFSET) != crc(header, 0, SEGMENT_CRC_OFFSET)
                || header.getLong(SEGMENT_NUMBER_OFFSET) != number) {
            throw new LogDamagedException("not a segment of this log, or its header is damaged: file=" + file);
        }
        if (header.getInt(SEGMENT_FORMAT_OFFSET) != FORMAT) {
            throw new LogDamagedException("a segment of another format: file=" + file + " format="
                    + header.getInt(SEGMENT_FORMAT_OFFSET) + " known=" + FORMAT);
        }
        int length = header.getInt(SEGMENT_LENGTH_OFFSET);
        if (length != size) {
            throw new LogDamagedException(
                    "a segment is not as long as it was made: file=" + file + " length=" + size + " made=" + length);
        }
        LogSegment segment = map(file, number, length, mode);
        long first = header.getLong(FIRST_SEQUENCE_OFFSET);
        int crc = header.getInt(ACTIVE_CRC_OFFSET);
        if (crc == 0 && segment.memory.getLong(SEGMENT_HEADER_LENGTH) == 0) {
            // Prepared; or killed on the way into use, before there was a record.
            return segment;
        }
        if (crc != crc(header, 0, ACTIVE_CRC_OFFSET)) {
            segment.unmap();
            throw new LogDamagedException("a segment's header is damaged: file=" + file);
        }
        segment.firstSequence = first;
        segment.lastSequence = first - 1;
        return segment;
    }

    private static LogSegment map(Path file, long number, int length, FileChannel.MapMode mode) throws IOException {
        StandardOpenOption[] options = mode == FileChannel.MapMode.READ_ONLY
                ? new StandardOpenOption[] {StandardOpenOption.READ}
                : new StandardOpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE};
        try (FileChannel channel = FileChannel.open(file, options)) {
            return new LogSegment(file, number, channel.map(mode, 0, length));
        }
    }

    /** Returns where the lists of scrubbable parts begin, by bucket; null if another process wrote here. */
    int[] heads() {
        return heads;
    }

    /** Returns the bucket of an id. */
    int bucket(long id) {
        return (int) (id * 0x9E3779B97F4A7C15L >>> 40) & heads.length - 1;
    }

    private void makeHeads() {
        // One bucket a kilobyte: about one part each, at half a percent of the segment's size.
        heads = new int[Math.max(64, Integer.highestOneBit(length() >>> 10))];
    }

    /** Takes a prepared segment into use. */
    void activate(long sequence) {
        if (heads == null) {
            makeHeads();
        }
        memory.putLong(FIRST_SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        memory.putIntRelease(ACTIVE_CRC_OFFSET, crc(view, 0, ACTIVE_CRC_OFFSET));
        firstSequence = sequence;
        lastSequence = sequence - 1;
    }

    /** Returns whether it has come into use. */
    boolean isActive() {
        return firstSequence != 0;
    }

    long firstSequence() {
        return firstSequence;
    }

    /** Returns the number of the newest record; one less than the first if there is none. */
    long lastSequence() {
        return lastSequence;
    }

    /** Returns where the next record goes. */
    int end() {
        return end;
    }

    /** Notes that a record ends here. */
    void end(int end, long sequence) {
        this.end = end;
        lastSequence = sequence;
    }

    int length() {
        return memory.capacity();
    }

    long number() {
        return number;
    }

    Path file() {
        return file;
    }

    UnsafeBuffer memory() {
        return memory;
    }

    ByteBuffer view() {
        return view;
    }

    /** Forces what is mapped to the device. */
    void force() {
        unmapPages();
        mapping.force();
    }

    /** Forces a range to the device. */
    void force(int from, int to) {
        mapping.force(from, to - from);
    }

    /** Not beside {@link #unmap()}: the memory may be something else's by then. */
    private synchronized void unmapPages() {
        CLibrary.unmapPages(memory.addressOffset(), memory.capacity());
    }

    /** Gives the mapping back. Nobody may touch it after that. */
    synchronized void unmap() {
        memory.wrap(0, 0);
        BufferUtil.free(mapping);
    }

    static int crc(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(to).position(from));
        return (int) crc.getValue();
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
