package io.magpie.client;

/**
 * The calls of one connection that wait for an answer, found by correlation id without a map: the low 16 bits of an id
 * are the call's place, the rest counts up, so that an id is never used twice and a late answer finds nobody. Owned by
 * the connection's event loop.
 */
final class CallTable {
    private static final int PLACE_BITS = 16;
    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

    /** Most calls that ids can tell apart. */
    static final int MAX_PLACES = 1 << PLACE_BITS;

    private final Call[] calls;
    private final long[] ids;
    private final int[] free;
    private int freeCount;
    private long sequence;

    CallTable(int places) {
        calls = new Call[places];
        ids = new long[places];
        free = new int[places];
        for (int i = 0; i < places; i++) {
            free[i] = places - 1 - i;
        }
        freeCount = places;
    }

    /** Adds a call and returns its correlation id, which is never 0. */
    long add(Call call) {
        int place = free[--freeCount];
        long id = ++sequence << PLACE_BITS | place;
        calls[place] = call;
        ids[place] = id;
        return id;
    }

    /** Takes the call of an id out; null if it is not there (any more). */
    Call remove(long id) {
        int place = (int) id & PLACE_MASK;
        if (place >= calls.length || calls[place] == null || ids[place] != id) {
            return null;
        }
        return removeAt(place);
    }

    /** Takes a call out whose deadline has passed, or null. */
    Call removeExpired(long nowNanos) {
        for (int place = 0; place < calls.length; place++) {
            Call call = calls[place];
            if (call != null && call.deadlineNanos() - nowNanos <= 0) {
                return removeAt(place);
            }
        }
        return null;
    }

    /** Takes any call out, or null when there is none. */
    Call removeAny() {
        for (int place = 0; place < calls.length; place++) {
            if (calls[place] != null) {
                return removeAt(place);
            }
        }
        return null;
    }

    /** Returns the nanoseconds from {@code nowNanos} to the earliest deadline; {@link Long#MAX_VALUE} for none. */
    long nanosToNextDeadline(long nowNanos) {
        long least = Long.MAX_VALUE;
        for (Call call : calls) {
            if (call != null) {
                least = Math.min(least, call.deadlineNanos() - nowNanos);
            }
        }
        return least;
    }

    private Call removeAt(int place) {
        Call call = calls[place];
        calls[place] = null;
        free[freeCount++] = place;
        return call;
    }
}
