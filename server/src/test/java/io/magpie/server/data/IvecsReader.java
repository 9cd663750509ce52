package io.magpie.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Reads {@code .ivecs}: per row a little-endian int32 length, then that many int32. Rows may differ in length. Owned by one thread. */
public final class IvecsReader implements AutoCloseable {
    /** The longest row that is read: beyond it the file is taken for something else. */
    public static final int MAX_LENGTH = 1 << 24;

    private final Path file;
    private final DataFiles.Source source;
    private long rows;

    /**
     * @throws DataException if it is missing or cannot be read
     */
    public IvecsReader(Path file) throws IOException {
        this.file = file;
        source = DataFiles.open(file);
    }

    /**
     * Reads the next row.
     *
     * @return its values, or null at the end of the file
     * @throws DataException if the row is cut short
     */
    public int[] next() throws IOException {
        byte[] head = source.readNBytes(Integer.BYTES);
        if (head.length == 0) {
            return null;
        }
        int length = head.length < Integer.BYTES ? -1 : littleEndian(head).getInt(0);
        if (length < 0 || length > MAX_LENGTH) {
            throw DataException.atRow(file, rows, "cut short, or its length is not in 0.." + MAX_LENGTH);
        }
        byte[] bytes = source.readNBytes(length * Integer.BYTES);
        if (bytes.length < length * Integer.BYTES) {
            throw DataException.atRow(
                    file, rows, "cut short: bytes=" + bytes.length + " of " + (long) length * Integer.BYTES);
        }
        int[] values = new int[length];
        littleEndian(bytes).asIntBuffer().get(values);
        rows++;
        return values;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
