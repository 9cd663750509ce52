package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import org.agrona.collections.LongHashSet;

/** Searches a {@link LiveItemIndex} for one thread. */
final class LiveSearcher implements ItemIndex.Searcher {
    private static final int ROWS_BETWEEN_CLOCK_READINGS = 1024;

    private final LiveItemIndex index;
    private final Kernels kernels;
    private final int dimension;
    private final double[] wide;
    private final TopItems top = new TopItems();
    private long version;
    private long scanned;
    private long scored;

    LiveSearcher(LiveItemIndex index, Kernels kernels) {
        this.index = index;
        this.kernels = kernels;
        dimension = index.dimension();
        wide = new double[dimension];
    }

    @Override
    public void search(ItemQuery[] queries, int count) {
        View view = index.view();
        version = view.catalogue();
        for (int i = 0; i < count; i++) {
            search(view, queries[i]);
        }
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public boolean vector(long itemId, float[] into) {
        View view = index.view();
        for (int i = view.segments().length - 1; i >= 0; i--) {
            Segment segment = view.segments()[i];
            int row = segment.find(itemId, segment.relative(view.version()));
            if (row != Segment.NONE) {
                System.arraycopy(segment.vectors, row * dimension, into, 0, dimension);
                return true;
            }
        }
        return false;
    }

    @Override
    public float score(long itemId, float[] vector) {
        View view = index.view();
        for (int i = view.segments().length - 1; i >= 0; i--) {
            Segment segment = view.segments()[i];
            int row = segment.find(itemId, segment.relative(view.version()));
            if (row != Segment.NONE) {
                Kernels.widen(vector, wide, dimension);
                return score(segment, row);
            }
        }
        return Float.NaN;
    }

    private void search(View view, ItemQuery query) {
        query.clearAnswer();
        requireFinite(query.vector());
        Kernels.widen(query.vector(), wide, dimension);
        top.clear(query.limit());
        scanned = 0;
        scored = 0;
        if (query.filter().isIncludeOnly()) {
            scoreIncluded(view, query.filter());
        } else {
            scan(view, query);
        }
        top.drainTo(query);
        query.cost(scanned, scored);
    }

    private void scoreIncluded(View view, ItemFilter filter) {
        LongHashSet.LongIterator ids = filter.included().iterator();
        while (ids.hasNext()) {
            long id = ids.nextValue();
            for (int i = view.segments().length - 1; i >= 0; i--) {
                Segment segment = view.segments()[i];
                int version = segment.relative(view.version());
                int row = segment.find(id, version);
                if (row != Segment.NONE) {
                    scanned++;
                    consider(segment, row, version, filter);
                    break;
                }
            }
        }
    }

    private void scan(View view, ItemQuery query) {
        boolean hurried = query.deadlineNanos() != ItemQuery.NO_DEADLINE;
        for (int i = 0; i < view.segments().length; i++) {
            Segment segment = view.segments()[i];
            int version = segment.relative(view.version());
            int rows = view.rows(i);
            for (int row = 0; row < rows; row++) {
                if (hurried
                        && row % ROWS_BETWEEN_CLOCK_READINGS == 0
                        && System.nanoTime() - query.deadlineNanos() > 0) {
                    query.cutOff(boundFrom(view, i));
                    return;
                }
                if (segment.isVisible(row, version)) {
                    scanned++;
                    consider(segment, row, version, query.filter());
                }
            }
        }
    }

    private void consider(Segment segment, int row, int version, ItemFilter filter) {
        AttributeColumns attributes = segment.attributes;
        long id = segment.ids[row];
        if (!attributes.passes(attributes.record(row, version), filter)
                || !filter.excluded().isEmpty() && filter.excluded().contains(id)) {
            return;
        }
        scored++;
        top.offer(id, score(segment, row));
    }

    private float score(Segment segment, int row) {
        return Kernels.score(kernels.dot(wide, segment.vectors, row * dimension, dimension), segment.biases[row]);
    }

    /** Cauchy-Schwarz over all of the segments from one on, rounded up. */
    private float boundFrom(View view, int from) {
        double square = 0;
        for (int i = 0; i < dimension; i++) {
            square += wide[i] * wide[i];
        }
        double norm = Math.sqrt(square);
        double bound = Double.NEGATIVE_INFINITY;
        for (int i = from; i < view.segments().length; i++) {
            Segment segment = view.segments()[i];
            bound = Math.max(bound, norm * segment.largestNorm() * (1 + 1e-9) + segment.largestBias());
        }
        return Math.nextUp((float) bound);
    }

    private static void requireFinite(float[] vector) {
        float sum = 0;
        for (float each : vector) {
            sum += each * 0.0f;
        }
        if (sum != 0.0f) {
            throw new IllegalArgumentException("a query vector is finite");
        }
    }
}
