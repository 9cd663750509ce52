package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SnapshotCommandTest {
    @TempDir
    private Path folder;

    private static CommandLineRun put(CliServer server, int profile) throws IOException {
        return server.run(
                "slot --profile " + profile + " --source social --row 0 --evidence 5",
                "--vector",
                server.vectors("v.fvecs", new float[] {1, 2, 3, 4}));
    }

    @Test
    void shouldServeFromARestoredSnapshotWhenTheServerWentOnAfterIt() throws Exception {
        Path kept = folder.resolve("kept");
        try (CliServer server = new CliServer(folder, "snapshot.dir", kept.toString())) {
            assertThat(put(server, 7).exitCode()).isZero();
            assertThat(server.run("snapshot").out()).isEqualTo("none since the server started\n");
            CommandLineRun made = server.run("snapshot --to monday");
            assertThat(made.exitCode()).as(made.err()).isZero();
            assertThat(made.out()).startsWith("done monday: entries=1 ");
            assertThat(server.run("snapshot").out()).isEqualTo(made.out());
            put(server, 8);
            assertThat(server.run("snapshot --to monday").err()).contains("something of this name");
        }
        Path snapshot = kept.resolve("monday");
        CommandLineRun verified = CommandLineRun.of("verify", snapshot, "--work", folder);
        assertThat(verified.outLines())
                .contains("sound", "ok    profiles: entries=1 expected=1 undecodable=0")
                .allMatch(line -> !line.startsWith("WRONG"));
        assertThat(CommandLineRun.of("verify", folder.resolve("state"), "--work", folder)
                        .exitCode())
                .isZero();

        Path beside = Files.createDirectory(folder.resolve("beside"));
        assertThat(CommandLineRun.of("restore", snapshot, "--to", beside.resolve("state"), "--without-erasures")
                        .out())
                .contains("entries=1 sequence=1 left out as erased=0");
        assertThat(CommandLineRun.of("restore", snapshot, "--to", beside.resolve("state"), "--without-erasures")
                        .err())
                .contains("not empty");
        try (CliServer server = new CliServer(beside)) {
            assertThat(server.run("get --profile 7").exitCode()).isZero();
            assertThat(server.run("get --profile 8").exitCode()).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveOutWhoWasErasedSinceWhenTheListIsNamed() throws Exception {
        Path kept = folder.resolve("kept");
        Path data = folder.resolve("state");
        try (CliServer server = new CliServer(folder, "snapshot.dir", kept.toString())) {
            put(server, 7);
            put(server, 8);
            server.run("snapshot --to monday");
            assertThat(server.run("erase --profile 7").exitCode()).isZero();
            // The server is still at it: its list is only read.
            assertThat(CommandLineRun.of(
                                    "restore", kept.resolve("monday"), "--to", folder.resolve("a"), "--erasures", data)
                            .out())
                    .contains("entries=1 sequence=2 left out as erased=1");
        }
        Path list = data.resolve("erasures.dat");
        assertThat(CommandLineRun.of("restore", kept.resolve("monday"), "--to", folder.resolve("b"))
                        .exitCode())
                .as("neither a list nor that there is none")
                .isEqualTo(2);
        assertThat(CommandLineRun.of("snapshot", "scrub", kept.resolve("monday"), "--erasures", list)
                        .out())
                .contains("left out as erased=1");
        assertThat(CommandLineRun.of("verify", kept.resolve("monday"), "--work", folder)
                        .outLines())
                .contains("sound", "ok    profiles: entries=1 expected=1 undecodable=0");
        Path beside = Files.createDirectory(folder.resolve("beside"));
        assertThat(CommandLineRun.of(
                                "restore", kept.resolve("monday"), "--to", beside.resolve("state"), "--erasures", list)
                        .out())
                .contains("entries=1 sequence=2 left out as erased=0");
        try (CliServer server = new CliServer(beside)) {
            assertThat(server.run("get --profile 7").exitCode()).isEqualTo(1);
            assertThat(server.run("get --profile 8").exitCode()).isZero();
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenASnapshotIsDamaged() throws Exception {
        Path kept = folder.resolve("kept");
        try (CliServer server = new CliServer(folder, "snapshot.dir", kept.toString())) {
            put(server, 7);
            server.run("snapshot --to monday");
        }
        Path entries = kept.resolve("monday/entries/0000000000000001.log");
        try (RandomAccessFile file = new RandomAccessFile(entries.toFile(), "rw")) {
            file.seek(200);
            file.write(file.read() ^ 1);
        }
        CommandLineRun verified = CommandLineRun.of("verify", kept.resolve("monday"));
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.outLines()).contains("not sound").anyMatch(line -> line.startsWith("WRONG records: "));
        CommandLineRun restored = CommandLineRun.of(
                "restore", kept.resolve("monday"), "--to", folder.resolve("new"), "--without-erasures");
        assertThat(restored.exitCode()).isEqualTo(1);
        assertThat(restored.err()).contains("snapshot is damaged");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void shouldTakeANameAndNoPathWhenAskedForASnapshot() throws Exception {
        Path kept = folder.resolve("kept");
        try (CliServer server = new CliServer(folder, "snapshot.dir", kept.toString())) {
            for (String name : new String[] {"../out", "/tmp/out", ".", "..", ".hidden", "a/b", "a\\b", "a.partial"}) {
                CommandLineRun refused = server.run("snapshot", "--to", name);
                assertThat(refused.exitCode()).as(name).isEqualTo(1);
                assertThat(refused.err()).as(name).contains("and no path");
            }
            assertThat(kept).doesNotExist();
        }
    }

    @Test
    void shouldMakeNoneWhenNoDirectoryIsConfigured() throws Exception {
        try (CliServer server = new CliServer(folder)) {
            CommandLineRun refused = server.run("snapshot --to monday");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("set snapshot.dir");
        }
    }
}
