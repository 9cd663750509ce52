package io.magpie.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** In a process of its own: those of the process that runs the tests are left as they are. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CompilerThreadsTest {
    private static final int NICE_FIELD = 19;

    /** Prints how nice each thread is, then again once compilers have given way. */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            print("before");
            CompilerThreads.yieldToOthers();
            print("after");
        }

        /** Reads it from where the kernel says it, by proc(5). */
        private static void print(String when) throws IOException {
            try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
                for (Path thread : threads.toList()) {
                    String stat = Files.readString(thread.resolve("stat"));
                    // The second field is a name, which may hold spaces.
                    int end = stat.lastIndexOf(')');
                    String[] afterName = stat.substring(end + 2).split(" ");
                    System.out.println(
                            when + " " + stat.substring(stat.indexOf('(') + 1, end) + ": " + afterName[NICE_FIELD - 3]);
                }
            }
        }
    }

    @Test
    void shouldLeaveTheProcessorToAllOthers() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:CICompilerCount=2",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(lines::toString).isZero();
        String usual = niceOf("before C2 CompilerThre", lines);
        assertThat(niceOf("after C2 CompilerThre", lines))
                .isEqualTo(Integer.toString(Math.max(CompilerThreads.NICE, Integer.parseInt(usual))));
        assertThat(niceOf("after C1 CompilerThre", lines)).isEqualTo(usual);
        assertThat(niceOf("after java", lines)).isEqualTo(usual);
    }

    private static String niceOf(String thread, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(thread))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .distinct()
                .reduce((one, other) -> one + " and " + other)
                .orElseThrow(() -> new AssertionError(thread + " is not among " + lines));
    }
}
