package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieException;
import io.magpie.client.SlotUpdate;
import io.magpie.client.SnapshotStatus;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.server.metrics.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Clients of every bad kind, one round after the other, beside good ones whose calls run out of time. Leaves nothing open. */
final class BadClients {
    private static final int EACH = 5;
    private static final int PEOPLE = 20;

    private final MagpieServer server;
    private final Path snapshots;

    BadClients(MagpieServer server, Path snapshots) {
        this.server = server;
        this.snapshots = snapshots;
    }

    void round(int number) throws Exception {
        Random random = new Random(number);
        good();
        hurried();
        for (int i = 0; i < EACH; i++) {
            noise(random);
            tooLong();
            cutInsideAFrame(random);
            gone();
        }
        slowFrame();
        takesNothing();
        tooMany();
        probes();
        snapshot(number);
    }

    /** Returns which kinds of trouble the server did not meet at all. */
    List<String> failures() {
        List<String> missing = new ArrayList<>();
        for (Ending each : new Ending[] {Ending.SLOW_FRAME, Ending.STALLED}) {
            if (server.metrics().endings().of(each) == 0) {
                missing.add(each.label());
            }
        }
        if (server.metrics().connectionsRefused() == 0) {
            missing.add("too many connections");
        }
        return missing;
    }

    private MagpieClient connect(Duration timeout) {
        return MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(2)
                .requestTimeout(timeout)
                .connect();
    }

    /** Every kind of change and question, and refusals of each. */
    private void good() {
        try (MagpieClient client = connect(Duration.ofSeconds(30))) {
            for (int i = 1; i <= PEOPLE; i++) {
                client.putItem(
                        1, new ItemUpdate(i, TestServers.vector(i % TestServers.DIMENSION), ItemAttributes.NONE));
                client.putSlot(new SlotUpdate(i, 0, 1, TestServers.vector(1), 1, 1_000));
                client.recordEvent(new Event(i, 1, i, 1, 1_700_000_000_000L));
                client.setConsent(new ConsentUpdate(i, 0, 0, ConsentState.GRANTED, 1_000));
            }
            for (int i = 1; i <= PEOPLE; i++) {
                client.recommend(i, 5);
                client.getProfile(i);
                client.exportProfile(i);
                client.statistics();
                client.eraseProfile(i);
                refused(() -> client.recordEvent(new Event(1, 9, 1, 1, 1_000)));
                refused(() -> client.putSlot(new SlotUpdate(1, 0, 1, new float[3], 1, 1_000)));
                refused(() -> client.recordEvent(new Event(1, 0, 987_654, 1, 1_000)));
            }
        }
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(MagpieException.class);
    }

    /** Calls that nobody waits for to the end: they run out of time, or their client is closed under them. */
    private void hurried() {
        try (MagpieClient client = connect(Duration.ofMillis(1))) {
            for (int i = 0; i < 500; i++) {
                client.async().recommend(1, 20).exceptionally(late -> null);
                client.async().statistics().exceptionally(late -> null);
            }
        } catch (MagpieException e) {
            // It did not even connect in that time.
        }
    }

    private void noise(Random random) throws IOException {
        byte[] bytes = new byte[1 + random.nextInt(500)];
        random.nextBytes(bytes);
        try (RawClient client = new RawClient(server.address())) {
            client.send(bytes);
            client.socket().shutdownOutput();
            drain(client);
        }
    }

    private static void drain(RawClient client) throws IOException {
        try {
            while (client.read() != null) {
                // What it says is looked at elsewhere.
            }
        } catch (java.net.SocketException e) {
            // It has closed with some of the noise unread.
        }
    }

    private void tooLong() throws IOException {
        ByteBuf large = Unpooled.buffer();
        new PingRequestEncoder().wrap(large, 77, 0).payload(1).finish();
        large.setIntLE(0, 100_000);
        large.writeZero(100_004 - large.readableBytes());
        try (RawClient client = new RawClient(server.address())) {
            client.send(large);
            client.expect();
            client.ping();
        }
    }

    private void cutInsideAFrame(Random random) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.ping();
            new PingRequestEncoder().wrap(client.request(), 1, 0).payload(1).finish();
            client.send(client.request.copy(0, 1 + random.nextInt(client.request.readableBytes() - 1)));
        }
    }

    /** Asks for much, takes some, and resets the connection with the rest on its way. */
    private void gone() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            client.flood(50, TestServers.DIMENSION);
            client.expect();
            client.socket().setSoLinger(true, 0);
        }
    }

    private void slowFrame() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            new PingRequestEncoder().wrap(client.request(), 1, 0).payload(1).finish();
            client.send(client.request.copy(0, 10));
            drain(client);
        }
    }

    private void takesNothing() throws IOException {
        long before = server.metrics().endings().of(Ending.STALLED);
        try (RawClient client = new RawClient(server.address())) {
            client.flood(2_000, TestServers.DIMENSION);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> server.metrics().endings().of(Ending.STALLED) > before);
        }
    }

    private void tooMany() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            long before = server.metrics().connectionsRefused();
            for (int i = 0; i < 200 && server.metrics().connectionsRefused() == before; i++) {
                clients.add(new RawClient(server.address()));
            }
        } finally {
            for (RawClient each : clients) {
                each.close();
            }
        }
        // Those that were refused count, too, until the server knows of their end.
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(this::answers);
    }

    private boolean answers() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return server.metrics().connections() < EACH && client.ping();
        }
    }

    /** Over plain sockets: the JDK's HTTP client keeps connections and threads of its own. */
    private void probes() throws IOException {
        for (String request :
                new String[] {"GET /metrics HTTP/1.0\r\n\r\n", "GET /livez HTTP/1.0\r\n\r\n", "GET\r\n\r\n", "\0\1\2"
                }) {
            try (Socket socket = new Socket(
                    server.adminAddress().getAddress(), server.adminAddress().getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (java.net.SocketException e) {
                // Reset, because it was no HTTP.
            }
        }
    }

    private void snapshot(int number) throws IOException {
        String name = "round-" + number;
        try (MagpieClient client = connect(Duration.ofSeconds(30))) {
            client.startSnapshot(name);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> client.snapshotStatus().state() != SnapshotStatus.State.RUNNING);
        }
        try (Stream<Path> files = Files.walk(snapshots.resolve(name))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
