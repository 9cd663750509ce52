package io.magpie.core.engine;

import io.magpie.core.fusion.Decay;
import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;
import org.agrona.collections.Long2LongHashMap;

/**
 * How often each item was met of late, over all people: a count an item that fades by half-life. An event at t moves the
 * item's count c of time T so, with d(x) what is left after x: {@code T' = max(T, t); c' = c x d(T' - T) + d(T' - t)}. Two
 * counts are kept an item, one that fades slowly (popular) and one that fades fast (trending). Nothing here can be led back
 * to a person: who is erased leaves the sums as they are.
 *
 * <p>Of each kind the {@link #listed} items with the highest counts are kept in order, whatever the time they are asked
 * for: all counts fade alike, so that their order does not depend on it. The board is a function of the counts and times
 * alone, not of the order in which they came.
 *
 * <p>One writer at a time (the holder of the store's lock); any number of threads read. A read copies the list, anew if a
 * writer came between; it allocates nothing.
 */
final class PopularityBoard {
    /** Half-life of months: what is popular. */
    static final int POPULAR = 0;

    /** Half-life of hours or days: what is trending. */
    static final int TRENDING = 1;

    /** How many items an answer draws on. */
    static final int DEFAULT_LISTED = 1024;

    private static final int KINDS = 2;
    private static final int NO_ROW = -1;
    private static final int READS_BEFORE_LOCK = 16;

    private final int listed;
    private final long[] halfLivesMillis;
    private final StampedLock lock = new StampedLock();
    private final PopularityList[] lists;

    private final Long2LongHashMap rowOf = new Long2LongHashMap(NO_ROW);
    private long[] ids = new long[1024];
    private long[] times = new long[1024];
    private final double[][] counts = new double[KINDS][1024];
    private int rows;

    PopularityBoard(PopularityConfiguration configuration, int listed) {
        this.listed = listed;
        halfLivesMillis = new long[] {configuration.popularHalfLifeMillis(), configuration.trendingHalfLifeMillis()};
        lists = new PopularityList[] {
            new PopularityList(listed, halfLivesMillis[POPULAR]), new PopularityList(listed, halfLivesMillis[TRENDING])
        };
    }

    /** Counts an event. Writer. */
    void record(long itemId, long timeMillis) {
        long stamp = lock.writeLock();
        try {
            int row = rowFor(itemId, timeMillis);
            long last = times[row];
            long now = Math.max(last, timeMillis);
            for (int kind = 0; kind < KINDS; kind++) {
                double before = counts[kind][row];
                double after = before * Decay.factor(now - last, halfLivesMillis[kind])
                        + Decay.factor(now - timeMillis, halfLivesMillis[kind]);
                counts[kind][row] = after;
                if (lists[kind].covers(now)) {
                    lists[kind].move(itemId, before, last, after, now);
                }
            }
            times[row] = now;
            rebuildWhereNeeded(now);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Forgets an item: it has left the catalogue. Writer. */
    void remove(long itemId) {
        long stamp = lock.writeLock();
        try {
            int row = (int) rowOf.remove(itemId);
            if (row == NO_ROW) {
                return;
            }
            int last = --rows;
            for (int kind = 0; kind < KINDS; kind++) {
                lists[kind].remove(itemId, counts[kind][row], times[row]);
                counts[kind][row] = counts[kind][last];
            }
            if (row != last) {
                ids[row] = ids[last];
                times[row] = times[last];
                rowOf.put(ids[row], row);
            }
            rebuildWhereNeeded(Long.MIN_VALUE);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Sets an item's counts as they were kept. Writer, before there are readers; {@link #listAll} follows. */
    void restore(long itemId, double popular, double trending, long timeMillis) {
        int row = rowFor(itemId, timeMillis);
        times[row] = timeMillis;
        counts[POPULAR][row] = popular;
        counts[TRENDING][row] = trending;
    }

    /** Puts the lists in order after {@link #restore}. Writer. */
    void listAll() {
        long stamp = lock.writeLock();
        try {
            for (int kind = 0; kind < KINDS; kind++) {
                rebuild(kind);
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Returns an item's count as of its time; 0 if it has none. Writer. */
    double count(int kind, long itemId) {
        int row = (int) rowOf.get(itemId);
        return row == NO_ROW ? 0 : counts[kind][row];
    }

    /** Returns the time of an item's counts; 0 if it has none. Writer. */
    long timeMillis(long itemId) {
        int row = (int) rowOf.get(itemId);
        return row == NO_ROW ? 0 : times[row];
    }

    /** Returns how many items have counts. Any thread; may be a change behind. */
    int size() {
        return rows;
    }

    /** Copies the items of the highest counts. Any thread. */
    void read(int kind, PopularItems into) {
        for (int i = 0; i < READS_BEFORE_LOCK; i++) {
            long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                lists[kind].copyTo(into, listed);
                if (lock.validate(stamp)) {
                    into.halfLifeMillis(halfLivesMillis[kind]);
                    return;
                }
            }
            Thread.onSpinWait();
        }
        long stamp = lock.readLock();
        try {
            lists[kind].copyTo(into, listed);
            into.halfLifeMillis(halfLivesMillis[kind]);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private int rowFor(long itemId, long timeMillis) {
        int row = (int) rowOf.get(itemId);
        if (row != NO_ROW) {
            return row;
        }
        if (rows == ids.length) {
            int size = rows + rows / 2;
            ids = Arrays.copyOf(ids, size);
            times = Arrays.copyOf(times, size);
            for (int kind = 0; kind < KINDS; kind++) {
                counts[kind] = Arrays.copyOf(counts[kind], size);
            }
        }
        row = rows++;
        rowOf.put(itemId, row);
        ids[row] = itemId;
        times[row] = timeMillis;
        for (int kind = 0; kind < KINDS; kind++) {
            counts[kind][row] = 0;
        }
        return row;
    }

    private void rebuildWhereNeeded(long now) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (!lists[kind].covers(now) || lists[kind].count() < Math.min(listed, rows)) {
                rebuild(kind);
            }
        }
    }

    private void rebuild(int kind) {
        long latest = 0;
        for (int row = 0; row < rows; row++) {
            latest = Math.max(latest, times[row]);
        }
        lists[kind].clear(latest);
        for (int row = 0; row < rows; row++) {
            lists[kind].insert(ids[row], counts[kind][row], times[row]);
        }
    }
}
