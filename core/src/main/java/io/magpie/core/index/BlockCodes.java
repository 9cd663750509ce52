package io.magpie.core.index;

/**
 * The codes of a segment's items, and what bounds need. Immutable once built; thread-safe.
 *
 * <pre>
 *  segment   = groups, best first (largest norm plus bias);   group = up to 64 blocks that share a scale s
 *  block     = 64 items; level 0 holds its first coordinates, level 1 the rest, each in an array of its own
 *
 *  codes[level], one block:   column 0   64 shorts: codes of the level's first 2 (or 4) coordinates of items 0..63
 *                             column 1   64 shorts: codes of the next 2 (or 4)
 *                             ...
 *                             last       64 shorts: low byte rest, high byte error
 * </pre>
 *
 * <p>Let y be a rotated item, z the rotated query, h a level's end. Coordinate d of y is coded as an integer c (or half
 * integer, of width 4) with y_d = s w_d c_d + r_d; the first a coordinates, the <em>head</em>, may have two codes each, of
 * which the first counts sixteen times (a is 0 of width 8). The last column bounds the <em>rest</em> |y from h on| by its
 * code times {@code restUnit}, the <em>error</em> |r from a to h| by its code times {@code errorUnit}; |r before a| is at
 * most {@code headError} in a group. The query's factors are integers k with z_d w_d = u k_d + e_d. Then
 *
 * <pre>
 *  &lt;z, y&gt; = s u sum(k c) + s &lt;e, c&gt; + &lt;z, r&gt; (all before h) + &lt;z, y&gt; (from h on)
 *        &lt;= s u sum(k c) + s |e| |c| + |z before a| headError + |z from a to h| error + |z from h on| rest
 * </pre>
 *
 * by Cauchy-Schwarz, four times. A scan computes the first term and the last two in integers, rounded up, and compares
 * with a threshold from which the others and the largest bias of the group were taken.
 */
final class BlockCodes {
    /** The most blocks that share a scale. */
    static final int MOST_BLOCKS_IN_GROUP = 64;

    static final int BLOCK = 64;

    final int dimension;
    final Rotation rotation;
    final CodePlan plan;
    final int blocks;
    final int groups;
    /** So many rows of a block are scored sooner than the block's second level is read; all, if it has none. */
    final int rowsWorthALevel;
    /** Of each level, the codes. */
    final short[][] codes;
    /** Of each group its first block, and behind the last one the number of blocks. */
    final int[] firstBlock;
    /** Of each group: no item's norm is larger. */
    final double[] norm;
    /** Of each group: no item's bias is larger. */
    final double[] bias;
    /** Of each group: no item's norm is larger in it or any group behind it. */
    final double[] normFromHere;
    /** Of each group: no item's bias is larger in it or any group behind it. */
    final double[] biasFromHere;
    /** Of each group, s. */
    final double[] scale;
    /** Of each group: no item's |r| in the head is larger. */
    final double[] headError;
    /** Of each level and group: no item's |c| is larger. */
    final double[][] codeNorm;

    final double[][] restUnit;
    final double[][] errorUnit;
    /** Of each level, the largest {@link #codeNorm}, 1 at least. */
    final double[] largestCodeNorm;
    /** Of each level, the largest rest and error that the last column can say, in scales. */
    final double[] largestRest;

    final double[] largestError;

    BlockCodes(int dimension, Rotation rotation, CodePlan plan, int[] firstBlock, int groups) {
        this.dimension = dimension;
        this.rotation = rotation;
        this.plan = plan;
        this.firstBlock = firstBlock;
        this.groups = groups;
        blocks = firstBlock[groups];
        int levels = plan.levels();
        // Twice a row's bytes, those of its id and the like included, for they come from more places.
        rowsWorthALevel = levels == 1 ? BLOCK : plan.columns(1) * BLOCK / (Float.BYTES * dimension + BLOCK);
        codes = new short[levels][];
        codeNorm = new double[levels][groups];
        restUnit = new double[levels][groups];
        errorUnit = new double[levels][groups];
        for (int level = 0; level < levels; level++) {
            codes[level] = new short[Math.multiplyExact(blocks, BLOCK * plan.columns(level))];
        }
        norm = new double[groups];
        bias = new double[groups];
        normFromHere = new double[groups + 1];
        biasFromHere = new double[groups + 1];
        scale = new double[groups];
        headError = new double[groups];
        largestCodeNorm = new double[levels];
        largestRest = new double[levels];
        largestError = new double[levels];
    }

    /** Fills what follows from the groups' columns. Called once by the builder. */
    void conclude() {
        normFromHere[groups] = 0;
        biasFromHere[groups] = Double.NEGATIVE_INFINITY;
        for (int group = groups - 1; group >= 0; group--) {
            normFromHere[group] = Math.max(norm[group], normFromHere[group + 1]);
            biasFromHere[group] = Math.max(bias[group], biasFromHere[group + 1]);
        }
        for (int level = 0; level < plan.levels(); level++) {
            largestCodeNorm[level] = 1;
            for (int group = 0; group < groups; group++) {
                double s = scale[group];
                largestCodeNorm[level] = Math.max(largestCodeNorm[level], codeNorm[level][group]);
                largestRest[level] = Math.max(largestRest[level], 255 * restUnit[level][group] / s);
                largestError[level] = Math.max(largestError[level], 127 * errorUnit[level][group] / s);
            }
        }
    }

    /** Returns how many bytes the codes take. */
    long bytes() {
        long bytes = groups * 8L * (7 + 3L * plan.levels());
        for (short[] level : codes) {
            bytes += 2L * level.length;
        }
        return bytes;
    }
}
