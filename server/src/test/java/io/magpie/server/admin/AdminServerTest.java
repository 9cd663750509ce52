package io.magpie.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The admin port and clients that ask for too much of it, with real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AdminServerTest {
    private static final int PAGE = 20_000;
    private static final int MANY = 100;
    private static final int ASKED = 2_000;

    private final List<Socket> sockets = new ArrayList<>();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        server = AdminServer.start(InetAddress.getLoopbackAddress(), 0, new Pages(), null, null);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
        server.close();
    }

    private static final class Pages implements AdminPages {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public String state() {
            return "ready";
        }

        @Override
        public String metrics() {
            return "x".repeat(PAGE);
        }

        @Override
        public String version() {
            return "{}";
        }
    }

    private Socket open() throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String answer(String request) throws IOException {
        Socket socket = open();
        send(socket, request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldAnswerAProbeWhenManyHoldConnectionsAndSayNothing() throws Exception {
        for (int i = 0; i < MANY; i++) {
            send(open(), "GET /liv");
        }
        assertThat(answer("GET /livez")).startsWith("HTTP/1.1 200").endsWith("live\n");
        // The oldest had to go, and is told so by its end.
        assertThat(sockets.get(0).getInputStream().read()).isNegative();
    }

    @Test
    void shouldEndAConnectionOnWhichNothingComes() throws Exception {
        try (AdminServer impatient =
                        AdminServer.start(InetAddress.getLoopbackAddress(), 0, new Pages(), null, null, 50);
                Socket silent = new Socket(
                        impatient.address().getAddress(), impatient.address().getPort())) {
            silent.setSoTimeout(20_000);
            assertThat(silent.getInputStream().read()).isNegative();
        }
    }

    @Test
    void shouldEndWhoAsksOnAndTakesNoAnswers() throws Exception {
        OutputStream out = open().getOutputStream();
        byte[] request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        boolean isCutOff = false;
        for (int i = 0; i < 2 * ASKED && !isCutOff; i++) {
            try {
                out.write(request);
            } catch (SocketException e) {
                isCutOff = true;
            }
            // So many are more than the kernel keeps answers for; from then on its end has time to come.
            LockSupport.parkNanos(i < ASKED ? 0 : TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(isCutOff).isTrue();
        assertThat(answer("GET /readyz")).startsWith("HTTP/1.1 200");
    }
}
