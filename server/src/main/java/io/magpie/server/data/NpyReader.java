package io.magpie.server.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Reads vectors from {@code .npy}: an array {@code [rows][dimension]} of float16, float32 or float64 (rounded to float32),
 * or one vector {@code [dimension]}. Owned by one thread.
 */
final class NpyReader implements VectorReader {
    private final Path file;
    private final DataFiles.Source source;
    private final NpyHeader header;
    private final long rowsInAll;
    private final int dimension;
    private final byte[] row;
    private long rows;

    NpyReader(Path file) throws IOException {
        this.file = file;
        source = DataFiles.open(file);
        try {
            header = NpyHeader.read(file, source);
            if (header.kind() != 'f'
                    || header.valueBytes() != 2 && header.valueBytes() != 4 && header.valueBytes() != 8) {
                throw new DataException(file + ": holds " + header.typeName()
                        + ", and vectors need float32: save array.astype('float32')");
            }
            if (header.axes() != 1 && header.axes() != 2) {
                throw new DataException(file + ": has " + header.axes()
                        + " axes, and vectors need [rows][dimension]: reshape the array");
            }
            rowsInAll = header.axes() == 1 ? 1 : header.extent(0);
            long length = header.extent(header.axes() - 1);
            if (rowsInAll > 0 && (length < 1 || length > MAX_DIMENSION)) {
                throw new DataException(file + ": dimension=" + length + " is not in 1.." + MAX_DIMENSION);
            }
            dimension = rowsInAll == 0 ? 0 : (int) length;
            row = new byte[dimension * header.valueBytes()];
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
        if (rows == rowsInAll) {
            if (source.read() >= 0) {
                throw new DataException(file + ": goes on behind the " + rowsInAll + " rows that its header names");
            }
            return false;
        }
        int read = source.readNBytes(row, 0, row.length);
        if (read < row.length) {
            throw DataException.atRow(
                    file, rows, "cut short, and the header names " + rowsInAll + " rows: copy or write the file again");
        }
        ByteBuffer buffer = ByteBuffer.wrap(row).order(header.order());
        if (header.valueBytes() == Float.BYTES) {
            buffer.asFloatBuffer().get(into, 0, dimension);
        } else if (header.valueBytes() == Double.BYTES) {
            for (int i = 0; i < dimension; i++) {
                into[i] = (float) buffer.getDouble(i * Double.BYTES);
            }
        } else {
            for (int i = 0; i < dimension; i++) {
                into[i] = halfToFloat(buffer.getShort(i * Short.BYTES));
            }
        }
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

    /** Widens an IEEE 754 binary16; every one of them is a float32. (The JDK's own comes only with Java 20.) */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | 0x7F800000 | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
    }
}
