package io.magpie.load.side;

import io.magpie.load.generator.Endpoint;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Connections that come at a steady rate, say hello, ping once and go: every other one properly, the others cut off. From
 * the intended time to the answered ping is their latency.
 */
public final class ConnectStorm implements SideLoad {
    private static final int READ_TIMEOUT_MILLIS = 5_000;
    private static final long PING_ID = 2;

    private final Endpoint server;
    private final double ratePerSecond;
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(10), 2);
    private final Thread thread = new Thread(this::storm, "connect-storm");
    private volatile boolean stopped;
    private long made;
    private long failed;
    private String firstFailure;

    /** @param ratePerSecond connections a second */
    public ConnectStorm(Endpoint server, double ratePerSecond) {
        this.server = server;
        this.ratePerSecond = ratePerSecond;
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void storm() {
        long startNanos = System.nanoTime();
        for (long number = 0; !stopped; number++) {
            long due = startNanos + (long) (number * TimeUnit.SECONDS.toNanos(1) / ratePerSecond);
            try {
                long early = due - System.nanoTime();
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                visit(number % 2 == 0);
                made++;
                latencies.recordValue(Math.max(0, System.nanoTime() - due));
            } catch (IOException e) {
                failed++;
                firstFailure = firstFailure == null ? e.toString() : firstFailure;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void visit(boolean properly) throws IOException {
        try (RawConnection connection = new RawConnection(server, READ_TIMEOUT_MILLIS)) {
            connection.hello();
            ByteBuf ping = Unpooled.buffer();
            new PingRequestEncoder().wrap(ping, PING_ID, 0).payload(PING_ID).finish();
            connection.write(ping);
            ByteBuf reply = connection.read();
            if (FrameHeader.correlationId(reply, 0) != PING_ID
                    || Status.of(FrameHeader.statusCode(reply, 0)) != Status.OK) {
                throw new IOException("a ping was not answered by its reply");
            }
            if (!properly) {
                connection.cutOff();
            }
        }
    }

    @Override
    public void stop() throws InterruptedException {
        stopped = true;
        thread.join(2L * READ_TIMEOUT_MILLIS);
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }

    @Override
    public List<String> failures() {
        return failed == 0
                ? List.of()
                : List.of(failed + " of " + (failed + made) + " new connections got no answer: " + firstFailure);
    }

    @Override
    public List<String> notes() {
        return List.of(String.format(
                Locale.ROOT,
                "%,d connections came and went at %.0f a second: connect, hello and ping took p50 %.1f ms, p99 %.1f ms",
                made,
                ratePerSecond,
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6));
    }
}
