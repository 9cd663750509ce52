package io.magpie.protocol;

import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests in which a buffer was lost. JUnit finds it by itself, here and in the modules that use the tests of
 * this one.
 */
public final class LeakCheck implements AfterAllCallback {
    private static final long MOST_WAIT_MILLIS = TimeUnit.SECONDS.toMillis(5);

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        List<String> leaks = leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError("buffers were lost, here or in the class before: " + String.join("\n", leaks));
        }
    }

    /** Returns which buffers were lost since the last call. */
    static List<String> leaks() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> last = new WeakReference<>(new Object(), collected);
        System.gc();
        // Once this is through, so is what was collected with it; without an end it would be a JVM that does not
        // collect.
        collected.remove(MOST_WAIT_MILLIS);
        Reference.reachabilityFence(last);
        // The detector looks at what was collected when the next buffer is made.
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        return LeakRecorder.take();
    }
}
