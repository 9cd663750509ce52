package io.magpie.load.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shell scripts stand for the server. */
@Timeout(60)
class ServerProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void makeDataDirectory() throws IOException {
        data = Files.createDirectories(folder.resolve("data/inner"));
        Files.writeString(data.resolve("map"), "bytes");
        data = data.getParent();
    }

    private ServerProcess start(String script, Duration timeout) throws Exception {
        return ServerProcess.start(List.of("sh", "-c", script), data, timeout);
    }

    @Test
    void shouldKnowWhereItListensWhenItIsReady() throws Exception {
        try (ServerProcess server =
                start("echo starting; echo ready wire=127.0.0.1:17 admin=127.0.0.1:18; exec sleep 100", SOON)) {
            assertThat(server.wireAddress().getPort()).isEqualTo(17);
            assertThat(server.adminAddress().getPort()).isEqualTo(18);
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldSayWhatItSaidLastWhenItDoesNotStart() {
        assertThatThrownBy(() -> start("echo the port is taken; exit 1", SOON))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("the port is taken");
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldStopItWhenItIsNotReadyInTime() {
        assertThatThrownBy(() -> start("echo slow; exec sleep 100", Duration.ofMillis(300)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not ready");
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldSayHowToBuildWhenNothingIsBuilt() {
        assertThatThrownBy(() -> JavaCommand.of(folder, "server", "Main"))
                .hasMessageContaining("is missing: start it by ./magpie");
    }

    @Test
    void shouldPutTasksetBeforeTheCommandWhenBound() {
        assertThat(Processors.bound(List.of("java", "Main"), "1"))
                .containsExactly("taskset", "-c", "1", "java", "Main");
        assertThat(Processors.bound(List.of("java"), null)).containsExactly("java");
    }
}
