package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;
import org.agrona.collections.LongHashSet;

/**
 * Searches a {@link LiveItemIndex} for one thread. Where queries look at many blocks, those of a batch go through a
 * segment together, group of blocks by group of blocks, so that what one of them has brought into the cache serves the
 * others. Where they end after few, they go one after another: then it is the queries that would drive each other out.
 */
final class LiveSearcher implements ItemIndex.Searcher {
    private static final int ROWS_BETWEEN_CLOCK_READINGS = 1024;

    private final LiveItemIndex index;
    private final Kernels kernels;
    private final int dimension;
    private final double[] wide;
    private final ScanAssistant helper;
    private final BlockScan blockScan;
    private QueryRun[] runs = new QueryRun[0];
    private long version;

    LiveSearcher(LiveItemIndex index, Kernels kernels) {
        this.index = index;
        this.kernels = kernels;
        dimension = index.dimension();
        wide = new double[dimension];
        helper = index.helper();
        blockScan = new BlockScan(kernels, helper);
    }

    @Override
    public void search(ItemQuery[] queries, int count) {
        View view = index.view();
        version = view.catalogue();
        // Alone, each has the first run, whose six kilobytes stay in the nearest cache.
        int together = count > 1 && blockScan.isWorthGoingTogether() ? count : 1;
        reserve(together);
        helper.enter();
        try {
            for (int from = 0; from < count; from += together) {
                answer(view, queries, from, together, count == 1);
            }
        } finally {
            helper.leave();
        }
        blockScan.batchEnded(count);
    }

    /**
     * Answers some queries together.
     *
     * @param mayShare whether the helper may be asked
     */
    private void answer(View view, ItemQuery[] queries, int from, int count, boolean mayShare) {
        for (int i = 0; i < count; i++) {
            runs[i].start(queries[from + i]);
        }
        int scans = 0;
        for (int i = 0; i < count; i++) {
            QueryRun run = runs[i];
            if (run.query.filter().isIncludeOnly()) {
                scoreIncluded(view, run);
                run.finish();
            } else {
                // Those that scan stand in front.
                runs[i] = runs[scans];
                runs[scans++] = run;
            }
        }
        scan(view, scans, mayShare);
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
                double product = kernels.dot(wide, segment.vectors, row * dimension, dimension);
                return Kernels.score(product, segment.biases[row]);
            }
        }
        return Float.NaN;
    }

    /** See {@link BlockScan#gatherAlways()}; for tests. */
    LiveSearcher gatherAlways() {
        blockScan.gatherAlways();
        return this;
    }

    private static void scoreIncluded(View view, QueryRun run) {
        LongHashSet.LongIterator ids = run.query.filter().included().iterator();
        while (ids.hasNext()) {
            long id = ids.nextValue();
            for (int i = view.segments().length - 1; i >= 0; i--) {
                Segment segment = view.segments()[i];
                int at = segment.relative(view.version());
                int row = segment.find(id, at);
                if (row != Segment.NONE) {
                    run.scanned(1);
                    run.consider(segment, row, at);
                    break;
                }
            }
        }
    }

    /** Answers the first runs. Those that are cut off leave the front, so that the rest goes on without them. */
    private void scan(View view, int count, boolean mayShare) {
        int active = count;
        for (int i = 0; i < view.segments().length && active > 0; i++) {
            Segment segment = view.segments()[i];
            int at = segment.relative(view.version());
            if (segment.codes != null) {
                blockScan.scan(segment, at, runs, active, mayShare);
            }
            for (int r = active - 1; r >= 0; r--) {
                QueryRun run = runs[r];
                boolean whole = segment.codes != null ? run.segmentDone : scanRows(segment, at, view.rows(i), run);
                if (!whole) {
                    cutOff(view, i, run);
                    run.finish();
                    runs[r] = runs[--active];
                    runs[active] = run;
                }
            }
        }
        for (int r = 0; r < active; r++) {
            runs[r].finish();
        }
    }

    /** Looks at rows without codes, one by one. Returns false if the deadline cut it off. */
    private static boolean scanRows(Segment segment, int at, int rows, QueryRun run) {
        for (int row = 0; row < rows; row++) {
            if (row % ROWS_BETWEEN_CLOCK_READINGS == 0 && run.isLate()) {
                return false;
            }
            if (run.codes.bound(segment.norm(row), segment.biases[row]) > run.least()) {
                run.consider(segment, row, at);
            }
        }
        run.scanned(rows);
        return true;
    }

    /** Says how good what was not seen may be: the rest of one segment, and those behind it. */
    private static void cutOff(View view, int from, QueryRun run) {
        double bound = Double.NEGATIVE_INFINITY;
        for (int i = from; i < view.segments().length; i++) {
            Segment segment = view.segments()[i];
            if (segment.codes == null) {
                bound = Math.max(bound, bound(run, segment.largestNorm(), segment.largestBias()));
            } else {
                int group = i == from ? run.nextGroup : 0;
                double norm = segment.codes.normFromHere[group];
                bound = Math.max(bound, bound(run, norm, segment.codes.biasFromHere[group]));
            }
        }
        run.query.cutOff(Math.nextUp((float) bound));
    }

    /** Where there is no row there is no largest bias, and the sum of a bound would be no number. */
    private static double bound(QueryRun run, double norm, double bias) {
        return bias == Double.NEGATIVE_INFINITY ? bias : run.codes.bound(norm, bias);
    }

    private void reserve(int count) {
        if (runs.length < count) {
            int from = runs.length;
            runs = Arrays.copyOf(runs, count);
            for (int i = from; i < count; i++) {
                runs[i] = new QueryRun(kernels, dimension);
            }
        }
    }
}
