package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code magpie migrate}, from the command line to a server on what it made. */
@Timeout(120)
class MigrateCommandTest {
    @TempDir
    Path folder;

    @Test
    void shouldServeWhatWasCarriedOverWhenSourcesAndRoomAreOthers() throws Exception {
        Path state = folder.resolve("state");
        try (CliServer server = new CliServer(folder)) {
            server.run("item put --item 1", "--vector", server.vectors("one.fvecs", new float[] {1, 0, 0, 0}));
            server.run("event --profile 5 --item 1 --source commerce");
            CommandLineRun busy = CommandLineRun.of("migrate", state);
            assertThat(busy.exitCode()).isEqualTo(1);
            assertThat(busy.err()).contains("in this process already");
        }
        Path moved = folder.resolve("moved");
        CommandLineRun run = CommandLineRun.of(
                "migrate",
                state,
                "--to",
                moved.resolve("state"),
                "--sources",
                "shop=commerce,social,payment",
                "--items",
                "6000",
                "--seen-average",
                "63",
                "--identities-average",
                "3");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("1 profiles, 0 identities and 1 items carried over")
                .doesNotContain("not carried over");
        try (CliServer server = new CliServer(
                moved,
                "sources",
                "shop:1:30d,social:1:30d,payment:2:never",
                "store.items",
                "6000",
                "store.seen-average",
                "63",
                "store.identities-average",
                "3")) {
            assertThat(server.run("stats --json").out())
                    .contains("\"seenChunks.max\":" + 2 * 2_000, "\"identities.max\":" + 3 * 2_000);
            assertThat(server.run("get --profile 5 --json").out()).contains("\"source\":\"shop\"");
            assertThat(server.run("recommend --profile 5 --top 1 --json").out()).contains("\"itemId\":1");
        }
        assertThat(CommandLineRun.of("migrate", folder).err()).contains("not one of Magpie's");
        assertThat(CommandLineRun.of("migrate", state, "--dimension", "0").exitCode())
                .isEqualTo(2);
    }
}
