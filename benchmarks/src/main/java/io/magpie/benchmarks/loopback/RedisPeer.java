package io.magpie.benchmarks.loopback;

import io.magpie.load.process.Processors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A redis-server on a free port of loopback that keeps everything in memory and writes no file; stopped at the end. */
final class RedisPeer implements AutoCloseable {
    private static final int FILL_FACTOR = 12;

    private final LineProcess server;
    private final String processor;
    private final int port;
    private final int keys;
    private final int valueBytes;

    /**
     * Starts it and sets a value for (all but) every key.
     *
     * @param serverProcessor where it runs
     * @param processor       where redis-benchmark runs
     */
    RedisPeer(String serverProcessor, String processor, int keys, int valueBytes)
            throws IOException, InterruptedException {
        this.processor = processor;
        this.keys = keys;
        this.valueBytes = valueBytes;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new LineProcess(Processors.bound(
                List.of(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no"),
                serverProcessor));
        try {
            while (!server.read("").contains("Ready to accept connections")) {
                continue; // its banner
            }
            benchmark("set", (long) keys * FILL_FACTOR);
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /** Returns whether both programs are there. */
    static boolean isInstalled() {
        try {
            return new ProcessBuilder("redis-benchmark", "--version").start().waitFor() == 0
                    && new ProcessBuilder("redis-server", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns GETs a second of random keys, 50 connections, 16 in flight on each. */
    double getsPerSecond(long requests) throws IOException, InterruptedException {
        return benchmark("get", requests);
    }

    private double benchmark(String test, long requests) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("redis-benchmark", "-h", "127.0.0.1", "-p"));
        command.addAll(List.of(Integer.toString(port), "-t", test, "-c", "50", "-P", "16", "--csv"));
        command.addAll(List.of("-n", Long.toString(requests), "-r", Integer.toString(keys)));
        command.addAll(List.of("-d", Integer.toString(valueBytes)));
        Process process = new ProcessBuilder(Processors.bound(command, processor))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        for (String line : said.split("\n")) {
            String[] cells = line.replace("\"", "").split(",");
            if (cells[0].toLowerCase(Locale.ROOT).startsWith(test) && cells.length > 1) {
                return Double.parseDouble(cells[1]);
            }
        }
        throw new IOException("redis-benchmark said nothing of " + test + ": " + said);
    }

    @Override
    public void close() {
        server.close();
    }
}
