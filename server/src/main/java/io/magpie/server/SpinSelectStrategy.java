package io.magpie.server;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;

/**
 * Polls for a while after traffic before it lets the event loop sleep. Waking a sleeping thread costs some 20
 * microseconds under a hypervisor, so a quiet connection gets its answer sooner; the price is a core that is busy
 * meanwhile. Used by one event loop alone.
 */
final class SpinSelectStrategy implements SelectStrategy {
    private final long spinNanos;
    private long lastTrafficNanos = System.nanoTime();
    private boolean slept;

    SpinSelectStrategy(long spinNanos) {
        this.spinNanos = spinNanos;
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        int ready = selectNow.get();
        if (ready > 0 || hasTasks) {
            slept = false;
            if (ready > 0) {
                lastTrafficNanos = System.nanoTime();
            }
            return ready;
        }
        long now = System.nanoTime();
        if (slept) {
            // Something woke the loop since the last call.
            slept = false;
            lastTrafficNanos = now;
        }
        if (now - lastTrafficNanos < spinNanos) {
            Thread.onSpinWait();
            return ready;
        }
        slept = true;
        return SELECT;
    }
}
