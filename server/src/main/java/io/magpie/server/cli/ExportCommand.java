package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie export}: everything that is held on a person. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Prints everything that is held on a person, as one JSON object: for people who ask what is held on them.",
            "Ends with 1 if there is nothing."
        })
final class ExportCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    private PersonOptions who;

    @Option(names = "--out", paramLabel = "FILE", description = "write it there (default: print it)")
    private Path file;

    @Override
    int run(MagpieClient client) throws IOException {
        String json = client.exportProfile(who.person(client.serverInfo())).orElseThrow(who::unknown);
        if (file == null) {
            out().println(json);
            return 0;
        }
        try {
            Files.writeString(file, json + "\n");
        } catch (IOException e) {
            throw CommandException.failed(
                    file + ": cannot be written (" + e.getClass().getSimpleName()
                            + "): give a path in a folder that exists",
                    e);
        }
        out().println("done");
        return 0;
    }
}
