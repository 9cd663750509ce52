package io.magpie.load;

import io.magpie.load.report.HtmlReport;
import io.magpie.load.report.RunDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie load compare}: several runs in one page. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes one page of several runs, from the JSON that they left.")
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "folders that --report wrote, or JSON files; all their runs are shown")
    private List<Path> runs;

    @Option(
            names = "--out",
            paramLabel = "F",
            defaultValue = "compared.html",
            description = "the page (${DEFAULT-VALUE})")
    private Path page;

    @Override
    public Integer call() throws IOException {
        List<RunDocument> documents = new ArrayList<>();
        for (Path path : runs) {
            if (!Files.exists(path)) {
                throw new IOException("no such file or folder: " + path);
            }
            documents.addAll(RunDocument.read(path));
        }
        Files.writeString(page, HtmlReport.of(documents));
        spec.commandLine().getOut().println("written: " + page);
        return 0;
    }
}
