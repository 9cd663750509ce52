package io.magpie.core.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Rows of items in few large arrays. A row is written once; afterwards only its death and its attributes change. Which
 * rows a search sees follows from versions: those born at its version or before, and not dead by then. So a search sees
 * one state of the catalogue, however long it takes, and a writer never waits for it.
 *
 * <p>One writer, any number of readers. Rows are published by the {@link View} that counts them, a death by the view of
 * the version that it names: whoever reads a death too new for its view ignores it.
 */
final class Segment {
    /** The version of death of the living. */
    static final int ALIVE = Integer.MAX_VALUE;

    private static final long RESERVED_ID = -1L;

    /** No row. */
    static final int NONE = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

    final int capacity;
    final int dimension;
    /** Versions in the columns count from here, so that an int is enough. */
    final long baseVersion;

    final long[] ids;
    /** {@code float32[capacity][dimension]}. */
    final float[] vectors;

    final float[] biases;
    final AttributeColumns attributes;
    /** The codes of a sealed segment; null while it is open or waits to be sealed. */
    final BlockCodes codes;
    /** Of each row, the version of its birth; null in a sealed segment, whose rows were all there from the start. */
    private final int[] born;

    private final int[] died;
    /** Of each row, the row that this id had in this segment before; null in a sealed segment. */
    private final int[] older;
    /** Of each row of a segment without codes, an upper bound of its norm. */
    private final double[] norms;
    /** Open addressing: the newest row of an id, plus one; 0 is free. */
    private final int[] table;

    /** Of a sealed segment, which rows a filter may pass. */
    private SelectiveRows selective;
    /** Of a sealed segment, a bit for each row patched since it was sealed. */
    private final long[] patched;

    private int rows;
    private int living;
    private int filled;
    private double largestNorm;
    private float largestBias = Float.NEGATIVE_INFINITY;

    /** Makes an open segment. */
    Segment(int capacity, int dimension, long baseVersion) {
        this(capacity, dimension, baseVersion, null);
    }

    /** Makes an open segment, or, with codes, a sealed one whose rows are still to be copied. */
    private Segment(int capacity, int dimension, long baseVersion, BlockCodes codes) {
        this.capacity = capacity;
        this.dimension = dimension;
        this.baseVersion = baseVersion;
        ids = new long[capacity];
        vectors = new float[Math.multiplyExact(capacity, dimension)];
        biases = new float[capacity];
        attributes = new AttributeColumns(capacity);
        this.codes = codes;
        boolean open = codes == null;
        born = open ? new int[capacity] : null;
        older = open ? new int[capacity] : null;
        norms = open ? new double[capacity] : null;
        patched = open ? null : new long[(capacity + 63) / 64];
        died = new int[capacity];
        table = new int[Integer.highestOneBit(Math.max(8, capacity) * 2 - 1) * 2];
    }

    /**
     * Seals rows: copies them in the order of their codes. Their deaths until {@code version} are over, their newest
     * attributes then are copied; what happens later has to be carried over by the caller.
     *
     * @param order of each position the number of a row in the list, or {@link BlockCodesBuilder#PADDING}
     */
    static Segment sealed(RowList rows, int[] order, BlockCodes codes, long version) {
        Segment sealed = new Segment(order.length, codes.dimension, version, codes);
        for (int position = 0; position < order.length; position++) {
            int number = order[position];
            // Born at the version itself, dead at it too: filling is never visible.
            sealed.died[position] = 0;
            sealed.ids[position] = RESERVED_ID;
            if (number != BlockCodesBuilder.PADDING) {
                sealed.copy(position, rows.segment(number), rows.row(number), version);
            }
        }
        sealed.rows = order.length;
        sealed.selective = new SelectiveRows(sealed, order.length);
        return sealed;
    }

    private void copy(int position, Segment from, int row, long version) {
        ids[position] = from.ids[row];
        System.arraycopy(from.vectors, row * dimension, vectors, position * dimension, dimension);
        biases[position] = from.biases[row];
        died[position] = ALIVE;
        attributes.copy(position, from.attributes, from.attributes.record(row, from.relative(version)), 0);
        int slot = slotOf(ids[position]);
        SLOT.setRelease(table, slot, position + 1);
        living++;
        filled++;
    }

    /** Returns how many rows are written. Writer; readers take the number from their view. */
    int rows() {
        return rows;
    }

    /** Returns a version as this segment's columns hold it. */
    int relative(long version) {
        return (int) Math.min(version - baseVersion, ALIVE - 1);
    }

    /** Adds a row; there must be room. Writer. */
    int append(long id, float[] vector, int offset, float bias, long version) {
        int row = rows++;
        ids[row] = id;
        System.arraycopy(vector, offset, vectors, row * dimension, dimension);
        biases[row] = bias;
        born[row] = relative(version);
        died[row] = ALIVE;
        living++;
        filled++;
        double square = 0;
        for (int i = 0; i < dimension; i++) {
            square += (double) vector[offset + i] * vector[offset + i];
        }
        norms[row] = Math.sqrt(square) * (1 + 1e-9);
        largestNorm = Math.max(largestNorm, norms[row]);
        largestBias = Math.max(largestBias, bias);
        int slot = slotOf(id);
        older[row] = table[slot] - 1;
        SLOT.setRelease(table, slot, row + 1);
        return row;
    }

    /** Replaces a row's attributes from a version on. Writer. */
    void patch(int row, ItemAttributes newOnes, long version) {
        markPatched(row);
        attributes.patch(row, newOnes, relative(version));
    }

    /** Takes over the newest attributes of a row of another segment, from a version on. Writer. */
    void patchFrom(int row, Segment from, int fromRow, long version) {
        markPatched(row);
        attributes.copy(
                row, from.attributes, from.attributes.record(fromRow, from.relative(version)), relative(version));
    }

    private void markPatched(int row) {
        if (patched != null) {
            patched[row >>> 6] |= 1L << row;
        }
    }

    /** Returns a bit for each row of a block of 64 that was patched after sealing. */
    long patched(int block) {
        return patched[block];
    }

    /** Returns which rows a filter may pass; of a sealed segment. */
    SelectiveRows selective() {
        return selective;
    }

    /** Ends a row's life with the version. Writer. */
    void kill(int row, long version) {
        died[row] = relative(version);
        living--;
    }

    /** Returns how many rows hold an item, living or dead: all but a sealed segment's filling. Writer. */
    int filled() {
        return filled;
    }

    /** Returns how many rows live. Writer. */
    int living() {
        return living;
    }

    /** Returns whether a search of this version sees the row. Any thread. */
    boolean isVisible(int row, int relativeVersion) {
        return died[row] > relativeVersion && (born == null || born[row] <= relativeVersion);
    }

    /** Returns the row of an id that is visible at a version, or {@link #NONE}. Any thread. */
    int find(long id, int relativeVersion) {
        int row = (int) SLOT.getAcquire(table, slotOf(id)) - 1;
        while (row != NONE && born != null && born[row] > relativeVersion) {
            row = older[row];
        }
        return row != NONE && died[row] > relativeVersion ? row : NONE;
    }

    /** Returns an upper bound of a row's norm; of a segment without codes. */
    double norm(int row) {
        return norms[row];
    }

    /** Returns an upper bound of the norms of all rows ever written. */
    double largestNorm() {
        return largestNorm;
    }

    /** Returns the largest bias of all rows ever written. */
    float largestBias() {
        return largestBias;
    }

    /** Returns how many bytes the rows take, without id map and filter columns. */
    long bytes() {
        long row = Float.BYTES * (dimension + 1L) + Long.BYTES + Integer.BYTES;
        return codes != null ? capacity * row + codes.bytes() : capacity * (row + 2L * Integer.BYTES + Double.BYTES);
    }

    private int slotOf(long id) {
        int mask = table.length - 1;
        int slot = (int) (mix(id) >>> 32) & mask;
        int entry = (int) SLOT.getAcquire(table, slot);
        while (entry != 0 && ids[entry - 1] != id) {
            slot = (slot + 1) & mask;
            entry = (int) SLOT.getAcquire(table, slot);
        }
        return slot;
    }

    private static long mix(long id) {
        long mixed = (id ^ id >>> 32) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    @Override
    public String toString() {
        return "rows=" + rows + " capacity=" + capacity + " baseVersion=" + baseVersion + " ids="
                + Arrays.toString(Arrays.copyOf(ids, Math.min(rows, 4)));
    }
}
