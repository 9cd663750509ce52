package io.magpie.load.generator;

/**
 * Requests of one connection that wait for their answer. A correlation id names a place in this table and how often it
 * was used, so that an answer that comes twice, or to nothing, is found out. Not thread-safe.
 */
final class InFlight {
    private static final int SLOT_BITS = 16;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    private final long[] intendedNanos;
    private final long[] keys;
    private final long[] uses;
    private final boolean[] open;
    private final int[] free;
    private int freeCount;

    /** @param capacity most requests at once, 1 to 65,536 */
    InFlight(int capacity) {
        if (capacity < 1 || capacity > SLOT_MASK + 1) {
            throw new IllegalArgumentException(
                    "requests in flight a connection are 1 to " + (SLOT_MASK + 1) + ": capacity=" + capacity);
        }
        intendedNanos = new long[capacity];
        keys = new long[capacity];
        uses = new long[capacity];
        open = new boolean[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            free[i] = capacity - 1 - i;
        }
        freeCount = capacity;
    }

    boolean isFull() {
        return freeCount == 0;
    }

    /** Returns how many requests wait. */
    int count() {
        return free.length - freeCount;
    }

    /** Takes a place; there must be one. */
    int open(long intended) {
        int slot = free[--freeCount];
        intendedNanos[slot] = intended;
        uses[slot]++;
        open[slot] = true;
        return slot;
    }

    /** Returns the name under which the request of this place is sent; never 0. */
    long correlationId(int slot) {
        return uses[slot] << SLOT_BITS | slot;
    }

    /** Keeps what the scenario wants to see again with the answer. */
    void key(int slot, long key) {
        keys[slot] = key;
    }

    long key(int slot) {
        return keys[slot];
    }

    long intendedNanos(int slot) {
        return intendedNanos[slot];
    }

    /** Returns the place of a request that waits, or -1 if none of this name does. */
    int find(long correlationId) {
        int slot = (int) (correlationId & SLOT_MASK);
        return slot < open.length && open[slot] && correlationId(slot) == correlationId ? slot : -1;
    }

    /** Gives the place back. */
    void close(int slot) {
        open[slot] = false;
        free[freeCount++] = slot;
    }
}
