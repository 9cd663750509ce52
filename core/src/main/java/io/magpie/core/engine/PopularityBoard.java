package io.magpie.core.engine;

import io.magpie.core.fusion.Decay;
import io.magpie.core.profile.ItemRecord;
import java.util.Arrays;
import java.util.concurrent.locks.StampedLock;
import org.agrona.collections.Long2LongHashMap;

/**
 * How often each item was met of late, over all people: a count an item that fades by half-life. An event at t moves the
 * item's count c of time T so, with d(x) what is left after x: {@code T' = max(T, t); c' = c x d(T' - T) + d(T' - t)}. Two
 * counts are kept an item, one that fades slowly (popular) and one that fades fast (trending). Nothing here can be led back
 * to a person: who is erased leaves the sums as they are. They are kept in the item's record, with which they go.
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

    /**
     * Moves an item's counts by an event. They become the board's by {@link #put}, once they are kept. Writer.
     *
     * @param item       changed
     * @param timeMillis when it happened; its whole second counts
     */
    void count(ItemRecord item, long timeMillis) {
        long last = Integer.toUnsignedLong(item.countedSeconds());
        long event = timeMillis / 1000;
        long now = Math.max(last, event);
        item.counts(
                moved(item.popular(), (now - last) * 1000, (now - event) * 1000, halfLivesMillis[POPULAR]),
                moved(item.trending(), (now - last) * 1000, (now - event) * 1000, halfLivesMillis[TRENDING]),
                (int) now);
    }

    private static double moved(double before, long agedMillis, long lateMillis, long halfLifeMillis) {
        double kept = before == 0 ? 0 : before * Decay.factor(agedMillis, halfLifeMillis);
        return kept + Decay.factor(lateMillis, halfLifeMillis);
    }

    /** Takes in an item's counts. Writer. */
    void put(ItemRecord item) {
        if (item.countedSeconds() == 0) {
            return; // met in the first second of all time alone: a start takes it for never met, too
        }
        long stamp = lock.writeLock();
        try {
            long itemId = item.itemId();
            long now = Integer.toUnsignedLong(item.countedSeconds()) * 1000;
            int row = rowFor(itemId, now);
            for (int kind = 0; kind < KINDS; kind++) {
                double after = kind == POPULAR ? item.popular() : item.trending();
                if (lists[kind].covers(now)) {
                    lists[kind].move(itemId, counts[kind][row], times[row], after, now);
                }
                counts[kind][row] = after;
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

    /** Takes in an item's counts at the start, before there are readers; {@link #listAll} follows. Writer. */
    void restore(ItemRecord item) {
        if (item.countedSeconds() != 0) {
            long timeMillis = Integer.toUnsignedLong(item.countedSeconds()) * 1000;
            int row = rowFor(item.itemId(), timeMillis);
            counts[POPULAR][row] = item.popular();
            counts[TRENDING][row] = item.trending();
        }
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
