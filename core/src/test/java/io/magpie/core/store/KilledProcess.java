package io.magpie.core.store;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of the tests that writes the number of each step that was acknowledged, eight bytes each, and is killed. */
public final class KilledProcess {
    private KilledProcess() {}

    /** Starts a main class with the options of this process, but a small heap and a quick compiler. */
    public static Process start(Class<?> main, Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!argument.startsWith("-Xmx")) {
                command.add(argument);
            }
        }
        command.add("-Xmx256m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    /** Returns the last number that was acknowledged before the process was killed, -1 if it never got so far. */
    public static long killAfter(Process process, int steps, int micros) throws IOException {
        long acknowledged = -1;
        try (InputStream output = process.getInputStream();
                DataInputStream numbers = new DataInputStream(output)) {
            for (int i = 0; i < steps; i++) {
                acknowledged = numbers.readLong();
            }
            long until = System.nanoTime() + micros * 1_000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            // Not through the process itself: that would close the pipe, and what is still in it counts.
            process.toHandle().destroyForcibly();
            while (true) {
                acknowledged = numbers.readLong();
            }
        } catch (EOFException e) {
            return acknowledged;
        }
    }
}
