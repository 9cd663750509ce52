package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;

/**
 * The item index: exact, and changed while it is searched.
 *
 * <p>A writer (one at a time) appends rows to the open segment and ends lives; each change publishes a new {@link View}.
 * A {@link Compactor} seals full segments in the background, which codes their rows so that a search can leave most of
 * them out, and merges segments so that they stay few. Neither ever waits for a search, nor a search for them.
 */
public final class LiveItemIndex implements ItemIndex {
    /** The most dimensions a vector may have. */
    public static final int MOST_DIMENSIONS = 1024;

    private static final int SMALLEST_SEGMENT = 1024;
    private static final int LARGEST_OPEN_SEGMENT = 1 << 16;
    /** With an idle compactor a segment is sealed at this size: scanning that many plain rows costs about a microsecond. */
    private static final int SEALED_EARLY = 512;

    /** A first level of so many rows takes about 150 microseconds: three times what waking a thread up does. */
    private static final int ROWS_WORTH_HELP = 300_000;

    private final int dimension;
    private final Kernels kernels;
    private final Compactor compactor;
    private final ScanAssistant helper;
    /** Held for the length of one change, or of a compaction's last step. */
    private final Object changing = new Object();

    private volatile View view;

    /**
     * @param dimension the length of every vector, 1..1024
     */
    public LiveItemIndex(int dimension) {
        this(dimension, Kernels.best());
    }

    LiveItemIndex(int dimension, Kernels kernels) {
        // With one processor there is nobody to help.
        this(dimension, kernels, Runtime.getRuntime().availableProcessors() > 1 ? ROWS_WORTH_HELP : Integer.MAX_VALUE);
    }

    LiveItemIndex(int dimension, Kernels kernels, int rowsWorthHelp) {
        if (dimension < 1 || dimension > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "a dimension is 1 or more: dimension=" + dimension + " most=" + MOST_DIMENSIONS);
        }
        this.dimension = dimension;
        this.kernels = kernels;
        view = new View(1, 0, 0, new Segment[] {new Segment(SMALLEST_SEGMENT, dimension, 0)}, 0);
        compactor = new Compactor(this, kernels, changing);
        helper = new ScanAssistant(kernels, dimension, rowsWorthHelp);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int size() {
        return view.size();
    }

    @Override
    public void put(long catalogue, long itemId, float[] vector, float bias, ItemAttributes attributes) {
        append(catalogue, itemId, vector, bias, attributes, true);
    }

    @Override
    public void add(long catalogue, long itemId, float[] vector, float bias, ItemAttributes attributes) {
        append(catalogue, itemId, vector, bias, attributes, false);
    }

    private void append(
            long catalogue, long itemId, float[] vector, float bias, ItemAttributes attributes, boolean mayBeThere) {
        requireItem(itemId, vector, bias);
        synchronized (changing) {
            View before = view;
            long version = before.version() + 1;
            boolean replaced = mayBeThere && kill(before, itemId, version);
            Segment[] segments = withRoom(before.segments(), version);
            Segment open = segments[segments.length - 1];
            int row = open.append(itemId, vector, 0, bias, version);
            open.attributes.set(row, attributes, open.relative(version));
            view = new View(version, catalogue, before.size() + (replaced ? 0 : 1), segments, open.rows());
            if (open.rows() == Compactor.ROWS_WORTH_SEALING) {
                // Whether to seal them, the compactor asks itself when no more come.
                changing.notifyAll();
            }
        }
    }

    @Override
    public boolean patch(long catalogue, long itemId, ItemAttributes attributes) {
        synchronized (changing) {
            View before = view;
            long version = before.version() + 1;
            for (int i = before.segments().length - 1; i >= 0; i--) {
                Segment segment = before.segments()[i];
                int row = segment.find(itemId, segment.relative(version));
                if (row != Segment.NONE) {
                    segment.patch(row, attributes, version);
                    compactor.changed(segment, itemId);
                    view = new View(version, catalogue, before.size(), before.segments(), before.openRows());
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public boolean remove(long catalogue, long itemId) {
        synchronized (changing) {
            View before = view;
            long version = before.version() + 1;
            if (!kill(before, itemId, version)) {
                return false;
            }
            view = new View(version, catalogue, before.size() - 1, before.segments(), before.openRows());
            return true;
        }
    }

    @Override
    public Searcher newSearcher() {
        return new LiveSearcher(this, kernels);
    }

    @Override
    public void settle() {
        synchronized (changing) {
            closeOpenSegment(1);
            compactor.mergeAll();
        }
    }

    @Override
    public long version() {
        return view.catalogue();
    }

    @Override
    public void advance(long catalogue) {
        synchronized (changing) {
            View before = view;
            view = new View(before.version(), catalogue, before.size(), before.segments(), before.openRows());
        }
    }

    @Override
    public void rebuild() {
        synchronized (changing) {
            closeOpenSegment(1);
            compactor.rebuildAll();
        }
    }

    @Override
    public boolean isRebuilding() {
        return compactor.isRebuilding();
    }

    @Override
    public int unsealedRows() {
        View now = view;
        int rows = 0;
        for (int i = 0; i < now.segments().length; i++) {
            rows += now.segments()[i].codes == null ? now.rows(i) : 0;
        }
        return rows;
    }

    @Override
    public double bytesPerItem() {
        View now = view;
        long bytes = 0;
        for (Segment segment : now.segments()) {
            bytes += segment.bytes();
        }
        return (double) bytes / Math.max(1, now.size());
    }

    @Override
    public void close() {
        compactor.close();
        helper.close();
    }

    /** Returns who may help a search that is alone. */
    ScanAssistant helper() {
        return helper;
    }

    /** Returns what a search that starts now sees. */
    View view() {
        return view;
    }

    /** Publishes segments that hold the same items as those before. Called with the lock held. */
    void replace(Segment[] segments) {
        View before = view;
        view = new View(before.version(), before.catalogue(), before.size(), segments, before.openRows());
    }

    private Segment[] withRoom(Segment[] segments, long version) {
        Segment open = segments[segments.length - 1];
        boolean full = open.rows() == open.capacity;
        if (!full && (open.rows() < SEALED_EARLY || !compactor.isIdle())) {
            return segments;
        }
        // A full segment means that changes come faster than they are sealed: then larger ones serve better.
        int capacity = full ? Math.min(LARGEST_OPEN_SEGMENT, 2 * open.capacity) : SMALLEST_SEGMENT;
        Segment[] more = withNewOpen(segments, capacity, version - 1);
        compactor.wake();
        return more;
    }

    /** Ends the open segment if it has rows enough to be worth sealing; returns whether it did. With the lock held. */
    boolean closeOpenSegment() {
        return closeOpenSegment(SEALED_EARLY);
    }

    /** Ends the open segment if it has that many rows; returns whether it did. With the lock held. */
    boolean closeOpenSegment(int leastRows) {
        View before = view;
        if (before.openRows() < leastRows) {
            return false;
        }
        Segment[] segments = withNewOpen(before.segments(), SMALLEST_SEGMENT, before.version());
        view = new View(before.version(), before.catalogue(), before.size(), segments, 0);
        return true;
    }

    private Segment[] withNewOpen(Segment[] segments, int capacity, long baseVersion) {
        Segment[] more = Arrays.copyOf(segments, segments.length + 1);
        more[segments.length] = new Segment(capacity, dimension, baseVersion);
        return more;
    }

    private boolean kill(View before, long itemId, long version) {
        for (int i = before.segments().length - 1; i >= 0; i--) {
            Segment segment = before.segments()[i];
            int row = segment.find(itemId, segment.relative(version));
            if (row != Segment.NONE) {
                segment.kill(row, version);
                compactor.changed(segment, itemId);
                return true;
            }
        }
        return false;
    }

    private void requireItem(long itemId, float[] vector, float bias) {
        if (itemId == -1L) {
            throw new IllegalArgumentException("the id 2^64-1 is reserved: itemId=" + Long.toUnsignedString(itemId));
        }
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "a vector has the index's dimension: length=" + vector.length + " dimension=" + dimension);
        }
        if (!Float.isFinite(bias)) {
            throw new IllegalArgumentException("a bias is finite: bias=" + bias);
        }
        for (int i = 0; i < dimension; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException("a vector is finite: component=" + i + " value=" + vector[i]);
            }
        }
    }
}
