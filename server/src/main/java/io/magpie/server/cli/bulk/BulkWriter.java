package io.magpie.server.cli.bulk;

import io.magpie.client.MagpieException;
import io.magpie.client.MagpieOverloadedException;
import io.magpie.client.WriteResults;
import io.magpie.protocol.Status;
import io.magpie.server.data.RowException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Sends rows in lists, a bounded number of lists on their way at a time: the server is never idle between two, and what waits
 * in memory stays small. Lists are sent in order over one connection; only one that the server was too busy for is sent again
 * later. Owned by one thread.
 *
 * @param <T> the SDK's type of the change
 */
public final class BulkWriter<T> {
    /** Lists on their way. Measured on loopback: 4 keep the server busy, more only wait there. */
    private static final int IN_FLIGHT = 4;

    /** Small enough that a list never holds up the requests of others for long. */
    private static final int LIST_BYTES = 128 * 1024;

    private static final int MOST_ROWS = 2_048;

    /** Changes with an id of their own that the server remembers of each person. */
    private static final int MOST_REMEMBERED = 32;

    private static final long MOST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Sender<T> sender;
    private final Watcher watcher;
    private final Journal journal;
    private final Function<T, Object> remembered;
    private final Map<Object, Integer> unsettled = new HashMap<>();
    private final int rowsInAList;
    private final BulkReport report = new BulkReport();
    private final ArrayDeque<Sent<T>> onTheirWay = new ArrayDeque<>();

    /** Sends a list through the SDK. */
    @FunctionalInterface
    public interface Sender<T> {
        /** Sends a list; the future ends with one status a row, or a {@link MagpieException}. */
        CompletableFuture<WriteResults> send(List<T> rows);
    }

    /** Is told now and then how far a load is. */
    @FunctionalInterface
    public interface Watcher {
        /** Tells the share of the file that has been read, 0 to 1, and how many rows. */
        void at(double share, long rows);
    }

    /** Is told what has ended, in the order of the rows. */
    public interface Journal {
        /** The first so many rows of the source are loaded or refused; what comes after may be on its way. */
        void settled(long rows) throws IOException;

        /** A row was refused. */
        void refused(String position, String reason);

        /** Keeps nothing. */
        Journal NONE = new Journal() {
            @Override
            public void settled(long rows) {
                // nobody will ask
            }

            @Override
            public void refused(String position, String reason) {
                // the report has it
            }
        };
    }

    private List<T> list = new ArrayList<>();
    /** Where the rows of the list lie. */
    private long[] places;

    private RowSource<T> source;
    private long rowsRead;

    private record Sent<T>(List<T> rows, long[] places, long lastRow, CompletableFuture<WriteResults> answer) {}

    /**
     * @param sender       sends a list
     * @param bytesARow    roughly, on the wire
     * @param mostRows     the server's limit on a list
     * @param watcher      is told how far the load is
     * @param journal      is told what has ended
     * @param remembered   names whose memory a row is in, so that sent again it is not applied again, or null: never
     *                     more rows of one than the server remembers are on their way, since all of them are sent
     *                     again after an interruption
     */
    public BulkWriter(
            Sender<T> sender,
            int bytesARow,
            int mostRows,
            Watcher watcher,
            Journal journal,
            Function<T, Object> remembered) {
        this.sender = sender;
        this.watcher = watcher;
        this.journal = journal;
        this.remembered = remembered;
        rowsInAList = Math.max(1, Math.min(Math.min(mostRows, MOST_ROWS), LIST_BYTES / bytesARow));
        places = new long[rowsInAList];
    }

    /** Makes a writer that keeps no journal. */
    public BulkWriter(Sender<T> sender, int bytesARow, int mostRows, Watcher watcher) {
        this(sender, bytesARow, mostRows, watcher, Journal.NONE, row -> null);
    }

    /** Returns how rows ended so far. */
    public BulkReport report() {
        return report;
    }

    /** Loads every row of a source; see {@link #load(RowSource, long)}. */
    public void load(RowSource<T> source) throws BulkStoppedException {
        load(source, 0);
    }

    /**
     * Loads every row of a source but the first ones.
     *
     * @param rows    not closed
     * @param skipped how many of them were loaded or refused before
     * @throws BulkStoppedException if the file or the server stopped it on the way; the report says what is in by then
     */
    public void load(RowSource<T> rows, long skipped) throws BulkStoppedException {
        source = rows;
        IOException brokenOff = null;
        boolean more = true;
        while (more) {
            try {
                more = readRow(skipped);
            } catch (IOException e) {
                // What was read before is sound and was to be loaded.
                brokenOff = e;
                more = false;
            }
            if (list.size() == rowsInAList || !more && !list.isEmpty()) {
                send();
                watcher.at(source.progress(), report.loaded() + report.refused());
            }
        }
        while (!onTheirWay.isEmpty()) {
            settleOldest();
        }
        if (brokenOff != null) {
            throw new BulkStoppedException(brokenOff.getMessage(), brokenOff);
        }
    }

    private boolean readRow(long skipped) throws IOException, BulkStoppedException {
        T row = null;
        try {
            row = source.next();
            if (row == null) {
                return false;
            }
        } catch (RowException e) {
            if (rowsRead >= skipped) {
                refuse(e.getMessage(), source.place());
            }
        }
        if (row != null && rowsRead >= skipped) {
            remember(row);
            places[list.size()] = source.place();
            list.add(row);
        }
        rowsRead++;
        return true;
    }

    /** Waits until the server would remember all rows that are on their way, this one among them. */
    private void remember(T row) throws BulkStoppedException {
        Object key = remembered.apply(row);
        if (key == null) {
            return;
        }
        if (unsettled.merge(key, 1, Integer::sum) > MOST_REMEMBERED) {
            if (!list.isEmpty()) {
                send();
            }
            while (unsettled.get(key) > MOST_REMEMBERED) {
                settleOldest();
            }
        }
    }

    private void forget(T row) {
        Object key = remembered.apply(row);
        if (key != null) {
            unsettled.computeIfPresent(key, (same, rows) -> rows == 1 ? null : rows - 1);
        }
    }

    private void send() throws BulkStoppedException {
        if (onTheirWay.size() == IN_FLIGHT) {
            settleOldest();
        }
        onTheirWay.add(new Sent<>(list, places, rowsRead, sender.send(list)));
        list = new ArrayList<>(rowsInAList);
        places = new long[rowsInAList];
    }

    private void settleOldest() throws BulkStoppedException {
        Sent<T> oldest = onTheirWay.remove();
        WriteResults results = await(oldest);
        for (int i = 0; i < results.statuses().size(); i++) {
            Status status = results.statuses().get(i);
            if (status == Status.OK) {
                report.loaded(1);
            } else {
                refuse(reason(status), oldest.places()[i]);
            }
        }
        oldest.rows().forEach(this::forget);
        try {
            journal.settled(oldest.lastRow());
        } catch (IOException e) {
            throw new BulkStoppedException("how far the load is cannot be written: " + e.getMessage(), e);
        }
    }

    private void refuse(String reason, long place) {
        String position = source.position(place);
        report.refused(reason, position);
        journal.refused(position, reason);
    }

    private WriteResults await(Sent<T> sent) throws BulkStoppedException {
        CompletableFuture<WriteResults> answer = sent.answer();
        long patientUntil = System.nanoTime() + MOST_PATIENCE_NANOS;
        long pauseMillis = 5;
        while (true) {
            try {
                return answer.join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof MagpieOverloadedException busy) || System.nanoTime() > patientUntil) {
                    throw stopped(sent, e.getCause());
                }
                // Nothing of the list was done. Not before the server says that it makes sense, and ever more seldom.
                pause(Math.max(pauseMillis, TimeUnit.MICROSECONDS.toMillis(busy.retryAfterMicros() + 999)));
                pauseMillis = Math.min(1_000, 2 * pauseMillis);
                answer = sender.send(sent.rows());
            }
        }
    }

    private BulkStoppedException stopped(Sent<T> sent, Throwable cause) {
        onTheirWay.clear();
        boolean unsure = cause instanceof MagpieException e && e.mayHaveBeenApplied();
        return new BulkStoppedException(
                cause.getMessage() + "; stopped at " + source.position(sent.places()[0])
                        + (unsure
                                ? ", and some rows from there on may be in: items, slots, consents and links can be sent again, events without an id would"
                                        + " count twice"
                                : ""),
                cause);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says a status in words, with the fix where there is one that the user can know. */
    public static String reason(Status status) {
        switch (status) {
            case UNKNOWN_ITEM:
                return "there is no such item: put it first";
            case UNKNOWN_PROFILE:
                return "there is no such profile";
            case NO_SLOT_LEFT:
                return "the profile has no room for another space: raise store.spare-sources at a new server";
            case OUT_OF_RANGE:
                return "a number is out of range";
            case WRONG_DIMENSION:
                return "the vector is not of the server's dimension";
            case NOT_FINITE:
                return "a number is NaN or infinite";
            case RESERVED_ID:
                return "id 18446744073709551615 is reserved";
            case WRONG_SPACE:
                return "the vector is of another space than the catalogue";
            case UNKNOWN_CATALOGUE:
                return "there is no such catalogue: `magpie catalogue status` shows them";
            case CATALOGUE_EXISTS:
                return "there is a catalogue beside the live one already: switch to it or drop it first";
            case CATALOGUE_LIVE:
                return "the live catalogue is not dropped: switch to the other one first";
            case TIME_IN_FUTURE:
                return "the time lies in the future";
            case TIME_OUT_OF_RANGE:
                return "the time lies before 1970 or after 2105";
            case STORE_FULL:
                return "the store is full: drop the catalogue beside the live one, or make more room (magpie migrate)";
            case UNKNOWN_SOURCE:
                return "the server has no such source";
            case TOO_MANY_IDENTITIES:
                return "the profile has no room: 32 identities and 32 merged profiles lead to one at most";
            case VERSION_CONFLICT:
                return "the profile is of another version by now: read it again";
            default:
                return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
