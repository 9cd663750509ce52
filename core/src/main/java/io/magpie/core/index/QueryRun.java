package io.magpie.core.index;

import io.magpie.core.vector.Kernels;

/** One query while it is answered: its codes, the best items so far, and what it cost. Reused; not thread-safe. */
final class QueryRun {
    /** How many blocks may be searched for what makes a first threshold. */
    static final int MOST_SEED_BLOCKS = 16;

    private final Kernels kernels;
    private final int dimension;
    private final TopItems top = new TopItems();
    final QueryCodes codes;
    ItemQuery query;
    /** Whether the answer is complete as far as the segment being scanned goes. */
    boolean segmentDone;
    /** The group of the segment at which the deadline cut the scan off, unless {@link #segmentDone}. */
    int nextGroup;
    /** Whether the scan of the segment is led by {@link #candidates}. */
    boolean selective;
    /** A bit for each row of the segment being scanned that the filter may pass, when {@link #selective}. */
    long[] candidates = new long[0];

    /** How many of the first blocks of the group being scanned were searched for a first threshold. */
    int seeded;
    /** Of each of these blocks, a bit for each row that was scored then. */
    final long[] seeds = new long[MOST_SEED_BLOCKS];

    /** A score that as many items are known to reach as are asked for. */
    float floor;

    private boolean zero;
    /** Whether to look at scores before looks at attributes: where nearly every row passes the filter. */
    private boolean scoreFirst;

    private long scanned;
    private long scored;

    QueryRun(Kernels kernels, int dimension) {
        this.kernels = kernels;
        this.dimension = dimension;
        codes = new QueryCodes(kernels, dimension);
    }

    void start(ItemQuery asked) {
        asked.clearAnswer();
        take(asked);
        // The squares of floats, in double, sum up to something finite, unless one of them is not.
        if (!(codes.norm() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a query vector is finite");
        }
    }

    /** Starts on a part of a query that another run answers. */
    void join(ItemQuery asked) {
        take(asked);
        selective = false;
        seeded = 0;
        nextGroup = Integer.MAX_VALUE;
    }

    private void take(ItemQuery asked) {
        query = asked;
        codes.query(asked.vector());
        zero = codes.norm() == 0;
        scoreFirst = asked.filter().asksNoAttribute();
        floor = Float.NEGATIVE_INFINITY;
        top.clear(asked.limit());
        scanned = 0;
        scored = 0;
    }

    /** Takes in what another run found for the same query. */
    void merge(QueryRun other) {
        other.top.offerTo(top);
        scanned += other.scanned;
        scored += other.scored;
    }

    void finish() {
        top.drainTo(query);
        query.cost(scanned, scored);
        query = null;
    }

    /** Finds out whether the filter leaves so few rows of a sealed segment that they lead the scan. */
    void startSegment(Segment segment) {
        segmentDone = false;
        seeded = 0;
        ItemFilter filter = query.filter();
        selective = false;
        if (!filter.asksNoAttribute() || segment.selective().isMostlyHidden()) {
            int words = segment.codes.blocks;
            if (candidates.length < words) {
                candidates = new long[words];
            }
            selective = segment.selective().mark(filter, candidates);
        }
    }

    /** Returns the largest number that a score must exceed to get into the answer, ties by id included. */
    double least() {
        float threshold = Math.max(floor, top.threshold());
        return threshold == Float.NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : Math.nextDown(threshold);
    }

    /** Returns what the sums of a level must reach in a group by now, and sets the codes' last factors for it. */
    int threshold(int level, int group) {
        return codes.threshold(level, group, least());
    }

    /** Returns the score of the worst item of a full answer, else minus infinity. */
    float threshold() {
        return top.threshold();
    }

    /** Returns whether the answer still takes whatever comes, and is short. */
    boolean needsSeeds(int most) {
        return !top.isFull() && floor == Float.NEGATIVE_INFINITY && query.limit() <= most;
    }

    boolean isLate() {
        long deadline = query.deadlineNanos();
        return deadline != ItemQuery.NO_DEADLINE && System.nanoTime() - deadline > 0;
    }

    /** Counts items that were looked at in any form. */
    void scanned(long items) {
        scanned += items;
    }

    /** Scores a row if it is visible and passes the filter. */
    void consider(Segment segment, int row, int at) {
        if (scoreFirst) {
            considerLikely(segment, row, at);
        } else if (isWanted(segment, row, at)) {
            scored++;
            top.offer(segment.ids[row], score(segment, row));
        }
    }

    /** The same, for a row that is likely to pass the filter, and unlikely to score enough: the score comes first. */
    void considerLikely(Segment segment, int row, int at) {
        scored++;
        float score = score(segment, row);
        if (score >= top.threshold() && isWanted(segment, row, at)) {
            top.offer(segment.ids[row], score);
        }
    }

    private boolean isWanted(Segment segment, int row, int at) {
        if (!segment.isVisible(row, at)) {
            return false;
        }
        ItemFilter filter = query.filter();
        AttributeColumns attributes = segment.attributes;
        return attributes.passes(attributes.record(row, at), filter)
                && (filter.excluded().isEmpty() || !filter.excluded().contains(segment.ids[row]));
    }

    private float score(Segment segment, int row) {
        // Every product with a zero vector is a zero, and so is their sum.
        double product = zero ? 0.0 : kernels.dot(codes.wide(), segment.vectors, row * dimension, dimension);
        return Kernels.score(product, segment.biases[row]);
    }
}
