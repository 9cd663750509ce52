package io.magpie.server.cli;

import io.magpie.server.MagpieServer;
import io.magpie.server.TestServers;
import io.magpie.server.data.FvecsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A small server and the command line talking to it; files lie beside its data. */
final class CliServer implements AutoCloseable {
    static final int DIMENSION = 4;

    private final Path folder;
    private final MagpieServer server;

    CliServer(Path folder, String... more) throws Exception {
        this.folder = folder;
        List<String> options = new ArrayList<>(List.of("dimension", Integer.toString(DIMENSION)));
        options.addAll(Arrays.asList(more));
        server = TestServers.start(folder.resolve("state"), options.toArray(new String[0]));
    }

    String address() {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** Runs a command, separated by spaces, with the address behind it. */
    CommandLineRun run(String command, Object... more) {
        List<Object> arguments = new ArrayList<>(Arrays.asList((Object[]) command.split(" ")));
        arguments.addAll(Arrays.asList(more));
        arguments.add("--connect");
        arguments.add(address());
        return CommandLineRun.of(arguments.toArray());
    }

    Path text(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    Path vectors(String name, float[]... rows) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (FvecsWriter writer = new FvecsWriter(file)) {
            for (float[] row : rows) {
                writer.write(row);
            }
        }
        return file;
    }

    @Override
    public void close() {
        server.close();
    }
}
