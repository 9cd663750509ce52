package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that may open few files, and more clients than that: those who are connected are served, later ones wait. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FewFileHandlesTest {
    private static final int HANDLES = 256;

    @TempDir
    private Path directory;

    @Test
    void shouldServeOnAndTakeNewConnectionsAgainWhenItRunsOutOfFileHandles() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        List<String> few = List.of("/bin/bash", "-c", "ulimit -n " + HANDLES + " && exec \"$@\"", "few");
        List<String> options = ServerProcess.small(directory.resolve("data"), "--set=limits.hello-timeout=1m");
        List<Socket> many = new ArrayList<>();
        try (ServerProcess server = ServerProcess.launch(directory.resolve("errors.log"), few, List.of(), options)) {
            server.awaitReady();
            try (MagpieClient client = server.connect()) {
                client.putItem(1, new ItemUpdate(1, new float[8], ItemAttributes.NONE));
                for (int i = 0; i < HANDLES; i++) {
                    many.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                }
                Awaitility.await("all are taken")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> server.openFiles() >= HANDLES - 2);
                for (int i = 0; i < 100; i++) {
                    assertThat(client.ping()).isPositive();
                    assertThat(client.putItem(1, new ItemUpdate(1, new float[8], ItemAttributes.NONE))
                                    .catalogueVersion())
                            .isPositive();
                    assertThat(client.getItem(1)).isPresent();
                }
                close(many);
                try (MagpieClient late = server.connect()) {
                    assertThat(late.getItem(1)).isPresent();
                }
            }
            assertThat(server.stop()).isZero();
        } finally {
            close(many);
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }
}
