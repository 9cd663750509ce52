package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import org.agrona.collections.LongHashSet;

/** Searches a {@link LiveItemIndex} for one thread. */
final class LiveSearcher implements ItemIndex.Searcher {
    private static final int ROWS_BETWEEN_CLOCK_READINGS = 1024;

    private final LiveItemIndex index;
    private final Kernels kernels;
    private final int dimension;
    private final QueryCodes codes;
    private final double[] wide;
    private final TopItems top = new TopItems();
    private final BlockScan blockScan;

    private long version;
    private long scanned;
    private long scored;

    LiveSearcher(LiveItemIndex index, Kernels kernels) {
        this.index = index;
        this.kernels = kernels;
        dimension = index.dimension();
        codes = new QueryCodes(kernels, dimension);
        wide = codes.wide();
        blockScan = new BlockScan(kernels, this);
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
        codes.query(query.vector());
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
                int at = segment.relative(view.version());
                int row = segment.find(id, at);
                if (row != Segment.NONE) {
                    scanned++;
                    consider(segment, row, at, filter);
                    break;
                }
            }
        }
    }

    private void scan(View view, ItemQuery query) {
        for (int i = 0; i < view.segments().length; i++) {
            Segment segment = view.segments()[i];
            boolean whole = segment.codes != null
                    ? blockScan.scan(segment, segment.relative(view.version()), codes, query)
                    : scanRows(view, i, query);
            if (!whole) {
                cutOff(view, i, query);
                return;
            }
        }
    }

    /** Looks at rows without codes, one by one. Returns false if the deadline cut it off. */
    private boolean scanRows(View view, int number, ItemQuery query) {
        boolean hurried = query.deadlineNanos() != ItemQuery.NO_DEADLINE;
        Segment segment = view.segments()[number];
        int at = segment.relative(view.version());
        int rows = view.rows(number);
        for (int row = 0; row < rows; row++) {
            if (hurried && row % ROWS_BETWEEN_CLOCK_READINGS == 0 && System.nanoTime() - query.deadlineNanos() > 0) {
                return false;
            }
            if (codes.bound(segment.norm(row), segment.biases[row]) > least() && segment.isVisible(row, at)) {
                consider(segment, row, at, query.filter());
            }
        }
        scanned += rows;
        return true;
    }

    /** Returns the largest number that a score must exceed to get into the answer, ties by id included. */
    double least() {
        float threshold = top.threshold();
        return threshold == Float.NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : Math.nextDown(threshold);
    }

    /** Returns whether the answer still takes whatever comes. */
    boolean takesAll() {
        return !top.isFull();
    }

    /** Counts items that were looked at in any form. */
    void scanned(long items) {
        scanned += items;
    }

    /** Scores a visible row if it passes the filter. */
    void consider(Segment segment, int row, int at, ItemFilter filter) {
        AttributeColumns attributes = segment.attributes;
        long id = segment.ids[row];
        if (!attributes.passes(attributes.record(row, at), filter)
                || !filter.excluded().isEmpty() && filter.excluded().contains(id)) {
            return;
        }
        scored++;
        top.offer(id, score(segment, row));
    }

    private float score(Segment segment, int row) {
        return Kernels.score(kernels.dot(wide, segment.vectors, row * dimension, dimension), segment.biases[row]);
    }

    /** Says how good what was not seen may be: the rest of one segment, and those behind it. */
    private void cutOff(View view, int from, ItemQuery query) {
        double bound = Double.NEGATIVE_INFINITY;
        for (int i = from; i < view.segments().length; i++) {
            Segment segment = view.segments()[i];
            if (segment.codes == null) {
                bound = Math.max(bound, codes.bound(segment.largestNorm(), segment.largestBias()));
            } else {
                int group = i == from ? blockScan.nextGroup() : 0;
                bound = Math.max(
                        bound, codes.bound(segment.codes.normFromHere[group], segment.codes.biasFromHere[group]));
            }
        }
        query.cutOff(Math.nextUp((float) bound));
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
