package io.magpie.server.crash;

import io.magpie.client.MagpieClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own, started as the launcher starts it. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("ready wire=127\\.0\\.0\\.1:(\\d+) admin=127\\.0\\.0\\.1:(\\d+)");
    private static final int FIRST_JAVA_WITH_MORE_FLAGS = 24;

    private final Process process;
    private final Path errors;
    private int port;

    private ServerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts it and waits until it is ready. */
    static ServerProcess start(Path errors, List<String> jvmOptions, List<String> options) throws IOException {
        ServerProcess server = launch(errors, jvmOptions, options);
        server.awaitReady();
        return server;
    }

    /** Starts it and waits for nothing. */
    static ServerProcess launch(Path errors, List<String> jvmOptions, List<String> options) throws IOException {
        return launch(errors, List.of(), jvmOptions, options);
    }

    /** Starts it by a command that takes its own as arguments, and waits for nothing. */
    static ServerProcess launch(Path errors, List<String> by, List<String> jvmOptions, List<String> options)
            throws IOException {
        Path jvm = Path.of("..", "jvm");
        List<String> command = new ArrayList<>(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + jvm.resolve("magpie.options"));
        if (Runtime.version().feature() >= FIRST_JAVA_WITH_MORE_FLAGS) {
            command.add("@" + jvm.resolve("jdk24.options"));
        }
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // The log that users see, whatever the tests bring along for their own.
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.magpie.server.cli.Main", "serve"));
        command.add("--set=warm-up=0s");
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        return new ServerProcess(process, errors);
    }

    /** Returns options of a server on free ports with little room, and more options. */
    static List<String> small(Path dataDirectory, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--port=0",
                "--admin-port=0",
                "--dimension=8",
                "--data-dir=" + dataDirectory,
                "--set=store.profiles=64",
                "--set=store.items=64"));
        options.addAll(List.of(more));
        return options;
    }

    /** Waits until it is ready. */
    void awaitReady() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                port = Integer.parseInt(ready.group(1));
                return;
            }
        }
        throw new IOException("the server did not start: " + Files.readString(errors));
    }

    /** Returns its command and arguments, as everybody on the machine may read them. */
    String commandLine() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    }

    /** Returns how many files and sockets it has open. */
    int openFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return (int) open.count();
        }
    }

    /** Returns the port of the binary protocol. */
    int port() {
        return port;
    }

    /** Connects a client with one connection and much patience: the server has only just started. */
    MagpieClient connect() {
        return MagpieClient.builder("127.0.0.1", port)
                .connections(1)
                .connectTimeout(Duration.ofSeconds(30))
                .requestTimeout(Duration.ofSeconds(60))
                .connect();
    }

    /** Ends it by SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends it by SIGKILL after so long, if it has not ended by then. */
    void killAfter(int millis) throws InterruptedException {
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        kill();
    }

    /** Asks it to stop by SIGTERM, and waits for nothing. */
    void terminate() {
        process.destroy();
    }

    /** Asks it to stop by SIGTERM; returns the exit code. */
    int stop() throws InterruptedException {
        terminate();
        return await();
    }

    /** Waits for its end; returns the exit code. */
    int await() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the server does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
