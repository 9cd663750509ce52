package io.magpie.server.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the process has taken of the machine: processor time, memory, garbage. Any thread, but not an event loop. */
final class ProcessFigures {
    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4_096;

    private ProcessFigures() {}

    static void addTo(List<Counter> counters, ServerMetrics metrics) {
        counters.add(Counter.of(
                "heap.usedBytes",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()));
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        counters.add(Counter.of("gc.collections", collections));
        counters.add(Counter.of("gc.millis", millis));
        counters.add(Counter.of("loops.allocatedBytes", allocatedBytes(metrics)));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            counters.add(Counter.of("process.cpuMicros", system.getProcessCpuTime() / 1_000));
        }
        counters.add(Counter.of("process.residentBytes", residentBytes()));
        counters.add(Counter.of("java.feature", Runtime.version().feature()));
    }

    /** What the threads of the event loops have allocated on the heap since they began. */
    private static long allocatedBytes(ServerMetrics metrics) {
        long sum = 0;
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
            for (long bytes : threads.getThreadAllocatedBytes(metrics.threadIds())) {
                sum += Math.max(0, bytes);
            }
        }
        return sum;
    }

    /** Memory in use, mapped files included; 0 where the system does not tell. */
    private static long residentBytes() {
        try {
            return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE_BYTES;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
