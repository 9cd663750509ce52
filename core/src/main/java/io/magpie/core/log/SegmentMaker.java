package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;

/**
 * Makes a segment piece by piece, so that who needs it can go on where another thread is. Every block is written, so that a
 * full disk shows itself here, as an error, and not later as a signal when mapped memory is touched. Not thread-safe.
 */
final class SegmentMaker {
    private static final int PIECE_BYTES = 1 << 20;

    private final Path directory;
    private final long number;
    private final int length;
    private final Path temporary;
    private final FileChannel channel;
    private final ByteBuffer zeros;
    private long left;

    /**
     * Begins a segment.
     *
     * @throws IOException if it cannot be made; nothing is left of it then
     */
    SegmentMaker(Path directory, long number, int length) throws IOException {
        this.directory = directory;
        this.number = number;
        this.length = length;
        temporary = directory.resolve(LogSegment.fileOf(directory, number).getFileName() + ".tmp");
        channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        zeros = ByteBuffer.allocateDirect(Math.min(PIECE_BYTES, length));
        left = length - SEGMENT_HEADER_LENGTH;
        try {
            LogSegment.writeFully(channel, LogSegment.header(number, length).clear());
        } catch (IOException e) {
            abandon();
            throw e;
        }
    }

    /**
     * Makes a piece of it: a mebibyte, or at last what puts it in its place on the device.
     *
     * @return the segment, once it is whole; null before
     * @throws IOException if it cannot be made; nothing is left of it then
     */
    LogSegment makePiece() throws IOException {
        try {
            if (left == 0) {
                return finish();
            }
            int piece = (int) Math.min(left, zeros.capacity());
            LogSegment.writeFully(channel, zeros.clear().limit(piece));
            left -= piece;
            return null;
        } catch (IOException e) {
            abandon();
            throw e;
        }
    }

    private LogSegment finish() throws IOException {
        channel.force(true);
        channel.close();
        Path file = LogSegment.fileOf(directory, number);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
        LogSegment segment = LogSegment.mapFresh(file, number, length);
        BufferUtil.free(zeros);
        return segment;
    }

    /** Lets go of what is half made. A file that cannot be deleted goes when the log is opened again. */
    void abandon() {
        CloseHelper.quietClose(channel);
        BufferUtil.free(zeros);
        temporary.toFile().delete();
    }
}
