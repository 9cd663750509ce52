package io.magpie.load.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Magpie server as a child process on free loopback ports over a temporary data directory, which goes with it. Also
 * stopped when this JVM ends. Thread-safe.
 */
public final class ServerProcess implements AutoCloseable {
    /** What the server prints once it answers. */
    private static final Pattern READY = Pattern.compile("ready wire=(\\S+):(\\d+) admin=(\\S+):(\\d+).*");

    private static final int KEPT_LINES = 20;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final Process process;
    private final Path dataDirectory;
    private final Thread shutdownHook = new Thread(this::stop, "stop-server");
    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();
    private InetSocketAddress wireAddress;
    private InetSocketAddress adminAddress;

    private ServerProcess(Process process, Path dataDirectory) {
        this.process = process;
        this.dataDirectory = dataDirectory;
        Thread reader = new Thread(this::readOutput, "server-output");
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param home      where Magpie is built, with {@code server/target} and {@code jvm} in it
     * @param timeout   how long it may take to get ready
     * @param arguments of {@code serve}, beyond ports and data directory
     * @throws IOException if it does not start, with what it said last
     */
    public static ServerProcess start(Path home, Duration timeout, List<String> arguments)
            throws IOException, InterruptedException {
        return start(home, timeout, arguments, null);
    }

    /**
     * Starts a server on a processor of its own.
     *
     * @param processor its number, or null for any
     */
    public static ServerProcess start(Path home, Duration timeout, List<String> arguments, String processor)
            throws IOException, InterruptedException {
        Path dataDirectory = Files.createTempDirectory("magpie-");
        List<String> command = JavaCommand.of(home, "server", "io.magpie.server.cli.Main");
        command.addAll(List.of("serve", "--port", "0", "--admin-port", "0", "--data-dir", dataDirectory.toString()));
        command.addAll(arguments);
        return start(Processors.bound(command, processor), dataDirectory, timeout);
    }

    /** Starts any command that prints the ready line; for tests. */
    static ServerProcess start(List<String> command, Path dataDirectory, Duration timeout)
            throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            deleteRecursively(dataDirectory);
            throw e;
        }
        ServerProcess server = new ServerProcess(process, dataDirectory);
        try {
            Matcher matcher = server.ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            server.wireAddress = new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
            server.adminAddress = new InetSocketAddress(matcher.group(3), Integer.parseInt(matcher.group(4)));
            return server;
        } catch (TimeoutException e) {
            server.close();
            throw new IOException(
                    "the server was not ready in " + timeout.toSeconds() + " s; it said:" + server.tail(), e);
        } catch (ExecutionException e) {
            server.close();
            throw new IOException("the server did not start; it said:" + server.tail(), e);
        } catch (InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private void readOutput() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > KEPT_LINES) {
                        lastLines.removeFirst();
                    }
                }
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    ready.complete(matcher);
                }
            }
        } catch (IOException e) {
            // The stream of a process that was stopped may end so.
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException("its output ended"));
    }

    private String tail() {
        synchronized (lastLines) {
            return lastLines.isEmpty()
                    ? " nothing"
                    : System.lineSeparator() + String.join(System.lineSeparator(), lastLines);
        }
    }

    /** Returns where the binary protocol is spoken. */
    public InetSocketAddress wireAddress() {
        return wireAddress;
    }

    /** Returns where the admin port is. */
    public InetSocketAddress adminAddress() {
        return adminAddress;
    }

    /** Returns whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the server ends. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Stops the server by SIGTERM, after a while by force, and removes its data directory. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook does it.
            return;
        }
        stop();
    }

    private void stop() {
        boolean interrupted = false;
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        deleteRecursively(dataDirectory);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteRecursively(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> all =
                    new ArrayList<>(paths.sorted(Comparator.reverseOrder()).toList());
            for (Path path : all) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("magpie: could not remove " + directory + ": " + e.getMessage());
        }
    }
}
