package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;

/**
 * The item index: exact, and changed while it is searched. Writers (one at a time) append rows and end lives; each
 * change publishes a new {@link View}.
 */
public final class LiveItemIndex implements ItemIndex {
    private static final int MOST_DIMENSIONS = 1024;
    private static final int SMALLEST_SEGMENT = 1024;
    private static final int LARGEST_OPEN_SEGMENT = 1 << 16;

    private final int dimension;
    private final Kernels kernels;
    private volatile View view;

    /**
     * @param dimension the length of every vector, 1..1024
     */
    public LiveItemIndex(int dimension) {
        this(dimension, Kernels.best());
    }

    LiveItemIndex(int dimension, Kernels kernels) {
        if (dimension < 1 || dimension > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "a dimension is 1 or more: dimension=" + dimension + " most=" + MOST_DIMENSIONS);
        }
        this.dimension = dimension;
        this.kernels = kernels;
        view = new View(1, 0, 0, new Segment[] {new Segment(SMALLEST_SEGMENT, dimension, 0)}, 0);
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
        requireItem(itemId, vector, bias);
        View before = view;
        long version = before.version() + 1;
        boolean replaced = kill(before, itemId, version);
        Segment[] segments = before.segments();
        Segment open = segments[segments.length - 1];
        if (open.rows() == open.capacity) {
            int capacity = Math.min(LARGEST_OPEN_SEGMENT, Math.max(SMALLEST_SEGMENT, before.size()));
            open = new Segment(capacity, dimension, version - 1);
            segments = Arrays.copyOf(segments, segments.length + 1);
            segments[segments.length - 1] = open;
        }
        int row = open.append(itemId, vector, 0, bias, version);
        open.attributes.set(row, attributes, open.relative(version));
        view = new View(version, catalogue, before.size() + (replaced ? 0 : 1), segments, open.rows());
    }

    @Override
    public boolean patch(long catalogue, long itemId, ItemAttributes attributes) {
        View before = view;
        long version = before.version() + 1;
        for (int i = before.segments().length - 1; i >= 0; i--) {
            Segment segment = before.segments()[i];
            int row = segment.find(itemId, segment.relative(version));
            if (row != Segment.NONE) {
                segment.attributes.patch(row, attributes, segment.relative(version));
                view = new View(version, catalogue, before.size(), before.segments(), before.openRows());
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean remove(long catalogue, long itemId) {
        View before = view;
        long version = before.version() + 1;
        if (!kill(before, itemId, version)) {
            return false;
        }
        view = new View(version, catalogue, before.size() - 1, before.segments(), before.openRows());
        return true;
    }

    @Override
    public Searcher newSearcher() {
        return new LiveSearcher(this, kernels);
    }

    @Override
    public void settle() {
        // No background work yet.
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
        // No background work yet, and all memory is the heap's.
    }

    /** Returns what a search that starts now sees. */
    View view() {
        return view;
    }

    private static boolean kill(View before, long itemId, long version) {
        for (int i = before.segments().length - 1; i >= 0; i--) {
            Segment segment = before.segments()[i];
            int row = segment.find(itemId, segment.relative(version));
            if (row != Segment.NONE) {
                segment.kill(row, version);
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
