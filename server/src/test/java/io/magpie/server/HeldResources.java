package io.magpie.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds that nobody gives back by itself.
 *
 * @param files       open file handles, sockets among them
 * @param mappings    files that are mapped into memory, each stretch counted
 * @param directBytes memory outside the heap: the JDK's direct buffers and Netty's, with what its pool keeps
 * @param pinnedBytes what of Netty's pool is in somebody's hands
 * @param liveBytes   of the heap, after a collection
 * @param threads     how many there are of each name, numbers left out
 */
record HeldResources(
        long files, long mappings, long directBytes, long pinnedBytes, long liveBytes, Map<String, Long> threads) {
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** Counts. Collects garbage first: what is only waiting for that is not lost. */
    static HeldResources now() throws IOException {
        System.gc();
        return new HeldResources(
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount(),
                countMappings(),
                countDirectBytes(),
                PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() + PooledByteBufAllocator.DEFAULT.pinnedHeapMemory(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !"InnocuousThreadGroup".equals(groupOf(thread))
                                && !thread.getName().startsWith("awaitility"))
                        .collect(Collectors.groupingBy(
                                thread -> thread.getName().replaceAll("[0-9]+", "N"),
                                TreeMap::new,
                                Collectors.counting())));
    }

    /** The JDK's own helpers come when it likes; a thread that has just ended is in no group. */
    private static String groupOf(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null ? "InnocuousThreadGroup" : group.getName();
    }

    private static long countMappings() throws IOException {
        if (!Files.exists(MAPS)) {
            return 0;
        }
        // Code that is mapped when it is first needed is no leak, and nobody maps a library twice.
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains(" /") && !line.matches(".*\\.(so[.0-9]*|jar|jsa)( .*)?"))
                    // Of the log there are now more segments and now fewer; those that were let go of must not be
                    // mapped.
                    .filter(line -> !line.endsWith("/modules") && !line.endsWith(".log"))
                    .count();
        }
    }

    private static long countDirectBytes() {
        long bytes = Math.max(0, PlatformDependent.usedDirectMemory());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            bytes += "direct".equals(pool.getName()) ? pool.getMemoryUsed() : 0;
        }
        return bytes;
    }

    /** Returns what is more than before by so much that it is no accident; empty if nothing. */
    String moreThan(HeldResources before) {
        StringBuilder more = new StringBuilder();
        add(more, "files", before.files, files, 0);
        add(more, "mappings", before.mappings, mappings, 0);
        add(more, "pinnedBytes", before.pinnedBytes, pinnedBytes, 0);
        // A chunk of the pool that was given back may be taken again; what is lost of it shows in pinnedBytes.
        add(
                more,
                "directBytes",
                before.directBytes,
                directBytes,
                PooledByteBufAllocator.DEFAULT.metric().chunkSize());
        // The compiler's and the JVM's own tables grow for a while; a lost connection a round is more than this soon.
        add(more, "liveBytes", before.liveBytes, liveBytes, 8L << 20);
        threads.forEach((name, count) -> add(more, name, before.threads.getOrDefault(name, 0L), count, 0));
        return more.toString();
    }

    private static void add(StringBuilder more, String what, long before, long now, long allowed) {
        if (now > before + allowed) {
            more.append(what)
                    .append(": ")
                    .append(before)
                    .append(" -> ")
                    .append(now)
                    .append("; ");
        }
    }
}
