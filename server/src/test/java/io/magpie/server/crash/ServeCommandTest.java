package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.MagpieClient;
import io.magpie.client.SlotUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code magpie serve} as a process: its ready line, its signals and its exit codes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServeCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldStopWithZeroOnSigtermAndLeaveNothingToASecondOne() throws Exception {
        List<String> options = ServerProcess.small(directory.resolve("data"));
        Path errors = directory.resolve("errors.log");
        try (ServerProcess server = ServerProcess.start(errors, List.of(), options)) {
            try (MagpieClient client =
                    MagpieClient.builder("127.0.0.1", server.port()).connect()) {
                assertThat(client.ping()).isPositive();
            }
            Path second = directory.resolve("second.log");
            try (ServerProcess refused = ServerProcess.launch(second, List.of(), options)) {
                assertThat(refused.await()).isOne();
                assertThat(Files.readString(second).lines().filter(line -> line.startsWith("magpie: ")))
                        .singleElement()
                        .asString()
                        .contains(directory.resolve("data").toString());
            }
            assertThat(server.stop()).isZero();
        }
        assertThat(Files.readString(errors)).contains("stopping on SIGTERM").contains("stopped");
    }

    @Test
    void shouldEndAtOnceWhenItIsToldTwiceAndLoseNothing() throws Exception {
        Path errors = directory.resolve("errors.log");
        List<String> options = ServerProcess.small(directory.resolve("data"), "--set=drain-delay=60s");
        SlotUpdate written = new SlotUpdate(7, 0, 1, new float[8], 3, 1_000);
        try (ServerProcess server = ServerProcess.start(errors, List.of(), options)) {
            try (MagpieClient client = server.connect()) {
                client.putSlot(written);
            }
            server.terminate();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(errors).contains("stopping on SIGTERM"));
            assertThat(server.stop()).isEqualTo(130);
        }
        try (ServerProcess server = ServerProcess.start(errors, List.of(), options);
                MagpieClient client = server.connect()) {
            assertThat(client.getProfile(7).orElseThrow().slots()).hasSize(1);
        }
        assertThat(Files.readString(errors)).contains("recovered after a crash");
    }

    @Test
    void shouldExitWithTwoOnABadOption() throws Exception {
        Path errors = directory.resolve("errors.log");
        try (ServerProcess server = ServerProcess.launch(errors, List.of(), List.of("--set", "limits.topp=1"))) {
            assertThat(server.await()).isEqualTo(2);
        }
        assertThat(Files.readString(errors)).contains("magpie: unknown option: key=limits.topp (from command line)");
    }
}
