package io.magpie.server.cli.bulk;

import io.magpie.server.data.RowException;
import java.io.IOException;

/**
 * Changes to be made, one a row of some file. Owned by one thread.
 *
 * @param <T> the SDK's type of the change
 */
public interface RowSource<T> extends AutoCloseable {
    /**
     * Reads the next row.
     *
     * @return null at the end
     * @throws RowException if this row cannot be used; the next one may be
     * @throws IOException  if the file cannot be read on; the message is one line
     */
    T next() throws IOException, RowException;

    /** Returns where the row read last lies, as a number that {@link #position} puts into words. */
    long place();

    /** Returns where a row lies, e.g. {@code line 7}. */
    String position(long place);

    /** Returns the share of the file that has been read, 0 to 1. */
    double progress();

    @Override
    void close() throws IOException;
}
