package io.magpie.server.cli.bulk;

import io.magpie.server.data.DataException;
import io.magpie.server.data.RowException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows of several files of the same people, one of each in turn: so the slots of a person follow each other, and the server
 * writes them at once. Owned by one thread.
 *
 * @param <T> the SDK's type of the change
 */
public final class SideBySideRows<T> implements RowSource<T> {
    private final List<Path> files;
    private final List<? extends RowSource<T>> sources;
    private int turn;

    /**
     * @param files   for positions
     * @param sources one a file, with as many rows each; closed with this
     */
    public SideBySideRows(List<Path> files, List<? extends RowSource<T>> sources) {
        this.files = files;
        this.sources = sources;
        turn = files.size() - 1;
    }

    @Override
    public T next() throws IOException, RowException {
        turn = (turn + 1) % files.size();
        T row = sources.get(turn).next();
        if (row == null && turn > 0) {
            throw fewerRows(files.get(turn), files.get(0));
        }
        for (int other = 1; row == null && other < files.size(); other++) {
            if (sources.get(other).next() != null) {
                throw fewerRows(files.get(0), files.get(other));
            }
        }
        return row;
    }

    private static DataException fewerRows(Path shorter, Path longer) {
        return new DataException(shorter + " has fewer rows than " + longer
                + ": files side by side are of the same people; what came before was sent");
    }

    @Override
    public long place() {
        return sources.get(turn).place() * files.size() + turn;
    }

    @Override
    public String position(long place) {
        int file = (int) (place % files.size());
        return files.get(file).getFileName() + " " + sources.get(file).position(place / files.size());
    }

    @Override
    public double progress() {
        return sources.get(0).progress();
    }

    @Override
    public void close() throws IOException {
        for (RowSource<T> source : sources) {
            source.close();
        }
    }
}
