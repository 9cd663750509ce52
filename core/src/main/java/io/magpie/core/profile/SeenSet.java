package io.magpie.core.profile;

import java.util.Arrays;
import java.util.List;

/**
 * The items that a person has seen or was shown, with time and source: bounded, the newest are kept. Mutable and meant to
 * be reused; reading into it and recording allocate nothing. Not thread-safe; owned by the thread that made it.
 *
 * <p>An item has at most one entry of each kind but shown: each showing is an entry of its own, so that they can be counted
 * in any window of time. The set knows which of its chunks have changed since it was read, so
 * that only these are logged and written.
 */
public final class SeenSet {
    private static final long TIME_MASK = 0xFFFF_FFFFL;
    private static final long COUNT_ONE = 1L << SeenDescriptor.META_COUNT_SHIFT;

    final int limit;
    final long[] words;
    private final long[] dirtyChunks;

    long profileId;
    boolean truncated;
    boolean shownTruncated;
    int count;

    /**
     * @param limit how many entries it holds at most, 1..65,536
     * @throws IllegalArgumentException if the limit is out of range
     */
    public SeenSet(int limit) {
        if (limit < 1 || limit > SeenDescriptor.MAX_SEEN_LIMIT) {
            throw new IllegalArgumentException(
                    "out of range: seenLimit=" + limit + " most=" + SeenDescriptor.MAX_SEEN_LIMIT);
        }
        this.limit = limit;
        words = new long[limit * 2];
        dirtyChunks = new long[(SeenDescriptor.chunksFor(limit) + 63) >>> 6];
    }

    /** Makes it the empty set of this person. */
    public void clear(long profileId) {
        this.profileId = profileId;
        truncated = false;
        shownTruncated = false;
        count = 0;
        Arrays.fill(dirtyChunks, 0);
    }

    /** Returns whose it is. */
    public long profileId() {
        return profileId;
    }

    /** Returns how many entries it holds at most. */
    public int limit() {
        return limit;
    }

    /** Returns how many entries it holds. */
    public int count() {
        return count;
    }

    /** Returns the item of an entry. */
    public long itemId(int index) {
        return words[index * 2];
    }

    /** Returns when the entry's item was last seen: seconds since 1970, unsigned 32 bits. */
    public int timeSeconds(int index) {
        return (int) words[index * 2 + 1];
    }

    /** Returns the number of the source that told so last. */
    public int source(int index) {
        return (int) (words[index * 2 + 1] >>> SeenDescriptor.META_SOURCE_SHIFT) & 0xFF;
    }

    /** Returns {@link SeenDescriptor#KIND_SEEN} or {@link SeenDescriptor#KIND_SHOWN}. */
    public int kind(int index) {
        return (int) (words[index * 2 + 1] >>> SeenDescriptor.META_KIND_SHIFT) & 0xFF;
    }

    /** Returns how often, 1..65,535; the last stands for as often or more. */
    public int count(int index) {
        return (int) (words[index * 2 + 1] >>> SeenDescriptor.META_COUNT_SHIFT);
    }

    /** Returns whether showings had to go to make room for newer entries. */
    public boolean shownTruncated() {
        return shownTruncated;
    }

    /** Returns whether seen entries had to go to make room for newer ones. */
    public boolean truncated() {
        return truncated;
    }

    /** Returns the first entry of this item and kind, or -1. */
    public int find(long itemId, int kind) {
        for (int i = 0; i < count; i++) {
            if (words[i * 2] == itemId && kind(i) == kind) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Records that an item was seen, or shown. A repeat of seen raises the entry's count, and its time if it is later. Each
     * showing is an entry of its own, up to {@value SeenDescriptor#SHOWINGS_PER_ITEM} an item; the next takes the place of
     * the item's oldest and adds that one's count to its own.
     *
     * <p>When full, the oldest entry of a kind makes room: of shown ones while they are more than a quarter of the set, else
     * of seen ones. If the new one is itself older, it is not kept. Either way the set is then truncated in that kind.
     *
     * @param timeSeconds seconds since 1970, unsigned 32 bits
     * @param source      0..255
     * @param kind        0..255
     * @return the entry's number, or -1 if it was too old to be kept
     */
    public int record(long itemId, int timeSeconds, int source, int kind) {
        int index = kind == SeenDescriptor.KIND_SHOWN ? replacedShowing(itemId) : find(itemId, kind);
        if (index < 0) {
            return add(itemId, timeSeconds, source, kind);
        }
        long meta = words[index * 2 + 1];
        if (Integer.compareUnsigned(timeSeconds, (int) meta) >= 0) {
            meta = meta & ~(TIME_MASK | 0xFFL << SeenDescriptor.META_SOURCE_SHIFT)
                    | timeSeconds & TIME_MASK
                    | (long) (source & 0xFF) << SeenDescriptor.META_SOURCE_SHIFT;
        }
        // Saturates: adding to 65,535 would make it 0.
        if (meta >>> SeenDescriptor.META_COUNT_SHIFT != 0xFFFF) {
            meta += COUNT_ONE;
        }
        words[index * 2 + 1] = meta;
        markDirty(index);
        return index;
    }

    /**
     * Takes over what a set of another limit holds, for a data directory that is migrated; this one is empty before.
     *
     * @param newNumbers for each source its number here, or -1 if its entries are left out; what answers have shown is no
     *     source's, and stays
     * @return how many entries were left out
     */
    public int takeFrom(SeenSet other, int[] newNumbers) {
        truncated = other.truncated;
        shownTruncated = other.shownTruncated;
        int dropped = 0;
        for (int i = 0; i < other.count; i++) {
            int source = newNumber(other.source(i), newNumbers);
            int before = count;
            int index = source < 0 ? -1 : add(other.itemId(i), other.timeSeconds(i), source, other.kind(i));
            if (index >= 0) {
                words[index * 2 + 1] += (other.count(i) - 1) * COUNT_ONE;
            }
            dropped += index >= 0 && count > before ? 0 : 1;
        }
        return dropped;
    }

    private static int newNumber(int source, int[] newNumbers) {
        if (source == SeenDescriptor.SOURCE_ANSWER) {
            return source;
        }
        return source < newNumbers.length ? newNumbers[source] : -1;
    }

    private int add(long itemId, int timeSeconds, int source, int kind) {
        int index = count;
        if (count < limit) {
            count++;
        } else {
            int shown = countOf(SeenDescriptor.KIND_SHOWN);
            boolean isShown = kind == SeenDescriptor.KIND_SHOWN;
            boolean shownGives = isShown ? shown >= Math.max(1, limit / 4) : shown > limit / 4;
            index = oldest(shownGives);
            markTruncated(shownGives);
            if (isShown == shownGives && Integer.compareUnsigned(timeSeconds, timeSeconds(index)) < 0) {
                return -1;
            }
        }
        words[index * 2] = itemId;
        words[index * 2 + 1] = timeSeconds & TIME_MASK
                | (long) (source & 0xFF) << SeenDescriptor.META_SOURCE_SHIFT
                | (long) (kind & 0xFF) << SeenDescriptor.META_KIND_SHIFT
                | COUNT_ONE;
        markDirty(index);
        return index;
    }

    /** Returns the item's oldest showing if no more of them are kept, else -1. */
    private int replacedShowing(long itemId) {
        int showings = 0;
        int oldest = -1;
        for (int i = 0; i < count; i++) {
            if (words[i * 2] == itemId && kind(i) == SeenDescriptor.KIND_SHOWN) {
                showings++;
                if (oldest < 0 || Integer.compareUnsigned(timeSeconds(i), timeSeconds(oldest)) < 0) {
                    oldest = i;
                }
            }
        }
        return showings < SeenDescriptor.SHOWINGS_PER_ITEM ? -1 : oldest;
    }

    private int countOf(int kind) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += kind(i) == kind ? 1 : 0;
        }
        return found;
    }

    private void markTruncated(boolean shown) {
        if (!(shown ? shownTruncated : truncated)) {
            truncated |= !shown;
            shownTruncated |= shown;
            markDirty(0);
        }
    }

    /** Puts these entries in place of all, two words each. */
    void replaceAll(List<long[]> entries, boolean seenWent, boolean shownWent) {
        int most = Math.max(1, Math.max(count, entries.size()));
        count = entries.size();
        truncated = seenWent;
        shownTruncated = shownWent;
        for (int i = 0; i < count; i++) {
            words[i * 2] = entries.get(i)[0];
            words[i * 2 + 1] = entries.get(i)[1];
        }
        for (int i = 0; i < most; i += SeenDescriptor.CHUNK_ENTRIES) {
            markDirty(i);
        }
    }

    /** Removes an entry; the last one takes its number. */
    public void remove(int index) {
        int last = count - 1;
        if (index < 0 || index > last) {
            throw new IndexOutOfBoundsException("no such entry: index=" + index + " count=" + count);
        }
        words[index * 2] = words[last * 2];
        words[index * 2 + 1] = words[last * 2 + 1];
        words[last * 2] = 0;
        words[last * 2 + 1] = 0;
        markDirty(index);
        markDirty(last);
        count = last;
    }

    /** Returns how many chunks hold it; an empty set that is truncated still has one. */
    public int chunkCount() {
        return Math.max(truncated || shownTruncated ? 1 : 0, SeenDescriptor.chunksFor(count));
    }

    /** Returns whether a chunk has changed since the set was read, or is new. */
    public boolean isChunkDirty(int chunk) {
        return (dirtyChunks[chunk >>> 6] & 1L << chunk) != 0;
    }

    private void markDirty(int index) {
        int chunk = index / SeenDescriptor.CHUNK_ENTRIES;
        dirtyChunks[chunk >>> 6] |= 1L << chunk;
    }

    private int oldest(boolean shown) {
        int oldest = -1;
        for (int i = 0; i < count; i++) {
            if (shown == (kind(i) == SeenDescriptor.KIND_SHOWN)
                    && (oldest < 0 || Integer.compareUnsigned(timeSeconds(i), timeSeconds(oldest)) < 0)) {
                oldest = i;
            }
        }
        return oldest;
    }
}
