package io.magpie.server.cli.bulk;

import io.magpie.server.data.DataException;
import io.magpie.server.data.RowException;
import io.magpie.server.data.VectorReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Rows of a file of vectors, with their ids from another file or counted from 0. Owned by one thread.
 *
 * @param <T> the SDK's type of the change
 */
public final class VectorRows<T> implements RowSource<T> {
    private final Path file;
    private final VectorReader reader;
    private final Path idFile;
    private final long[] ids;
    private final Maker<T> maker;

    /** Makes a change of a row. */
    @FunctionalInterface
    public interface Maker<T> {
        /**
         * Makes a change.
         *
         * @param id     the row's id
         * @param row    its number, from 0
         * @param vector {@code float32[dimension]}, to be kept
         */
        T make(long id, int row, float[] vector) throws RowException;
    }

    /**
     * @param file   the file of vectors
     * @param reader reads it; closed with this
     * @param idFile where the ids come from; null if they are the row numbers
     * @param ids    the ids, or null
     */
    public VectorRows(Path file, VectorReader reader, Path idFile, long[] ids, Maker<T> maker) {
        this.file = file;
        this.reader = reader;
        this.idFile = idFile;
        this.ids = ids;
        this.maker = maker;
    }

    @Override
    public T next() throws IOException, RowException {
        float[] vector = new float[reader.dimension()];
        long row = reader.rows();
        if (!reader.next(vector)) {
            if (ids != null && row < ids.length) {
                throw new DataException(idFile + ": has ids=" + ids.length + ", but " + file + " has rows=" + row
                        + ": they need as many; all rows were sent");
            }
            return null;
        }
        if (ids != null && row >= ids.length) {
            throw new DataException(
                    idFile + ": has ids=" + ids.length + ", but " + file + " has more rows: they need as many");
        }
        return maker.make(ids == null ? row : ids[(int) row], (int) row, vector);
    }

    @Override
    public long place() {
        return reader.rows() - 1;
    }

    @Override
    public String position(long place) {
        return "row " + place;
    }

    @Override
    public double progress() {
        return reader.progress();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
