package io.magpie.server.verb;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.magpie.server.metrics.Counter;
import io.magpie.server.metrics.Stage;
import io.magpie.server.metrics.Verb;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Brings each request to the handler of its verb. One an event loop, used by that thread alone.
 *
 * <p>Order on one connection: a read after a write sees the write, and a recommend before a write does not, because the
 * batch is answered before a write of a connection that has a request in it. Events that a batch records are recorded before
 * any of it is answered, and before anything that is not of the batch.
 */
public final class VerbDispatcher {
    /** A list of changes as long as this comes from a bulk load: the others are not turned away because of it. */
    private static final int BULK_LENGTH = 16 * 1024;

    /** Bytes of a list of changes that are a unit of work. */
    private static final int UNIT_LENGTH = 256;

    /** One read in so many is timed to learn what reads cost; changes all are. */
    private static final int TIMED_READS = 8;

    private final VerbContext context;
    private final LongSupplier nanoClock;
    private final Admission admission;
    private final FailureLog failures;
    private final VerbGuard guard;
    private final ControlHandlers control;
    private final ReadHandlers reads;
    private final WriteHandlers writes;
    private final ItemWriteHandlers itemWrites;
    private final RecommendHandler recommends;
    private final WhyHandler why;
    private final StatisticsHandler statistics;
    private final SnapshotHandler snapshots;
    private final ExportHandler exports;
    private final BatchHandler batches;
    private final CatalogueHandler catalogues;
    private int reading;

    /**
     * @param context  what the handlers share
     * @param pool     runs dear requests
     * @param counters gathers statistics; called by the pool
     * @param snapshotService makes snapshots
     * @param failures where unforeseen failures go
     */
    public VerbDispatcher(
            VerbContext context,
            DearPool pool,
            Supplier<List<Counter>> counters,
            SnapshotService snapshotService,
            FailureLog failures) {
        this(context, pool, counters, snapshotService, failures, System::nanoTime);
    }

    /** As above, with another clock than {@link System#nanoTime()}. */
    VerbDispatcher(
            VerbContext context,
            DearPool pool,
            Supplier<List<Counter>> counters,
            SnapshotService snapshotService,
            FailureLog failures,
            LongSupplier nanoClock) {
        this.context = context;
        this.nanoClock = nanoClock;
        admission = new Admission(context.configuration().loops().overload());
        this.failures = failures;
        guard = new VerbGuard(context);
        control = new ControlHandlers(context);
        reads = new ReadHandlers(context);
        writes = new WriteHandlers(context);
        itemWrites = new ItemWriteHandlers(context);
        recommends = new RecommendHandler(context, failures, admission, nanoClock);
        why = new WhyHandler(context);
        catalogues = new CatalogueHandler(context);
        snapshots = new SnapshotHandler(context, snapshotService);
        DearReplies dear = new DearReplies(context, pool, failures);
        statistics = new StatisticsHandler(context, dear, counters);
        exports = new ExportHandler(context, dear);
        batches = new BatchHandler(context, this);
    }

    /** Answers a request, or takes it into the batch. Never throws for what a request holds. */
    public void dispatch(Request request) {
        admission.arrived(request.arrivalNanos());
        if (!isServed(request) || !guard.admits(request)) {
            return;
        }
        int messageType = request.messageType();
        if (messageType == MessageType.BATCH) {
            batches.handle(request);
            return;
        }
        boolean changes = !MessageType.isRead(messageType);
        boolean batched = isBatched(messageType);
        // What is batched is decided on when it is known how much work it is; without room for the least it is not even
        // read.
        if (batched ? !hasRoom(request, messageType) : !isTaken(request, messageType, changes)) {
            context.errors().overloaded(request, admission.predictedWaitNanos());
            return;
        }
        if (changes && request.exchange().unanswered() > 0 || recommends.hasEvents() && !batched) {
            recommends.answerAll();
        }
        context.metrics().stages().begin(messageType, request.arrivalNanos());
        long from = isTimed(messageType, changes, batched) ? nanoClock.getAsLong() : 0;
        handleSafely(request, changes && !batched);
        if (from != 0) {
            admission.answered(Verb.of(messageType), units(request, changes), nanoClock.getAsLong() - from);
        }
    }

    private void handleSafely(Request request, boolean applies) {
        ByteBuf replies = request.replyBuffer();
        int before = replies.writerIndex();
        try {
            handle(request);
            if (applies) {
                context.metrics().stages().mark(Stage.APPLY);
            }
        } catch (RuntimeException e) {
            failures.log(MessageType.name(request.messageType()) + " failed", e);
            replies.writerIndex(before); // what was written of a reply is no frame
            context.errors().reply(request, Status.INTERNAL, "the server failed; its log says why");
        }
    }

    /** Answers every recommend that was taken into the batch. Called when a turn of the event loop ends. */
    public void endTurn() {
        recommends.answerAll();
        boolean wasStorm = admission.isStorm();
        admission.endTurn(nanoClock.getAsLong());
        if (admission.isStorm() != wasStorm) {
            context.metrics().storm(!wasStorm);
        }
    }

    /**
     * Says whom to tell before a batch is answered: what has been said so far might as well be sent.
     *
     * @param whom takes how long the batch will take, as predicted, in nanoseconds; called by the event loop, maybe in the midst
     *             of a request
     */
    public void beforeBatch(DoubleConsumer whom) {
        recommends.beforeBatch(whom);
    }

    /** Returns whether more is asked than can be served, so that whatever is read must be taken or shed in the same turn. */
    public boolean isStorm() {
        return admission.isStorm();
    }

    /**
     * A connection's turn ended before all that was read of it was looked at.
     *
     * @param share        of the connection
     * @param handledBytes bytes of its requests in this turn
     * @param leftBytes    bytes that were read and not looked at
     */
    public void leaves(Share share, long handledBytes, long leftBytes) {
        admission.leaves(share, handledBytes, leftBytes);
    }

    private boolean hasRoom(Request request, int messageType) {
        return admission.hasRoom(
                Verb.of(messageType),
                1,
                request.beginNanos(),
                request.deadlineNanos(),
                request.exchange().share());
    }

    private boolean isTaken(Request request, int messageType, boolean changes) {
        if (isAlwaysTaken(messageType) || changes && request.length() >= BULK_LENGTH) {
            return true;
        }
        Verb verb = Verb.of(messageType);
        long units = units(request, changes);
        // A signal that is turned away may be lost, a question is asked again: changes are what the others wait for.
        boolean taken = changes
                || admission.isTaken(
                        verb,
                        units,
                        request.beginNanos(),
                        request.deadlineNanos(),
                        request.exchange().share());
        if (taken) {
            admission.begun(verb, units);
        }
        return taken;
    }

    /** Those by which a client finds out whether the server is there; and what the pool bounds. */
    private static boolean isAlwaysTaken(int messageType) {
        return messageType == MessageType.PING
                || messageType == MessageType.HELLO
                || messageType == MessageType.STATISTICS
                || messageType == MessageType.EXPORT_PROFILE;
    }

    private static long units(Request request, boolean changes) {
        return changes ? 1 + request.length() / UNIT_LENGTH : 1;
    }

    private boolean isTimed(int messageType, boolean changes, boolean batched) {
        return !batched && (changes || !isAlwaysTaken(messageType) && ++reading % TIMED_READS == 0);
    }

    private boolean isServed(Request request) {
        if (!request.isVersionKnown()) {
            context.errors()
                    .reply(
                            request,
                            Status.UNSUPPORTED_VERSION,
                            "this protocol version is not spoken: version=" + request.version() + " spoken="
                                    + ProtocolLimits.MIN_VERSION + ".." + ProtocolLimits.VERSION);
            return false;
        }
        if (request.isReply()) {
            context.errors().reply(request, Status.MALFORMED, "a server takes requests, and this is a reply");
            return false;
        }
        long budgetMicros = request.budgetMicros();
        if (budgetMicros != 0) {
            request.begun(nanoClock.getAsLong());
            long waitedMicros = (request.beginNanos() - request.arrivalNanos()) / 1_000;
            if (waitedMicros >= budgetMicros) {
                context.errors()
                        .reply(
                                request,
                                Status.DEADLINE_EXCEEDED,
                                "the budget ran out before the request was begun: budgetMicros=" + budgetMicros
                                        + " waitedMicros=" + waitedMicros);
                return false;
            }
        }
        return true;
    }

    private static boolean isBatched(int messageType) {
        return switch (messageType) {
            case MessageType.RECOMMEND,
                    MessageType.SCORE,
                    MessageType.SIMILAR,
                    MessageType.POPULAR,
                    MessageType.RECORD_AND_RECOMMEND -> true;
            default -> false;
        };
    }

    private void handle(Request request) {
        int messageType = request.messageType();
        switch (messageType) {
            case MessageType.PING -> control.ping(request);
            case MessageType.RECOMMEND,
                    MessageType.SCORE,
                    MessageType.SIMILAR,
                    MessageType.POPULAR,
                    MessageType.RECORD_AND_RECOMMEND -> recommends.handle(request);
            case MessageType.WHY -> why.handle(request);
            case MessageType.GET_PROFILE -> reads.getProfile(request);
            case MessageType.GET_ITEM -> reads.getItem(request);
            case MessageType.EXPORT_PROFILE -> exports.handle(request);
            case MessageType.MARK_ITEMS -> writes.markItems(request);
            case MessageType.RECORD_EVENTS -> writes.recordEvents(request);
            case MessageType.PUT_SLOTS -> writes.putSlots(request);
            case MessageType.SET_CONSENTS -> writes.setConsents(request);
            case MessageType.ERASE_PROFILE -> writes.eraseProfile(request);
            case MessageType.LINK -> writes.link(request);
            case MessageType.UNLINK -> writes.unlink(request);
            case MessageType.PUT_ITEMS -> itemWrites.putItems(request);
            case MessageType.PATCH_ITEMS -> itemWrites.patchItems(request);
            case MessageType.REMOVE_ITEMS -> itemWrites.removeItems(request);
            case MessageType.HELLO -> control.hello(request);
            case MessageType.STAGE_CATALOGUE,
                    MessageType.SWITCH_CATALOGUE,
                    MessageType.DROP_CATALOGUE,
                    MessageType.REBUILD_CATALOGUE,
                    MessageType.GET_CATALOGUES -> catalogues.handle(request);
            case MessageType.STATISTICS -> statistics.handle(request);
            case MessageType.SNAPSHOT -> snapshots.handle(request);
            default ->
                context.errors()
                        .reply(
                                request,
                                Status.UNKNOWN_VERB,
                                "this server does not know the verb: messageType=" + messageType);
        }
    }
}
