package io.magpie.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Reads {@code .fvecs}: per row a little-endian int32 dimension, then that many little-endian float32. Owned by one thread. */
final class FvecsReader implements VectorReader {
    private final Path file;
    private final DataFiles.Source source;
    private final byte[] head = new byte[Integer.BYTES];
    private final int dimension;
    private final byte[] row;
    private long rows;
    private boolean headRead;

    FvecsReader(Path file) throws IOException {
        this.file = file;
        source = DataFiles.open(file);
        try {
            headRead = readHead();
            dimension = headRead ? headDimension() : 0;
            if (headRead && (dimension < 1 || dimension > MAX_DIMENSION)) {
                throw DataException.atRow(
                        file,
                        0,
                        "dimension=" + dimension + " is not in 1.." + MAX_DIMENSION + ": is this an .fvecs file?");
            }
            row = new byte[dimension * Float.BYTES];
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public boolean next(float[] into) throws IOException {
        if (!headRead && !readHead()) {
            return false;
        }
        headRead = false;
        int length = headDimension();
        if (length != dimension) {
            throw DataException.atRow(
                    file,
                    rows,
                    "dimension=" + length + ", but row 0 has dimension=" + dimension + ": all rows need the same");
        }
        int read = source.readNBytes(row, 0, row.length);
        if (read < row.length) {
            throw DataException.atRow(
                    file, rows, "cut short: bytes=" + read + " of " + row.length + ": copy or write the file again");
        }
        ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(into, 0, dimension);
        rows++;
        return true;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public double progress() {
        return source.progress();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean readHead() throws IOException {
        int read = source.readNBytes(head, 0, head.length);
        if (read > 0 && read < head.length) {
            throw DataException.atRow(file, rows, "cut short within its dimension: copy or write the file again");
        }
        return read > 0;
    }

    private int headDimension() {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    }
}
