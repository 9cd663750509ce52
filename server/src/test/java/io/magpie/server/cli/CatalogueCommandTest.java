package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code magpie catalogue}, and the verbs of items with {@code --staged}. */
@Timeout(120)
class CatalogueCommandTest {
    @TempDir
    Path folder;

    private CliServer server;
    private Path vector;

    @BeforeEach
    void start() throws Exception {
        server = new CliServer(folder);
        vector = server.vectors("one.fvecs", new float[] {1, 0, 0, 0}, new float[] {0, 3, 0, 0});
        assertThat(server.run("item put --item 1", "--vector", vector).exitCode())
                .isZero();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertFails(String command, String why) {
        CommandLineRun run = server.run(command);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(why);
    }

    @Test
    void shouldLoadSwitchGoBackAndDrop() throws IOException {
        assertThat(server.run("catalogue stage --space 2").out())
                .contains("live")
                .contains("staged");
        Path vectors = server.vectors("items.fvecs", new float[] {0, 1, 0, 0}, new float[] {0, 2, 0, 0});
        CommandLineRun load = server.run("import items", vectors, "--staged");
        assertThat(load.err()).isEmpty();
        assertThat(load.out()).contains("2 rows loaded");
        assertThat(server.run("item put --item 7 --row 1 --staged", "--vector", vector)
                        .exitCode())
                .isZero();
        assertThat(server.run("get --item 7 --staged --json").out()).contains("\"spaceId\":2");
        assertThat(server.run("get --item 7").exitCode()).isEqualTo(1);
        assertThat(server.run("stats").out()).contains("beside it catalogue 2 with 3 items");
        assertThat(server.run("catalogue switch --json").out())
                .contains("{\"catalogue\":2,\"role\":\"live\",\"spaceId\":2,")
                .contains("\"role\":\"previous\"");
        assertThat(server.run("catalogue switch --to 2").exitCode()).as("again").isZero();
        assertThat(server.run("recommend --row 1 --top 1 --json", "--vector", vector)
                        .out())
                .contains("\"itemId\":7");
        assertThat(server.run("catalogue switch --now").out()).contains("previous");
        assertThat(server.run("get --item 1").exitCode()).isZero();
        assertThat(server.run("catalogue drop").out()).doesNotContain("previous");
        assertFails("item remove --item 7 --staged", "begin one with `magpie catalogue stage`");
    }

    @Test
    void shouldSayWhatIsWrongWhenItMakesNoSense() {
        assertFails("catalogue switch", "begin one with `magpie catalogue stage`");
        assertFails("catalogue switch --to 9", "`magpie catalogue status` shows them");
        assertFails("catalogue drop", "begin one with");
        assertThat(server.run("catalogue").exitCode()).isEqualTo(2);
        assertThat(server.run("catalogue stage").exitCode()).isEqualTo(2);
        server.run("catalogue stage --space 1");
        assertFails("catalogue stage --space 2", "switch to it or drop it first");
        CommandLineRun wrong = server.run("item put --item 1 --space 5 --staged", "--vector", vector);
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("another space");
    }

    @Test
    void shouldRebuildAndShowIt() {
        CommandLineRun run = server.run("catalogue rebuild --json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"unsealedItems\":0").contains("\"rebuilding\":false");
        assertThat(server.run("catalogue status").out()).contains("live");
    }
}
