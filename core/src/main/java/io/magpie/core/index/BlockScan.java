package io.magpie.core.index;

import io.magpie.core.vector.Kernels;

/** Scans the codes of a sealed segment and hands on the rows that may belong to the answer. Scratch; not thread-safe. */
final class BlockScan {
    private static final int BLOCK = BlockCodes.BLOCK;

    private final Kernels kernels;
    private final LiveSearcher searcher;
    private final int[] hits = new int[BlockCodes.MOST_BLOCKS_IN_GROUP + 1];
    private final short[] sums = new short[(BlockCodes.MOST_BLOCKS_IN_GROUP + 1) * BLOCK];
    private final short[] best = new short[MOST_SEEDS];
    private int nextGroup;

    /** For longer lists the first block is scored whole. */
    private static final int MOST_SEEDS = 24;

    BlockScan(Kernels kernels, LiveSearcher searcher) {
        this.kernels = kernels;
        this.searcher = searcher;
    }

    /** Returns the group at which the last scan was cut off. */
    int nextGroup() {
        return nextGroup;
    }

    /**
     * Scans a segment.
     *
     * @param at the version to see, relative to the segment
     * @return false if the deadline cut it off
     */
    boolean scan(Segment segment, int at, QueryCodes query, ItemQuery asked) {
        BlockCodes codes = segment.codes;
        boolean hurried = asked.deadlineNanos() != ItemQuery.NO_DEADLINE;
        boolean prepared = false;
        long scanned = 0;
        for (int group = 0; group < codes.groups; group++) {
            double least = searcher.least();
            if (query.bound(codes.normFromHere[group], codes.biasFromHere[group]) <= least) {
                break;
            }
            if (hurried && System.nanoTime() - asked.deadlineNanos() > 0) {
                nextGroup = group;
                searcher.scanned(scanned);
                return false;
            }
            if (query.bound(codes.norm[group], codes.bias[group]) <= least) {
                continue;
            }
            if (!prepared) {
                query.prepare(codes);
                prepared = true;
            }
            scanGroup(segment, at, query, asked, group, least);
            scanned += (long) (codes.firstBlock[group + 1] - codes.firstBlock[group]) * BLOCK;
        }
        searcher.scanned(scanned);
        return true;
    }

    private void scanGroup(Segment segment, int at, QueryCodes query, ItemQuery asked, int group, double least) {
        BlockCodes codes = segment.codes;
        int threshold = query.threshold(0, group, least);
        if (threshold == QueryCodes.NONE_REACHES) {
            return;
        }
        int first = codes.firstBlock[group];
        int found = scan(codes, first, codes.firstBlock[group + 1] - first, query, (short) threshold);
        int last = codes.plan.levels() - 1;
        double known = Double.NaN;
        for (int i = 0; i < found; i++) {
            double now = searcher.least();
            if (now != known) {
                known = now;
                threshold = query.threshold(last, group, now);
                if (threshold == QueryCodes.NONE_REACHES) {
                    return;
                }
            }
            int block = first + hits[i];
            long mask = last == 0
                    ? reached(codes, last, block, i, query, (short) threshold)
                    : refine(codes, last, block, i, query, (short) threshold);
            if (searcher.takesAll() && asked.limit() <= MOST_SEEDS && Long.bitCount(mask) > asked.limit()) {
                // Nothing is known yet: score the most promising first, then see what is left to beat them.
                long left = scoreBest(segment, at, asked, block, mask, i * BLOCK);
                known = searcher.least();
                threshold = query.threshold(last, group, known);
                mask = threshold == QueryCodes.NONE_REACHES
                        ? 0
                        : left & reached(codes, last, block, i, query, (short) threshold);
            }
            for (; mask != 0; mask &= mask - 1) {
                score(segment, at, asked, block * BLOCK + Long.numberOfTrailingZeros(mask));
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
                ? kernels.refinePairs(of, offset, columns, factors, start, threshold, sums, hit * BLOCK)
                : kernels.refineQuads(of, offset, columns, factors, start, threshold, sums, hit * BLOCK);
    }

    /** Which items of a block, summed up to this level, reach a threshold: only the last column is left to add. */
    private long reached(BlockCodes codes, int level, int block, int hit, QueryCodes query, short threshold) {
        int columns = codes.plan.columns(level);
        int factor = (columns - 1) * codes.plan.codesInShort() * kernels.lanes();
        int offset = (block * columns + columns - 1) * BLOCK;
        return kernels.lastColumn(
                codes.codes[level], offset, query.factors(level), factor, threshold, sums, hit * BLOCK);
    }

    /** Scores the items with the largest sums, as many as are asked for or a few more; returns the others. */
    private long scoreBest(Segment segment, int at, ItemQuery asked, int block, long mask, int sumsAt) {
        short bar = highest(mask, asked.limit(), sumsAt);
        long left = mask;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            int lane = Long.numberOfTrailingZeros(rest);
            if (sums[sumsAt + lane] >= bar) {
                left &= ~(1L << lane);
                score(segment, at, asked, block * BLOCK + lane);
            }
        }
        return left;
    }

    private void score(Segment segment, int at, ItemQuery asked, int row) {
        if (segment.isVisible(row, at)) {
            searcher.consider(segment, row, at, asked.filter());
        }
    }

    /** Returns the count-th largest sum of the lanes in the mask. */
    private short highest(long mask, int count, int sumsAt) {
        int filled = 0;
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            short sum = sums[sumsAt + Long.numberOfTrailingZeros(rest)];
            if (filled < count || sum > best[count - 1]) {
                int i = filled < count ? filled++ : count - 1;
                while (i > 0 && best[i - 1] < sum) {
                    best[i] = best[i - 1];
                    i--;
                }
                best[i] = sum;
            }
        }
        return best[filled - 1];
    }
}
