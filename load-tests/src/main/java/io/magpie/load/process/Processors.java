package io.magpie.load.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Binds processes to processors, by Linux' {@code taskset}: so that two sides do not take turns on one. */
public final class Processors {
    private static final int SECONDS = 10;

    private Processors() {}

    /**
     * Returns a command that runs on one processor.
     *
     * @param processor number, or list as taskset takes it; null leaves the command as it is
     */
    public static List<String> bound(List<String> command, String processor) {
        if (processor == null) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("taskset", "-c", processor));
        all.addAll(command);
        return all;
    }

    /**
     * Binds every thread of this JVM.
     *
     * @throws IOException if it cannot be done
     */
    public static void bindThisProcess(String processor) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        "taskset",
                        "-a",
                        "-p",
                        "-c",
                        processor,
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!taskset.waitFor(SECONDS, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
            throw new IOException("taskset could not bind this process: processor=" + processor);
        }
    }
}
