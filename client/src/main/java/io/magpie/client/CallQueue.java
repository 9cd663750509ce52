package io.magpie.client;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Calls on their way from many callers to one event loop, in a ring that allocates nothing. It never overflows because
 * the connection admits no more calls than it has places.
 */
final class CallQueue {
    private final AtomicReferenceArray<Call> ring;
    private final AtomicLong tail = new AtomicLong();
    private final int mask;
    private long head;

    /**
     * @param places a power of two, at least the most calls that can be queued at once
     */
    CallQueue(int places) {
        if (Integer.bitCount(places) != 1) {
            throw new IllegalArgumentException("a power of two is needed: places=" + places);
        }
        ring = new AtomicReferenceArray<>(places);
        mask = places - 1;
    }

    /** Appends a call. Any thread. */
    void add(Call call) {
        ring.set((int) tail.getAndIncrement() & mask, call);
    }

    /** Takes the next call, or null. A caller who is just adding will wake the event loop when it is done. Event loop. */
    Call poll() {
        int at = (int) head & mask;
        Call call = ring.get(at);
        if (call != null) {
            ring.set(at, null);
            head++;
        }
        return call;
    }
}
