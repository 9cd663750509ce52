package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;
import org.agrona.collections.LongHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals and merges segments on a thread of its own. The long work runs beside writers and searches, on one version of
 * the catalogue; what writers changed meanwhile is carried over in a short last step under their lock.
 *
 * <p>Segments form a ladder: one is merged with all behind it once these have twice its rows, and everything once new rows
 * are a quarter of the first segment's, or as many while they come so fast that it would be little else that is done; so
 * each row is coded a few times in its life, and few segments are searched. Between two merges the thread rests, so that
 * a load's rows are sealed many at a time, unless they are too many to be searched one by one. When writers pause, what
 * is left in pieces becomes one segment.
 */
final class Compactor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    private static final int DEAD_TOLERATED = 1024;
    /** Columns count versions in an int. */
    private static final long MOST_VERSIONS = 1L << 30;

    /** When nothing has changed for so long, no more is likely to come at once. */
    private static final long QUIET_MILLIS = 500;
    /** So small a share of the rows behind the first segment is left there: a trickle must not merge all each time. */
    private static final int PIECES_WORTH_MERGING = 32;
    /** After a merge the thread rests for so many times as long as that took: it has a quarter of a processor for itself. */
    private static final int REST = 3;

    private static final long MOST_REST_MILLIS = 1000;
    /** How often a thread that rests looks whether that many rows are unsealed by now. */
    private static final long GLANCE_MILLIS = 5;
    /** So large a share of the rows unsealed ends a rest: each is some 40 ns of a search, a sealed one less than one. */
    private static final int SHARE_UNSEALED = 32;
    /** Everything is built anew for a quarter of new rows only after so many times as long as that took the last time. */
    private static final int REST_OF_ALL = 8;
    /** Fewer are as soon looked at one by one. */
    static final int ROWS_WORTH_SEALING = 64;

    private final LiveItemIndex index;
    private final Kernels kernels;
    private final Object changing;

    // All guarded by the lock.
    private Thread thread;
    private boolean closed;
    private boolean busy;
    private boolean wanted;
    private boolean mergeAll;
    /** Asked for, also of what is merged already. */
    private boolean rebuildAll;
    /** The merge under way is what was asked for. */
    private boolean rebuilding;

    /** When everything was built anew the last time, and how long it took; in nanoseconds. */
    private long builtAll;

    private long buildingAll;

    /** The version that was tidied up last, whatever became of it. */
    private long tidied = -1;

    private int changes;
    private Segment[] merging = new Segment[0];
    private final LongHashSet changedIds = new LongHashSet();

    Compactor(LiveItemIndex index, Kernels kernels, Object changing) {
        this.index = index;
        this.kernels = kernels;
        this.changing = changing;
    }

    /** Returns whether nothing is being merged or about to be. With the lock held. */
    boolean isIdle() {
        return !busy && !wanted;
    }

    /** Says that there is something to seal. With the lock held. */
    void wake() {
        if (closed) {
            return;
        }
        wanted = true;
        if (thread == null) {
            thread = new Thread(this::run, "magpie-index");
            thread.setDaemon(true);
            thread.start();
        }
        changing.notifyAll();
    }

    /** Notes that an item of this segment died or was patched. With the lock held. */
    void changed(Segment segment, long itemId) {
        for (Segment each : merging) {
            if (each == segment) {
                changedIds.add(itemId);
            }
        }
        if (++changes % 256 == 0 && isIdle() && segment.codes != null && isWornOut(segment)) {
            wake();
        }
    }

    /** Merges everything sealed into one segment, built anew even if it is one. With the lock held; does not wait. */
    void rebuildAll() {
        rebuildAll = !closed;
        wake();
    }

    /** Returns whether a merge that {@link #rebuildAll} asked for is not done. */
    boolean isRebuilding() {
        synchronized (changing) {
            return (rebuildAll || rebuilding) && !closed;
        }
    }

    /** Merges everything sealed into one segment, and waits for it. With the lock held; lets go of it meanwhile. */
    void mergeAll() {
        mergeAll = true;
        wake();
        boolean interrupted = false;
        while ((busy || wanted) && !closed) {
            try {
                changing.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (changing) {
            closed = true;
            running = thread;
            changing.notifyAll();
        }
        if (running != null && running != Thread.currentThread()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        long took = 0;
        while (true) {
            View view;
            int from;
            synchronized (changing) {
                rebuilding = false;
                merging = new Segment[0];
                changedIds.clear();
                rest(REST * took / 1_000_000);
                busy = false;
                took = 0;
                // What came while this thread was busy would else be searched row by row until the next change.
                wanted |= !closed && index.closeOpenSegment();
                changing.notifyAll();
                awaitWork();
                if (closed) {
                    return;
                }
                wanted = false;
                view = index.view();
                from = firstToMerge(view);
                mergeAll = false;
                rebuilding = rebuildAll;
                rebuildAll = false;
                int end = view.segments().length - 1;
                if (from == end) {
                    continue;
                }
                busy = true;
                merging = Arrays.copyOfRange(view.segments(), from, end);
            }
            long began = System.nanoTime();
            try {
                merge(view, from);
            } catch (RuntimeException | OutOfMemoryError failed) {
                // What is not sealed is still searched, row by row.
                LOG.error("sealing part of the item index failed; it is searched unsealed: {}", failed.toString());
            }
            took = System.nanoTime() - began;
            if (from == 0) {
                noteAllBuilt(took);
            }
        }
    }

    private void noteAllBuilt(long took) {
        synchronized (changing) {
            builtAll = System.nanoTime();
            buildingAll = took;
        }
    }

    /** Lets rows gather, while nobody asks for more than that and they are few. With the lock held. */
    private void rest(long millis) {
        long until = System.nanoTime() + Math.min(MOST_REST_MILLIS, millis) * 1_000_000;
        while (!closed && !mergeAll && !rebuildAll && System.nanoTime() < until) {
            if (isCrowded()) {
                return;
            }
            try {
                changing.wait(GLANCE_MILLIS);
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    private boolean isCrowded() {
        return index.unsealedRows() > index.size() / SHARE_UNSEALED;
    }

    /** Waits for something to do, or for quiet: then what writers left in pieces is tidied up. With the lock held. */
    private void awaitWork() {
        long seen = index.view().version();
        while (!wanted && !closed) {
            try {
                changing.wait(isUntidy() ? QUIET_MILLIS : 0);
            } catch (InterruptedException e) {
                closed = true;
            }
            long now = index.view().version();
            if (now == seen && !wanted && isUntidy()) {
                tidied = now;
                mergeAll = isInPieces();
                index.closeOpenSegment(1);
                wanted = true;
            }
            seen = now;
        }
    }

    private boolean isUntidy() {
        View view = index.view();
        return view.version() != tidied && (view.openRows() >= ROWS_WORTH_SEALING || isInPieces());
    }

    /** Returns whether so many rows lie behind the first segment that merging all is soon paid for by queries. */
    private boolean isInPieces() {
        Segment[] segments = index.view().segments();
        long rows = 0;
        for (int i = 1; i < segments.length; i++) {
            rows += segments[i].living();
        }
        return rows > 0 && PIECES_WORTH_MERGING * rows >= segments[0].living();
    }

    /** Returns the first of the last segments to merge; all behind it but the open one are merged with it. */
    private int firstToMerge(View view) {
        Segment[] segments = view.segments();
        int end = segments.length - 1;
        if (mergeAll || rebuildAll) {
            boolean done = end == 0
                    || !rebuildAll
                            && end == 1
                            && segments[0].codes != null
                            && segments[0].living() == segments[0].filled();
            return done ? end : withinLimit(segments, 0, end);
        }
        int from = end;
        long behind = 0;
        while (from > 0 && segments[from - 1].codes == null) {
            behind += segments[--from].living();
        }
        for (int i = from - 1; i >= 0; i--) {
            int living = segments[i].living();
            boolean outweighed = i == 0 ? (isHurried() ? 1 : 4) * behind >= living : behind >= 2L * living;
            if (outweighed || isWornOut(segments[i])) {
                from = i;
            }
            behind += living;
        }
        return withinLimit(segments, from, end);
    }

    /** Leaves out old segments for as long as all rows would not fit into arrays. */
    private static int withinLimit(Segment[] segments, int from, int end) {
        long most = (Integer.MAX_VALUE - 8L) / segments[0].dimension - BlockCodes.BLOCK;
        long rows = 0;
        for (int i = end - 1; i >= from; i--) {
            rows += segments[i].living();
            if (rows > most && i + 1 < end) {
                return i + 1;
            }
        }
        return from;
    }

    /** Returns whether everything was built anew a short while ago, for what that takes. */
    private boolean isHurried() {
        return System.nanoTime() - builtAll < REST_OF_ALL * buildingAll;
    }

    private boolean isWornOut(Segment segment) {
        int filled = segment.filled();
        return filled - segment.living() > filled / (isHurried() ? 2 : 4) + DEAD_TOLERATED
                || segment.attributes.records() > 2 * filled + DEAD_TOLERATED
                || index.view().version() - segment.baseVersion > MOST_VERSIONS;
    }

    private void merge(View view, int from) {
        Segment[] segments = view.segments();
        int end = segments.length - 1;
        RowList rows = new RowList(segments, view.size());
        for (int i = from; i < end; i++) {
            Segment segment = segments[i];
            int at = segment.relative(view.version());
            for (int row = 0; row < segment.rows(); row++) {
                if (segment.isVisible(row, at)) {
                    rows.add(i, row);
                }
            }
        }
        Segment sealed = rows.count() == 0 ? null : seal(rows, view, from);
        synchronized (changing) {
            if (closed) {
                return;
            }
            Segment[] now = index.view().segments();
            if (sealed != null) {
                carryOver(sealed, index.view().version());
            }
            int kept = now.length - end;
            int middle = sealed == null ? 0 : 1;
            Segment[] after = Arrays.copyOf(segments, from + middle + kept);
            if (sealed != null) {
                after[from] = sealed;
            }
            System.arraycopy(now, end, after, from + middle, kept);
            index.replace(after);
        }
    }

    private Segment seal(RowList rows, View view, int from) {
        // Small segments look at the world as the first one does; a query is then rotated once for all.
        BlockCodes first = from > 0 ? view.segments()[0].codes : null;
        int dimension = index.dimension();
        Rotation rotation = first != null ? first.rotation : Rotation.of(rows, dimension);
        CodePlan plan = first != null ? first.plan : CodePlan.of(rotation, dimension);
        BlockCodesBuilder builder = new BlockCodesBuilder(kernels, rows, dimension, rotation, plan);
        BlockCodes codes = builder.build();
        return Segment.sealed(rows, builder.order(), codes, view.version());
    }

    /** Repeats on the sealed rows what writers did to the merged ones meanwhile. With the lock held. */
    private void carryOver(Segment sealed, long version) {
        LongHashSet.LongIterator ids = changedIds.iterator();
        while (ids.hasNext()) {
            long id = ids.nextValue();
            int row = sealed.find(id, sealed.relative(sealed.baseVersion));
            if (row == Segment.NONE) {
                continue;
            }
            Segment home = null;
            int homeRow = Segment.NONE;
            for (Segment segment : merging) {
                int found = segment.find(id, segment.relative(version));
                if (found != Segment.NONE) {
                    home = segment;
                    homeRow = found;
                }
            }
            if (home == null) {
                sealed.kill(row, version);
            } else {
                sealed.patchFrom(row, home, homeRow, version);
            }
        }
    }
}
