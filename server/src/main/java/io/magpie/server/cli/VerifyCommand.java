package io.magpie.server.cli;

import io.magpie.core.store.StateVerification;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie verify}: looks at a data directory or a snapshot from end to end. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a data directory that no server has open, or a snapshot, and changes nothing of it.",
            "Manifest, files, checksums and numbers of all records, every entry; of a data directory the maps are opened as a"
                    + " copy. Ends with 1 if anything is wrong."
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "a data directory or a snapshot")
    private Path directory;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "where the copy is made; takes as much space as the maps hold (default: ${DEFAULT-VALUE})")
    private Path work;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!Files.isDirectory(work)) {
            throw CommandException.badUsage("--work needs a directory that exists: work=" + work);
        }
        List<StateVerification.Finding> findings = StateVerification.verify(directory, work);
        PrintWriter out = spec.commandLine().getOut();
        for (StateVerification.Finding finding : findings) {
            out.println((finding.ok() ? "ok    " : "WRONG ") + finding.what() + ": " + finding.text());
        }
        long wrong = findings.stream().filter(finding -> !finding.ok()).count();
        out.println(wrong == 0 ? "sound" : "not sound");
        out.flush();
        return wrong == 0 ? 0 : CommandException.FAILED;
    }
}
