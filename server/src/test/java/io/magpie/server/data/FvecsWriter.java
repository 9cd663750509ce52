package io.magpie.server.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Writes {@code .fvecs}, packed if the name ends in {@code .gz}. Owned by one thread. */
public final class FvecsWriter implements AutoCloseable {
    private final Path file;
    private final OutputStream out;

    /**
     * @param file created or overwritten
     * @throws DataException if it cannot be created
     */
    public FvecsWriter(Path file) throws IOException {
        this.file = file;
        out = DataFiles.create(file);
    }

    /** Appends a row. */
    public void write(float[] vector) throws IOException {
        ByteBuffer row =
                ByteBuffer.allocate(Integer.BYTES + vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        row.putInt(vector.length).asFloatBuffer().put(vector);
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
