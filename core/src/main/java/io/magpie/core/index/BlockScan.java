package io.magpie.core.index;

import io.magpie.core.vector.Kernels;

/** Scans the codes of a sealed segment and hands on the rows that may belong to the answer. Scratch; not thread-safe. */
final class BlockScan {
    private static final int BLOCK = BlockCodes.BLOCK;
    /** Longer lists find their threshold as they go. */
    private static final int MOST_SEEDS = 24;
    /** With up to so many rows a block, on average, rows are scored sooner than codes are scanned. */
    private static final int ROWS_WORTH_A_SCAN = 2;

    private static final int GOES_ON = -1;
    /** With fewer queries, tiles are not full enough to gain by unpacking together. */
    private static final int QUERIES_WORTH_GATHERING = 12;
    /** Queries that end after fewer blocks, of catalogues that are small or whose norms vary, are sooner done alone. */
    private static final int BLOCKS_WORTH_GATHERING = 600;
    /** The last dozen batches make most of an average. */
    private static final double NEW_SHARE = 1.0 / 8;

    /** So few that those found are still in the nearest cache when they are looked at again. */
    private static final int BLOCKS_TOGETHER = 16;

    private final Kernels kernels;
    private final ScanAssistant helper;
    private final SharedScan shared = new SharedScan();
    private final int[] hits = new int[BlockCodes.MOST_BLOCKS_IN_GROUP + 1];
    private final short[] sums = new short[(BlockCodes.MOST_BLOCKS_IN_GROUP + 1) * BLOCK];
    private final short[] maxima = new short[BLOCK];
    private final short[] best = new short[MOST_SEEDS];
    private final GatheredQueries gathered = new GatheredQueries();
    private final CandidateRows candidateRows = new CandidateRows();
    /** How many blocks a query of a batch has scanned of late. */
    private double blocksAQuery;

    private long blocksOfBatch;
    private boolean gathersAlways;

    /**
     * @param helper who may help with a query that is alone; null for nobody
     */
    BlockScan(Kernels kernels, ScanAssistant helper) {
        this.kernels = kernels;
        this.helper = helper;
    }

    /**
     * Scans a segment for some queries, group by group. Those for which the deadline passes are left with {@code
     * segmentDone} false.
     *
     * @param at       the version to see, relative to the segment
     * @param mayShare whether the helper may be asked: the only query is the only one of its batch
     */
    void scan(Segment segment, int at, QueryRun[] runs, int count, boolean mayShare) {
        BlockCodes codes = segment.codes;
        for (int r = 0; r < count; r++) {
            runs[r].startSegment(segment);
            runs[r].nextGroup = GOES_ON;
        }
        boolean gathers = isWorthGathering(count) && kernels.scansTogether() && PackedQuery.suits(codes);
        gathered.clear();
        int left = count;
        for (int group = 0; group < codes.groups && left > 0; group++) {
            if (group > 0 && mayShare && isWorthSharing(codes, group, runs[0])) {
                if (shareRest(segment, at, group, runs[0])) {
                    return;
                }
            }
            for (int r = 0; r < count; r++) {
                QueryRun run = runs[r];
                if (run.segmentDone || run.nextGroup != GOES_ON) {
                    continue;
                }
                double least = run.least();
                if (run.codes.bound(codes.normFromHere[group], codes.biasFromHere[group]) <= least) {
                    run.segmentDone = true;
                    left--;
                } else if (run.isLate()) {
                    run.nextGroup = group;
                    left--;
                } else if (run.codes.bound(codes.norm[group], codes.bias[group]) > least) {
                    if (gathers && gathered.add(run, codes)) {
                        if (gathered.isFull()) {
                            scanGathered(segment, at, group);
                        }
                    } else {
                        scanGroup(segment, at, run, group);
                    }
                }
            }
            scanGathered(segment, at, group);
        }
        for (int r = 0; r < count; r++) {
            runs[r].segmentDone |= runs[r].nextGroup == GOES_ON;
        }
    }

    private boolean isWorthGathering(int queries) {
        return queries >= QUERIES_WORTH_GATHERING || gathersAlways && queries > 2;
    }

    /**
     * Returns whether the queries of a batch had better scan each group one after another, and not each query its groups:
     * whether queries have looked at so many blocks of late that these do not stay in a core's cache.
     */
    boolean isWorthGoingTogether() {
        return blocksAQuery > BLOCKS_WORTH_GATHERING || gathersAlways;
    }

    /** Learns from a batch how many blocks a query looks at. */
    void batchEnded(int queries) {
        if (queries > 1) {
            blocksAQuery += NEW_SHARE * ((double) blocksOfBatch / queries - blocksAQuery);
        }
        blocksOfBatch = 0;
    }

    /** Scans for several queries at once whatever it costs: small catalogues try out what is made for large ones. */
    void gatherAlways() {
        gathersAlways = true;
    }

    /** Works on groups of a shared scan until none is left that is worth it. */
    void share(SharedScan scan, QueryRun run) {
        BlockCodes codes = scan.segment().codes;
        int group = scan.nextGroup();
        while (group < codes.groups) {
            run.floor = scan.floor();
            double least = run.least();
            if (run.codes.bound(codes.normFromHere[group], codes.biasFromHere[group]) <= least) {
                return;
            }
            if (run.isLate()) {
                run.nextGroup = group;
                return;
            }
            if (run.codes.bound(codes.norm[group], codes.bias[group]) > least) {
                scanGroup(scan.segment(), scan.at(), run, group);
                scan.raise(run.threshold());
            }
            group = scan.nextGroup();
        }
    }

    private boolean isWorthSharing(BlockCodes codes, int group, QueryRun run) {
        if (helper == null || codes.blocks * (long) BLOCK < helper.worthRows() || run.selective) {
            return false;
        }
        if (run.threshold() == Float.NEGATIVE_INFINITY || !helper.isFree()) {
            return false;
        }
        int far = group;
        int end = codes.groups;
        double least = run.least();
        // Bounds from a group on descend: find the first group that ends the scan.
        while (far < end) {
            int middle = (far + end) >>> 1;
            if (run.codes.bound(codes.normFromHere[middle], codes.biasFromHere[middle]) > least) {
                far = middle + 1;
            } else {
                end = middle;
            }
        }
        return (codes.firstBlock[far] - codes.firstBlock[group]) * (long) BLOCK >= helper.worthRows();
    }

    /** Scans from a group on together with the helper. Returns false, and does nothing, if it is busy. */
    private boolean shareRest(Segment segment, int at, int group, QueryRun run) {
        shared.start(segment, at, run.query, group, run.threshold());
        if (!helper.offer(shared)) {
            shared.await();
            return false;
        }
        run.nextGroup = Integer.MAX_VALUE;
        try {
            share(shared, run);
        } finally {
            if (shared.await()) {
                QueryRun other = helper.results();
                run.nextGroup = Math.min(run.nextGroup, other.nextGroup);
                run.merge(other);
            }
            helper.release(shared);
        }
        run.floor = Float.NEGATIVE_INFINITY;
        run.segmentDone = run.nextGroup == Integer.MAX_VALUE;
        return true;
    }

    private void scanGroup(Segment segment, int at, QueryRun run, int group) {
        BlockCodes codes = segment.codes;
        int first = codes.firstBlock[group];
        int blocks = codes.firstBlock[group + 1] - first;
        if (run.selective && fewCandidates(segment, run, first, blocks)) {
            scoreCandidates(segment, at, run, first, blocks);
            return;
        }
        run.codes.prepare(codes);
        blocksOfBatch += blocks;
        run.scanned((long) blocks * BLOCK);
        seed(segment, at, run, group);
        int threshold = run.threshold(0, group);
        if (threshold == QueryCodes.NONE_REACHES) {
            return;
        }
        int found = scan(codes, first, blocks, run.codes, (short) threshold);
        for (int i = 0; i < found; i++) {
            look(segment, at, run, group, first + (hits[i] >>> 4), i);
            // At once: each may raise the threshold for the next block.
            candidateRows.score(segment, at);
        }
    }

    /** Scans a group for the gathered queries: what is shared is unpacked once, what is not is looked at one by one. */
    private void scanGathered(Segment segment, int at, int group) {
        // A tile of four costs as much as two queries on their own.
        while (gathered.count() > 0 && (gathered.count() <= 2 || gathered.count() % 4 == 1)) {
            scanGroup(segment, at, gathered.removeLast(), group);
        }
        int count = gathered.count();
        if (count == 0) {
            return;
        }
        BlockCodes codes = segment.codes;
        int first = codes.firstBlock[group];
        int blocks = codes.firstBlock[group + 1] - first;
        for (int i = 0; i < count; i++) {
            QueryRun run = gathered.run(i);
            blocksOfBatch += blocks;
            run.scanned((long) blocks * BLOCK);
            seed(segment, at, run, group);
        }
        gathered.start(codes, group);
        for (int block = first; block < first + blocks; block += BLOCKS_TOGETHER) {
            gathered.scan(kernels, block, Math.min(BLOCKS_TOGETHER, first + blocks - block));
            for (int i = 0; i < count; i++) {
                if (gathered.reached(i) != 0) {
                    lookAgain(segment, at, gathered.run(i), group, block, gathered.reached(i));
                }
            }
            // Not before all have looked: rows of several queries are fetched side by side.
            candidateRows.score(segment, at);
        }
        gathered.clear();
    }

    /** Scans blocks that a coarser scan found, for one query. */
    private void lookAgain(Segment segment, int at, QueryRun run, int group, int first, long found) {
        for (long left = found; left != 0; left &= left - 1) {
            int block = first + Long.numberOfTrailingZeros(left);
            int threshold = run.threshold(0, group);
            if (threshold == QueryCodes.NONE_REACHES) {
                return;
            }
            if (scan(segment.codes, block, 1, run.codes, (short) threshold) > 0) {
                look(segment, at, run, group, block, 0);
            }
        }
    }

    /** Looks closer at a block that was found. */
    private void look(Segment segment, int at, QueryRun run, int group, int block, int hit) {
        long mask = survivors(segment.codes, group, block, hit, run);
        int number = block - segment.codes.firstBlock[group];
        if (number < run.seeded) {
            mask &= ~run.seeds[number];
        }
        if (run.selective) {
            mask &= candidates(segment, run, block);
        }
        for (long left = mask; left != 0; left &= left - 1) {
            if (candidateRows.isFull()) {
                candidateRows.score(segment, at);
            }
            candidateRows.add(run, block * BLOCK + Long.numberOfTrailingZeros(left));
        }
    }

    private static long candidates(Segment segment, QueryRun run, int block) {
        return run.candidates[block] | segment.patched(block);
    }

    private static boolean fewCandidates(Segment segment, QueryRun run, int first, int blocks) {
        int rows = 0;
        for (int block = first; block < first + blocks; block++) {
            rows += Long.bitCount(candidates(segment, run, block));
        }
        return rows <= ROWS_WORTH_A_SCAN * blocks;
    }

    /** Scores the rows of a group that the filter may pass: few, so that their codes need not be looked at. */
    private static void scoreCandidates(Segment segment, int at, QueryRun run, int first, int blocks) {
        for (int block = first; block < first + blocks; block++) {
            long left = candidates(segment, run, block);
            if (left != 0) {
                run.scanned(Long.bitCount(left));
                for (; left != 0; left &= left - 1) {
                    run.considerLikely(segment, block * BLOCK + Long.numberOfTrailingZeros(left), at);
                }
            }
        }
    }

    /** Returns which items of a block reach the threshold at each level. */
    private long survivors(BlockCodes codes, int group, int block, int hit, QueryRun run) {
        QueryCodes query = run.codes;
        int threshold = run.threshold(0, group);
        if (threshold == QueryCodes.NONE_REACHES) {
            return 0;
        }
        long mask = 0;
        if (codes.rowsWorthALevel > 1) {
            // Once more, for the threshold may have risen since the block was found.
            mask = reached(codes, 0, block, hit, query, (short) threshold);
            if (Long.bitCount(mask) <= codes.rowsWorthALevel) {
                return mask;
            }
        }
        for (int level = 1; level < codes.plan.levels(); level++) {
            threshold = run.threshold(level, group);
            if (threshold == QueryCodes.NONE_REACHES) {
                return 0;
            }
            int parts = hit << 4 | hits[hit] & 15;
            mask = refine(codes, level, block, parts, query, (short) threshold);
            if (mask == 0) {
                return 0;
            }
        }
        return mask;
    }

    /**
     * Where nothing is known yet, scores the items of a group's first blocks whose first level promises most, and notes
     * which.
     */
    private void seed(Segment segment, int at, QueryRun run, int group) {
        run.seeded = 0;
        if (run.selective || !run.needsSeeds(MOST_SEEDS)) {
            return;
        }
        BlockCodes codes = segment.codes;
        int first = codes.firstBlock[group];
        int blocks = Math.min(codes.firstBlock[group + 1] - first, QueryRun.MOST_SEED_BLOCKS);
        // Sets the last column's factors.
        run.codes.threshold(0, group, Double.NEGATIVE_INFINITY);
        int found = scan(codes, first, blocks, run.codes, (short) -QueryCodes.LARGEST_SUM);
        java.util.Arrays.fill(run.seeds, 0);
        kernels.laneMaxima(sums, found, maxima);
        short bar = highest(run.query.limit());
        for (int lane = 0; lane < BLOCK; lane++) {
            if (maxima[lane] >= bar) {
                addSeeds(segment, at, run, first, lane, found, bar);
            }
        }
        candidateRows.score(segment, at);
        run.seeded = blocks;
    }

    /** Takes the rows of one lane of the blocks scanned last whose sums reach a bar. */
    private void addSeeds(Segment segment, int at, QueryRun run, int first, int lane, int found, short bar) {
        for (int i = 0; i < found; i++) {
            if (sums[i * BLOCK + lane] >= bar) {
                if (candidateRows.isFull()) {
                    candidateRows.score(segment, at);
                }
                int block = hits[i] >>> 4;
                run.seeds[block] |= 1L << lane;
                candidateRows.add(run, (first + block) * BLOCK + lane);
            }
        }
    }

    private int scan(BlockCodes codes, int first, int blocks, QueryCodes query, short threshold) {
        int columns = codes.plan.columns(0);
        int offset = first * columns * BLOCK;
        short[] of = codes.codes[0];
        short[] factors = query.factors(0);
        return codes.plan.width == 8
                ? kernels.scanPairs(of, offset, blocks, columns, factors, query.start(0), threshold, hits, sums)
                : kernels.scanQuads(of, offset, blocks, columns, factors, query.start(0), threshold, hits, sums);
    }

    private long refine(BlockCodes codes, int level, int block, int hit, QueryCodes query, short threshold) {
        int columns = codes.plan.columns(level);
        int offset = block * columns * BLOCK;
        short[] of = codes.codes[level];
        short[] factors = query.factors(level);
        short start = query.start(level);
        return codes.plan.width == 8
                ? kernels.refinePairs(of, offset, columns, factors, start, threshold, sums, hit)
                : kernels.refineQuads(of, offset, columns, factors, start, threshold, sums, hit);
    }

    /** Which items of a block, summed up to this level, reach a threshold: only the last column is left to add. */
    private long reached(BlockCodes codes, int level, int block, int hit, QueryCodes query, short threshold) {
        int columns = codes.plan.columns(level);
        int factor = (columns - 1) * codes.plan.codesInShort() * kernels.lanes();
        int offset = (block * columns + columns - 1) * BLOCK;
        return kernels.lastColumn(
                codes.codes[level], offset, query.factors(level), factor, threshold, sums, hit * BLOCK);
    }

    /**
     * Returns the count-th largest of the lanes' maxima. At least as many sums reach it, and few more: the largest of a
     * thousand are seldom in the same lane.
     */
    private short highest(int count) {
        int filled = 0;
        for (int lane = 0; lane < BLOCK; lane++) {
            short sum = maxima[lane];
            if (filled < count || sum > best[count - 1]) {
                int i = filled < count ? filled++ : count - 1;
                while (i > 0 && best[i - 1] < sum) {
                    best[i] = best[i - 1];
                    i--;
                }
                best[i] = sum;
            }
        }
        return best[count - 1];
    }
}
