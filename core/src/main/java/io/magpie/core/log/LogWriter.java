package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.ACTIVE_CRC_OFFSET;
import static io.magpie.core.log.LogDescriptor.COMMIT_WORD_OFFSET;
import static io.magpie.core.log.LogDescriptor.FIRST_SEQUENCE_OFFSET;
import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes segments that are read once they are finished: snapshots. By ordinary writes, each file as long as what is in it,
 * its header last: a full disk is an error of the write that met it. Not thread-safe.
 */
public final class LogWriter implements Closeable {
    private static final int BUFFER_LENGTH = 1 << 20;

    private final Path directory;
    private final int segmentBytes;
    private final RecordBuffer record;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private FileChannel channel;
    private long number;
    private long firstSequence;
    private long nextSequence;
    private long length;
    private long bytes;

    /**
     * @param directory     exists, and has no segments
     * @param segmentBytes  most bytes of a file; each record must fit
     * @param firstSequence number of the first record
     */
    public LogWriter(Path directory, int segmentBytes, long firstSequence) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        nextSequence = firstSequence;
        record = new RecordBuffer(segmentBytes);
    }

    /** Begins a record. */
    public void begin(int type) {
        record.begin(type);
    }

    /** Adds a part; see {@link UpdateLog#part}. */
    public void part(int kind, long id, int sub, byte[] payload, int offset, int payloadLength) {
        record.part(kind, id, sub, payload, offset, payloadLength);
    }

    /** Returns how long the record has become. */
    public int pendingBytes() {
        return record.length();
    }

    /** Returns how many parts the record has. */
    public int pendingParts() {
        return record.parts();
    }

    /**
     * Writes the record.
     *
     * @throws IOException if the file cannot be written
     */
    public void commit() throws IOException {
        long word = record.finish(nextSequence);
        record.bytes().putLong(COMMIT_WORD_OFFSET, word);
        ByteBuffer whole = ByteBuffer.wrap(record.bytes().byteArray(), 0, record.length());
        raw(whole, record.length());
    }

    /**
     * Writes whole records as {@link UpdateLog#read} gave them.
     *
     * @param records from its position to its limit; consumed
     * @throws IOException if the file cannot be written
     */
    public void records(ByteBuffer records) throws IOException {
        ByteBuffer view = records.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (view.hasRemaining()) {
            int recordLength = view.getInt(view.position());
            raw(view, recordLength);
        }
        records.position(records.limit());
    }

    private void raw(ByteBuffer from, int recordLength) throws IOException {
        if (channel == null || length + recordLength > segmentBytes) {
            finishSegment();
            beginSegment();
        }
        int end = from.limit();
        from.limit(from.position() + recordLength);
        while (from.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int some = Math.min(buffer.remaining(), from.remaining());
            buffer.put(from.duplicate().limit(from.position() + some));
            from.position(from.position() + some);
        }
        from.limit(end);
        length += recordLength;
        bytes += recordLength;
        nextSequence++;
    }

    private void beginSegment() throws IOException {
        number++;
        firstSequence = nextSequence;
        channel = FileChannel.open(
                LogSegment.fileOf(directory, number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        buffer.clear();
        // The header is all zeros until the file is finished: nothing reads a file that was not.
        buffer.put(new byte[SEGMENT_HEADER_LENGTH]);
        length = SEGMENT_HEADER_LENGTH;
    }

    private void flush() throws IOException {
        LogSegment.writeFully(channel, buffer.flip());
        buffer.clear();
    }

    private void finishSegment() throws IOException {
        if (channel == null) {
            return;
        }
        flush();
        ByteBuffer header = LogSegment.header(number, (int) length);
        header.putLong(FIRST_SEQUENCE_OFFSET, firstSequence);
        header.putInt(ACTIVE_CRC_OFFSET, LogSegment.crc(header, 0, ACTIVE_CRC_OFFSET));
        LogSegment.writeFully(channel.position(0), header);
        channel.force(true);
        channel.close();
        channel = null;
    }

    /** Returns how many bytes of records were written. */
    public long bytes() {
        return bytes;
    }

    /** Returns the number of the newest record; one less than the first if there is none. */
    public long lastSequence() {
        return nextSequence - 1;
    }

    /**
     * Ends the last file. All of them are on the device then; the directory's entry is the caller's.
     *
     * @throws IOException if it cannot be written
     */
    public void finish() throws IOException {
        finishSegment();
    }

    /** Lets go of a file that was not finished; what is there is of no use then. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
