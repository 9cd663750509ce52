package io.magpie.server.cli;

import io.magpie.server.audit.AuditKey;
import io.magpie.server.audit.AuditVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie audit}: checks and reads audit logs; needs no server. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "Checks a server's audit log, offline.")
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: verify or subject");
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Checks that every line is as it was written, and none is missing; names the first that is not.",
                "A directory is checked whole, its end included; files are checked in the order given, the first of them"
                        + " may follow a file that is not there any more."
            })
    int verify(
            @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "directory or files of the log")
                    List<Path> paths,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            description = "the log's key (default audit.key beside it)")
                    Path keyFile) {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw CommandException.failed(
                        "there is no such audit log: name its directory, or its files: path=" + path, null);
            }
        }
        try {
            AuditVerifier verifier = new AuditVerifier(key(keyFile, paths.get(0)));
            for (Path path : paths) {
                AuditVerifier.Broken broken = Files.isDirectory(path) ? verifier.directory(path) : verifier.file(path);
                if (broken != null) {
                    throw CommandException.failed(
                            "the audit log is broken: file=" + broken.file() + " line=" + broken.line() + ": "
                                    + broken.why(),
                            null);
                }
            }
            say(verifier.lines() + " lines are as they were written, the last is number " + verifier.lastSeq());
            return 0;
        } catch (IOException e) {
            throw CommandException.failed("the audit log cannot be read: " + e.getMessage(), e);
        }
    }

    @Command(
            name = "subject",
            mixinStandardHelpOptions = true,
            description = "Prints what stands in the log for a person, so that their lines can be found.")
    int subject(
            @ArgGroup(multiplicity = "1") PersonOptions who,
            @Option(
                            names = "--sources",
                            paramLabel = "SOURCE,...",
                            split = ",",
                            description =
                                    "the server's sources, as serve takes them: for --identity by a source's name; else"
                                            + " its number stands there, from 0")
                    List<String> sources,
            @Option(names = "--key-file", required = true, paramLabel = "FILE", description = "the log's key")
                    Path keyFile) {
        try {
            say(AuditKey.read(keyFile).subject(who.auditedId(sources == null ? List.of() : sources)));
            return 0;
        } catch (IOException e) {
            throw CommandException.failed(e.getMessage(), e);
        }
    }

    private static AuditKey key(Path given, Path log) throws IOException {
        Path dir = Files.isDirectory(log) ? log : log.toAbsolutePath().getParent();
        return AuditKey.read(given == null ? dir.resolve("audit.key") : given);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
