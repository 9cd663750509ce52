package io.magpie.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadTest {
    private static final int NICE_FIELD = 19;

    /** Reads it from where the kernel says it, by proc(5). */
    private static int niceOfThisThread() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            // The second field is a name, which may hold spaces.
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Integer.parseInt(afterName[NICE_FIELD - 3]);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldGiveWayToOtherThreadsAndLeaveThemAsTheyAre() throws Exception {
        int before = niceOfThisThread();
        CompletableFuture<Integer> nice = new CompletableFuture<>();
        Thread thread = BackgroundThread.of(() -> nice.complete(niceOfThisThread()), "behind");
        assertThat(thread.isDaemon()).isTrue();
        thread.start();
        assertThat(nice.get(10, TimeUnit.SECONDS)).isEqualTo(Math.max(before, BackgroundThread.NICE));
        assertThat(niceOfThisThread()).as("of who made it").isEqualTo(before);
    }
}
