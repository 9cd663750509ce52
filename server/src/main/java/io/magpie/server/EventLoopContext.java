package io.magpie.server;

import io.magpie.protocol.Status;
import io.magpie.server.metrics.LoopMetrics;
import io.magpie.server.metrics.Stage;
import io.magpie.server.metrics.Verb;
import io.magpie.server.verb.ErrorReplies;
import io.magpie.server.verb.FailureLog;
import io.magpie.server.verb.VerbDispatcher;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What one event loop owns, and the end of its turns. A turn is one round of the loop: everything that had become
 * readable, on all its connections, is read and decoded; then this task runs, which answers the batch and flushes each
 * connection once. It is queued when the turn's first request arrives, and the loop runs its queue right after the
 * sockets, so nothing waits and nothing is timed. Used by that loop alone.
 */
final class EventLoopContext implements Runnable {
    private static final int LATENCIES = 4_096;

    private final EventLoop eventLoop;
    private final VerbDispatcher dispatcher;
    private final LoopMetrics metrics;
    private final ErrorReplies errors;
    private final FailureLog failures;
    private final Set<Connection> connections = new LinkedHashSet<>();

    private boolean queued;
    private Connection[] dirty = new Connection[64];
    private int dirtyCount;
    // Latencies count up to the flush, so they are recorded when the turn has ended, with one look at the clock.
    private final Verb[] verbs = new Verb[LATENCIES];
    private final long[] arrivals = new long[LATENCIES];
    private int answered;

    EventLoopContext(
            EventLoop eventLoop,
            VerbDispatcher dispatcher,
            LoopMetrics metrics,
            ErrorReplies errors,
            FailureLog failures) {
        this.eventLoop = eventLoop;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
        this.errors = errors;
        this.failures = failures;
    }

    VerbDispatcher dispatcher() {
        return dispatcher;
    }

    ErrorReplies errors() {
        return errors;
    }

    FailureLog failures() {
        return failures;
    }

    LoopMetrics metrics() {
        return metrics;
    }

    void opened(Connection connection) {
        connections.add(connection);
        metrics.connectionOpened();
    }

    void closed(Connection connection) {
        connections.remove(connection);
        metrics.connectionClosed();
    }

    /**
     * Ends every connection once what has arrived on it is answered and taken. Any thread.
     *
     * @param lastReadMillis what arrives until then is still answered
     * @param deadlineNanos  {@link System#nanoTime()} at which those that are left are cut off
     * @return done when there is no connection left
     */
    Future<Void> drain(long lastReadMillis, long deadlineNanos) {
        Promise<Void> drained = eventLoop.newPromise();
        eventLoop.schedule(
                () -> {
                    for (Connection connection : new ArrayList<>(connections)) {
                        connection.close();
                    }
                    awaitDrained(deadlineNanos, drained);
                },
                lastReadMillis,
                TimeUnit.MILLISECONDS);
        return drained;
    }

    private void awaitDrained(long deadlineNanos, Promise<Void> drained) {
        if (connections.isEmpty()) {
            drained.setSuccess(null);
        } else if (System.nanoTime() >= deadlineNanos) {
            for (Connection connection : new ArrayList<>(connections)) {
                connection.abort();
            }
            drained.setSuccess(null);
        } else {
            eventLoop.schedule(() -> awaitDrained(deadlineNanos, drained), 1, TimeUnit.MILLISECONDS);
        }
    }

    /** Sees to it that the turn has an end. */
    void touch() {
        if (!queued) {
            queued = true;
            eventLoop.execute(this);
        }
    }

    /** Sees to it that the connection is flushed when the turn ends. */
    void touch(Connection connection) {
        if (dirtyCount == dirty.length) {
            dirty = Arrays.copyOf(dirty, 2 * dirtyCount);
        }
        dirty[dirtyCount++] = connection;
        touch();
    }

    /** Notes an answer; its latency is recorded when the turn has ended. */
    void answered(Verb verb, Status status, long arrivalNanos) {
        if (status != Status.OK) {
            metrics.failed(status);
        }
        if (answered == LATENCIES) {
            recordLatencies();
        }
        verbs[answered] = verb;
        arrivals[answered++] = arrivalNanos;
    }

    /** Ends the turn. */
    @Override
    public void run() {
        queued = false;
        dispatcher.endTurn();
        boolean timed = answered > 0 && metrics.stages().isTurnTimed();
        Verb last = timed ? verbs[answered - 1] : null;
        int replies = answered;
        long flushFrom = timed ? System.nanoTime() : 0;
        for (int i = 0; i < dirtyCount; i++) {
            Connection connection = dirty[i];
            dirty[i] = null;
            connection.flush();
        }
        dirtyCount = 0;
        if (timed) {
            metrics.stages().record(last, Stage.FLUSH, (System.nanoTime() - flushFrom) / replies);
        }
        recordLatencies();
    }

    private void recordLatencies() {
        long now = System.nanoTime();
        for (int i = 0; i < answered; i++) {
            metrics.answered(verbs[i], now - arrivals[i]);
        }
        answered = 0;
    }
}
