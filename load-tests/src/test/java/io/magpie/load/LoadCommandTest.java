package io.magpie.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(30)
class LoadCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void shouldListEveryScenarioWhenAskedForHelp() {
        assertThat(run("load", "--help")).isZero();
        assertThat(out.toString())
                .contains("retail-mix", "write-storm", "hot-keys", "large-catalogue", "slow-readers", "connect-storm")
                .contains("step-load", "soak", "record-and-recommend 10 %", "--p99-micros", "compare");
    }

    @Test
    void shouldRefuseInOneLineWhenTheCommandLineIsWrong() {
        assertThat(run("load")).isEqualTo(2);
        assertThat(run("load", "--embedded", "--scenario", "storm")).isEqualTo(2);
        assertThat(run("load", "--connect", "nowhere")).isEqualTo(2);
        assertThat(run("load", "--embedded", "--rate", "0")).isEqualTo(2);
        assertThat(run("load", "--embedded", "--connect", "localhost:1")).isEqualTo(2);
        assertThat(run("load", "--connect", "localhost:1", "--pin", "0:1")).isEqualTo(2);
        assertThat(run("load", "--embedded", "--pin", "0")).isEqualTo(2);
        assertThat(run("load", "--embedded", "--scenario", "step-load", "--closed"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(8).allMatch(line -> line.startsWith("magpie: "));
        assertThat(err.toString()).contains("there are [recommend, get-profile, ping,");
    }

    @Test
    void shouldFailInOneLineWhenNobodyListens() {
        assertThat(run("load", "--connect", "127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("magpie: ");
    }

    @Test
    void shouldWriteOnePageWhenRunsAreCompared(@TempDir Path folder) throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(first.resolve("ping.json"), "{\"scenario\":\"ping\",\"passed\":true}");
        Files.writeString(second.resolve("ping.json"), "{\"scenario\":\"ping\",\"passed\":false}");
        Path page = folder.resolve("page.html");
        assertThat(run("load", "compare", first.toString(), second.toString(), "--out", page.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(page)).contains("first/ping", "second/ping", "2 runs compared");
        assertThat(run("load", "compare", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no such file or folder");
    }
}
