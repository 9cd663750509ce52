package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.MagpieClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What docs/VERBS.md shows is what comes out. */
@Timeout(120)
class VerbExamplesTest {
    private static final Path DOCUMENT = Path.of("../docs/VERBS.md");
    private static final Path JAVA = Path.of("src/test/java/io/magpie/server/cli/VerbExamples.java");
    /** Of the rest, those that need no server are in docs/OPERATIONS.md. */
    private static final List<String> NOT_SHOWN = List.of(
            "serve", "import", "eval", "quality", "help", "load", "demo", "bench", "restore", "verify", "token",
            "audit", "migrate");

    @TempDir
    private Path folder;

    /** A command of the page, and what it says comes out. */
    private record Example(String command, List<String> expected) {}

    @Test
    void shouldPrintWhatThePageShowsWhenItsExamplesAreRun() throws Exception {
        List<Example> examples = examples(Files.readAllLines(DOCUMENT));
        assertThat(examples).hasSizeGreaterThan(30);
        try (CliServer server = new CliServer(
                folder,
                "sources",
                "social:1:90d,payment:2:90d,commerce:1:never",
                "snapshot.dir",
                folder.resolve("snapshots").toString())) {
            for (Example example : examples) {
                CommandLineRun run = server.run(example.command());
                assertThat((run.out() + run.err()).strip())
                        .as(example.command())
                        .matches(pattern(example.expected()));
            }
            try (MagpieClient client = MagpieClient.builder("127.0.0.1", port(server))
                    .requestTimeout(Duration.ofSeconds(20))
                    .connect()) {
                VerbExamples.run(client);
            }
        }
    }

    @Test
    void shouldShowTheJavaThatIsRun() throws Exception {
        List<String> lines = Files.readAllLines(JAVA);
        String shown = lines.subList(lines.indexOf("        // shown") + 1, lines.indexOf("        // end")).stream()
                .map(line -> line.isEmpty() ? line : line.substring(8))
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(DOCUMENT)).contains("```java\n" + shown + "\n```");
    }

    @Test
    void shouldHaveAnExampleOfEveryCommand() throws Exception {
        String commands = examples(Files.readAllLines(DOCUMENT)).stream()
                .map(each -> ' ' + each.command() + ' ')
                .collect(Collectors.joining("\n"));
        assertThat(Main.commandLine().getSubcommands().keySet().stream().filter(each -> !NOT_SHOWN.contains(each)))
                .allSatisfy(each -> assertThat(commands).contains(' ' + each + ' '));
        CommandLine item = Main.commandLine().getSubcommands().get("item");
        assertThat(item.getSubcommands().keySet())
                .allSatisfy(each -> assertThat(commands).contains(" item " + each + ' '));
    }

    private static int port(CliServer server) {
        return Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1));
    }

    private static List<Example> examples(List<String> lines) {
        List<Example> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ magpie ")) {
                examples.add(new Example(line.substring("$ magpie ".length()), new ArrayList<>()));
            } else if (inside) {
                examples.get(examples.size() - 1).expected().add(line);
            }
        }
        return examples;
    }

    private static Pattern pattern(List<String> expected) {
        String text = String.join("\n", expected);
        return Pattern.compile(
                Stream.of(text.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
