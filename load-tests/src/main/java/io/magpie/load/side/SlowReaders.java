package io.magpie.load.side;

import io.magpie.load.generator.Endpoint;
import io.magpie.load.generator.Measurement;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.GetProfileRequestDecoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections that ask for profiles as fast as they can and read nothing until the load is over. The server must hold them
 * back rather than pile up replies; in the end every reply must come, in order. A refusal of load is a reply.
 */
public final class SlowReaders implements SideLoad {
    private static final int READ_TIMEOUT_MILLIS = 10_000;
    private static final int IN_A_WRITE = 64;
    private static final long MOST_REQUESTS = 500_000;

    private static final class Reader {
        private final RawConnection connection;
        private final AtomicLong sent = new AtomicLong();
        private Thread writer;
        private volatile boolean ended;

        Reader(RawConnection connection) {
            this.connection = connection;
        }
    }

    private final Endpoint server;
    private final int count;
    private final int profileCount;
    private final List<Reader> readers = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private volatile boolean stopped;
    private long sentBeforeReading;
    private long received;
    private long refused;

    /**
     * @param count        connections
     * @param profileCount people are 1 to this
     */
    public SlowReaders(Endpoint server, int count, int profileCount) {
        this.server = server;
        this.count = count;
        this.profileCount = profileCount;
    }

    @Override
    public void start() throws IOException {
        for (int i = 0; i < count; i++) {
            RawConnection connection = new RawConnection(server, READ_TIMEOUT_MILLIS);
            Reader reader = new Reader(connection);
            readers.add(reader);
            connection.hello();
            reader.writer = new Thread(() -> write(reader), "slow-reader-" + i);
            reader.writer.setDaemon(true);
            reader.writer.start();
        }
    }

    private void write(Reader reader) {
        GetProfileRequestEncoder request = new GetProfileRequestEncoder();
        try {
            while (!stopped && reader.sent.get() < MOST_REQUESTS) {
                ByteBuf out = Unpooled.buffer();
                long from = reader.sent.get();
                for (long i = from; i < from + IN_A_WRITE; i++) {
                    request.wrap(out, i + 1, 0)
                            .profileId(1 + i % profileCount)
                            .parts(GetProfileRequestDecoder.PART_ALL)
                            .finish();
                }
                reader.connection.write(out);
                reader.sent.addAndGet(IN_A_WRITE);
            }
        } catch (IOException e) {
            // The reading side finds the connection closed, and says so.
        }
        reader.ended = true;
    }

    @Override
    public void stop() throws InterruptedException {
        for (Reader reader : readers) {
            sentBeforeReading += reader.sent.get();
        }
        stopped = true;
        for (Reader reader : readers) {
            try {
                drain(reader);
            } catch (IOException e) {
                failures.add("a connection that had not read did not get its replies: " + e + " after " + received
                        + " replies");
            }
            reader.writer.join(TimeUnit.SECONDS.toMillis(1));
        }
    }

    /** Reads until all that was asked is answered; what the writer was held up with goes out meanwhile. */
    private void drain(Reader reader) throws IOException {
        long replies = 0;
        while (!(reader.ended && replies >= reader.sent.get())) {
            if (replies >= reader.sent.get() && reader.writer.isAlive()) {
                Thread.onSpinWait(); // the last write has arrived and is about to be counted
                continue;
            }
            ByteBuf reply = reader.connection.read();
            Status status = Status.of(FrameHeader.statusCode(reply, 0));
            boolean isRefused = Measurement.isRefusal(status);
            if (FrameHeader.correlationId(reply, 0) != replies + 1 || status != Status.OK && !isRefused) {
                throw new IOException("reply " + (replies + 1) + " is of request " + FrameHeader.correlationId(reply, 0)
                        + " with status " + status);
            }
            replies++;
            received++;
            refused += isRefused ? 1 : 0;
        }
    }

    @Override
    public void close() {
        stopped = true;
        for (Reader reader : readers) {
            try {
                reader.connection.close();
            } catch (IOException e) {
                // Nothing depends on it any more.
            }
        }
    }

    @Override
    public List<String> failures() {
        return failures;
    }

    @Override
    public List<String> notes() {
        return List.of(count + " connections sent " + sentBeforeReading + " requests without reading a reply, and read "
                + received + " replies afterwards, of which " + refused + " refused load");
    }
}
