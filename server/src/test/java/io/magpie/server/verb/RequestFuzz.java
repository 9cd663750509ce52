package io.magpie.server.verb;

import io.magpie.core.engine.Engine;
import io.magpie.core.index.ItemAttributes;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.Status;
import io.magpie.server.TestServers;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A whole server's worth of verbs, over a state of its own, without a network: any frame is answered by well-formed
 * frames, and never with INTERNAL. What one input changes, later ones find.
 */
public final class RequestFuzz {
    private static final int LONGEST = 64 * 1024;

    private static VerbDispatcher dispatcher;
    private static final Peer PEER = new Peer();
    private static final Request REQUEST = new Request();

    private static final class Peer extends FakeExchange {
        private Status last = Status.OK;

        @Override
        public void replied(int messageType, Status status, long arrivalNanos) {
            last = status == Status.INTERNAL ? status : last;
        }

        @Override
        public void execute(Runnable task) {} // what the pool answers, another thread would
    }

    private RequestFuzz() {}

    private static void open() throws Exception {
        Path directory = Files.createTempDirectory("magpie-fuzz");
        ServerConfiguration configuration =
                TestServers.configuration(directory, "limits.list-length", "64", "overload.wait", "0s");
        Engine engine = TestServers.openEngine(configuration);
        float[] vector = new float[TestServers.DIMENSION];
        for (int i = 0; i < 50; i++) {
            vector[i % vector.length] += 1;
            engine.items().put(i, 1, vector, 0, ItemAttributes.NONE);
            engine.profiles().putSlot(i, i % 3, 1, vector, 1, 1_000);
        }
        VerbContext context = TestServers.verbContext(engine, configuration, new ServerMetrics());
        // Without a directory: a snapshot that was begun is refused, its state is told.
        SnapshotService snapshots = new SnapshotService(engine, null, 0, Clock.systemUTC());
        dispatcher = new VerbDispatcher(context, new DearPool(1, 1), List::of, snapshots, new FailureLog());
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (dispatcher == null) {
            open();
        }
        if (input.length < FrameHeaderDescriptor.HEADER_LENGTH || input.length > LONGEST) {
            return; // the frame decoder lets none of these through
        }
        ByteBuf frame = Unpooled.wrappedBuffer(input.clone());
        frame.setIntLE(0, input.length - FrameHeaderDescriptor.LENGTH_FIELD_LENGTH);
        PEER.replies.clear();
        PEER.last = Status.OK;
        dispatcher.dispatch(REQUEST.wrap(PEER, frame, 0, input.length, System.nanoTime()));
        dispatcher.endTurn();
        if (PEER.last == Status.INTERNAL) {
            throw new AssertionError("a request made the server fail; its log says why");
        }
        int at = 0;
        while (at < PEER.replies.writerIndex()) {
            int length = (int) PEER.replies.getUnsignedIntLE(at) + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
            if (FrameHeader.validate(PEER.replies, at, length) != Status.OK || !FrameHeader.isReply(PEER.replies, at)) {
                throw new AssertionError("a reply is no frame: offset=" + at);
            }
            at += length;
        }
    }
}
