package io.magpie.server.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Writes {@code .ivecs}: as {@code .fvecs}, with int32 values. Owned by one thread. */
public final class IvecsWriter implements AutoCloseable {
    private final Path file;
    private final OutputStream out;

    /**
     * @param file created or overwritten; packed if its name ends in {@code .gz}
     * @throws DataException if it cannot be created
     */
    public IvecsWriter(Path file) throws IOException {
        this.file = file;
        out = DataFiles.create(file);
    }

    /** Appends the first {@code length} values as a row; rows may differ in length. */
    public void write(int[] values, int length) throws IOException {
        ByteBuffer row =
                ByteBuffer.allocate(Integer.BYTES + length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        row.putInt(length).asIntBuffer().put(values, 0, length);
        try {
            out.write(row.array());
        } catch (IOException e) {
            throw DataFiles.notWritten(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
