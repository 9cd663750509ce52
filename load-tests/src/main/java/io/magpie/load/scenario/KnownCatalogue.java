package io.magpie.load.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items that this process has put into a server, and which of them it has hidden since and when. So the right answer
 * of any catalogue version can be worked out.
 *
 * <p>Built and changed by one thread; may be read by many once that has ended.
 */
public final class KnownCatalogue {
    private record Change(long version, boolean hidden) {}

    private final int dimension;
    private final long[] ids;
    private final float[] vectors;
    private final float[] biases;
    private final Map<Integer, List<Change>> changes = new HashMap<>();
    private long firstVersion;
    private long lastVersion;
    private boolean foreignChange;

    /**
     * @param ids     of every item; kept
     * @param vectors {@code float32[items * dimension]}; kept
     * @param biases  {@code float32[items]}; kept
     */
    public KnownCatalogue(int dimension, long[] ids, float[] vectors, float[] biases) {
        if (vectors.length != ids.length * dimension || biases.length != ids.length) {
            throw new IllegalArgumentException("arrays do not fit each other: ids=" + ids.length + " dimension="
                    + dimension + " vectors=" + vectors.length + " biases=" + biases.length);
        }
        this.dimension = dimension;
        this.ids = ids;
        this.vectors = vectors;
        this.biases = biases;
    }

    /** Says under which catalogue version the server has the items as they are here. */
    public void loadedAs(long version) {
        firstVersion = version;
        lastVersion = version;
    }

    /**
     * Says that an item was hidden or shown again.
     *
     * @param version the catalogue version that the server named for it; one above the one before, or else someone else
     *                has changed items and no answer can be judged any more
     */
    public void changed(int row, long version, boolean hidden) {
        foreignChange |= version != lastVersion + 1;
        lastVersion = version;
        changes.computeIfAbsent(row, any -> new ArrayList<>()).add(new Change(version, hidden));
    }

    /** Returns whether versions were skipped: someone else has changed items. */
    public boolean hasForeignChange() {
        return foreignChange;
    }

    /** Returns whether the answer of this version can be judged. */
    public boolean knows(long version) {
        return version >= firstVersion && version <= lastVersion;
    }

    /** Returns whether the item was hidden in this version. */
    boolean isHidden(int row, long version) {
        List<Change> history = changes.get(row);
        if (history == null) {
            return false;
        }
        boolean hidden = false;
        for (Change change : history) {
            if (change.version() > version) {
                break;
            }
            hidden = change.hidden();
        }
        return hidden;
    }

    /** Returns whether any item was ever hidden. */
    boolean hasChanges() {
        return !changes.isEmpty();
    }

    /** Returns how many items there are. */
    public int size() {
        return ids.length;
    }

    /** Returns the length of every vector. */
    public int dimension() {
        return dimension;
    }

    /** Returns the id of a row. */
    public long id(int row) {
        return ids[row];
    }

    /** Returns the bias of a row. */
    public float bias(int row) {
        return biases[row];
    }

    /** Returns all vectors, row by row; not to be changed. */
    public float[] vectors() {
        return vectors;
    }
}
