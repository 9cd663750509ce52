package io.magpie.server;

import io.magpie.protocol.Status;
import io.magpie.server.metrics.Endings;
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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one event loop owns, and the end of its turns. A turn is one round of the loop: everything that had become
 * readable, on all its connections, is read and decoded; then this task runs, which answers the batch and flushes each
 * connection once. It is queued when the turn's first request arrives, and the loop runs its queue right after the
 * sockets, so nothing waits and nothing is timed. Used by that loop alone.
 */
final class EventLoopContext implements Runnable {
    private static final int LATENCIES = 4_096;
    /** What sending takes, roughly: refusals are sent ahead where that adds less than a tenth to a batch. */
    private static final long TEN_SENDS_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    // How long a stopping server reads on of a connection that sent more than its turns took in.
    private static final long MOST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop eventLoop;
    private final VerbDispatcher dispatcher;
    private final LoopMetrics metrics;
    private final ErrorReplies errors;
    private final FailureLog failures;
    private final Endings endings;
    private final List<Connection> connections = new ArrayList<>();

    private boolean queued;
    private long turn;
    private Connection[] dirty = new Connection[64];
    private int dirtyCount;
    // Latencies count up to the flush, so they are recorded when the turn has ended, with one look at the clock.
    private final Verb[] verbs = new Verb[LATENCIES];
    private final long[] arrivals = new long[LATENCIES];
    private int answered;
    private int refused;

    EventLoopContext(
            EventLoop eventLoop,
            VerbDispatcher dispatcher,
            LoopMetrics metrics,
            ErrorReplies errors,
            FailureLog failures,
            Endings endings) {
        this.eventLoop = eventLoop;
        this.dispatcher = dispatcher;
        this.metrics = metrics;
        this.errors = errors;
        this.failures = failures;
        this.endings = endings;
        dispatcher.beforeBatch(this::sendRefusals);
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

    Endings endings() {
        return endings;
    }

    LoopMetrics metrics() {
        return metrics;
    }

    void opened(Connection connection) {
        connection.place(connections.size());
        connections.add(connection);
        metrics.connectionOpened();
    }

    void closed(Connection connection) {
        Connection last = connections.remove(connections.size() - 1);
        if (last != connection) {
            last.place(connection.place());
            connections.set(connection.place(), last);
        }
        metrics.connectionClosed();
    }

    /** Looks after the connections at a fixed pause. Any thread, once. */
    void lookAfter(long pauseMillis) {
        eventLoop.scheduleWithFixedDelay(this::lookAfterAll, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void lookAfterAll() {
        long now = System.nanoTime();
        // From the end, because whoever is closed gives its place to the last.
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (i < connections.size()) {
                connections.get(i).lookAfter(now);
            }
        }
    }

    /** Returns the number of this turn. */
    long turn() {
        return turn;
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
        eventLoop.execute(() -> closeThoseUpToDate(false));
        long lastReadNanos = System.nanoTime() + MOST_BEHIND_NANOS;
        eventLoop.schedule(
                () -> awaitDrained(lastReadNanos, deadlineNanos, drained), lastReadMillis, TimeUnit.MILLISECONDS);
        return drained;
    }

    private void awaitDrained(long lastReadNanos, long deadlineNanos, Promise<Void> drained) {
        long now = System.nanoTime();
        if (connections.isEmpty()) {
            drained.setSuccess(null);
        } else if (now >= deadlineNanos) {
            for (Connection connection : new ArrayList<>(connections)) {
                connection.abort();
            }
            drained.setSuccess(null);
        } else {
            closeThoseUpToDate(true);
            if (now >= lastReadNanos) {
                connections.forEach(Connection::close);
            }
            eventLoop.schedule(() -> awaitDrained(lastReadNanos, deadlineNanos, drained), 1, TimeUnit.MILLISECONDS);
        }
    }

    /** Whoever sent more than its turns took in is read on; again and again, as nothing else ends what is half a frame. */
    private void closeThoseUpToDate(boolean close) {
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            if (!connection.isBehind() && close) {
                connection.close();
            }
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
            refused += status == Status.OVERLOADED ? 1 : 0;
        }
        if (answered == LATENCIES) {
            recordLatencies();
        }
        verbs[answered] = verb;
        arrivals[answered++] = arrivalNanos;
    }

    /** Whoever is turned away is told before the others are served: it has nothing to wait for. */
    private void sendRefusals(double batchNanos) {
        if (refused > 0 && dirtyCount * (double) TEN_SENDS_NANOS <= batchNanos) {
            for (int i = 0; i < dirtyCount; i++) {
                dirty[i].sendAhead();
            }
            refused = 0;
        }
    }

    /** Ends the turn. */
    @Override
    public void run() {
        queued = false;
        turn++;
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
        refused = 0;
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
