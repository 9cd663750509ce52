package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.MagpieClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the probes of a server process say while it starts, recovers, serves and stops. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServerHealthTest {
    @TempDir
    private Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int admin;

    private ServerProcess launch() throws IOException {
        // Known before the process tells it: the probes are asked from its first moment on.
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            admin = free.getLocalPort();
        }
        return ServerProcess.launch(
                directory.resolve("errors.log"),
                List.of(),
                List.of(
                        "--port=0",
                        "--admin-port=" + admin,
                        "--data-dir=" + directory.resolve("data"),
                        "--dimension=64",
                        "--set=store.profiles=20000",
                        "--set=store.items=20000",
                        "--set=drain-delay=3s"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Asks without a pause until it is ready; it was alive, and not ready, in between. */
    private void requireStart(ServerProcess server) throws Exception {
        int notReady = 0;
        while (true) {
            try {
                HttpResponse<String> ready = get("/readyz");
                assertThat(get("/livez").statusCode()).isEqualTo(200);
                if (ready.statusCode() == 200) {
                    assertThat(ready.body()).isEqualTo("ready\n");
                    break;
                }
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).startsWith("starting");
                notReady++;
            } catch (IOException e) {
                // It does not listen yet.
                Thread.onSpinWait();
            }
        }
        assertThat(notReady).isPositive();
        server.awaitReady();
    }

    @Test
    void shouldBeAliveButNotReadyWhileItStartsRecoversAndStops() throws Exception {
        try (ServerProcess server = launch()) {
            requireStart(server);
            server.kill();
        }
        try (ServerProcess server = launch()) {
            requireStart(server);
            try (MagpieClient before =
                    MagpieClient.builder("127.0.0.1", server.port()).connect()) {
                server.terminate();
                HttpResponse<String> ready = get("/readyz");
                while (ready.statusCode() == 200) {
                    ready = get("/readyz");
                }
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).startsWith("stopping");
                assertThat(get("/livez").statusCode()).isEqualTo(200);
                // Whoever has not noticed yet is served as before, until drain-delay has passed.
                assertThat(before.ping()).isPositive();
                try (MagpieClient late =
                        MagpieClient.builder("127.0.0.1", server.port()).connect()) {
                    assertThat(late.ping()).isPositive();
                }
            }
            assertThat(server.await()).isZero();
        }
    }
}
