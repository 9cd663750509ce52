package io.magpie.load.generator;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The part of a run that one event loop drives: its connections and its share of the schedule. Everything happens on
 * that event loop, so there are no locks, and a turn that reads answers cannot be overtaken by one that sends.
 */
final class LoadLoop implements Runnable, RequestSink {
    private static final long NO_ROOM_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLoop eventLoop;
    private final LoadConfiguration configuration;
    private final Exchange exchange;
    private final LoadRecorder recorder;
    private final NanoClock clock;
    private final Promise<Void> done;
    private final Promise<Void> drained;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final List<LoadConnection> touched = new ArrayList<>();

    private Pacer pacer;
    private long endNanos;
    private int next;
    private boolean running;
    private boolean waitsForRoom;

    LoadLoop(
            EventLoop eventLoop,
            LoadConfiguration configuration,
            Exchange exchange,
            LoadRecorder recorder,
            NanoClock clock) {
        this.eventLoop = eventLoop;
        this.configuration = configuration;
        this.exchange = exchange;
        this.recorder = recorder;
        this.clock = clock;
        this.done = eventLoop.newPromise();
        this.drained = eventLoop.newPromise();
    }

    Exchange exchange() {
        return exchange;
    }

    LoadRecorder recorder() {
        return recorder;
    }

    NanoClock clock() {
        return clock;
    }

    /** Opens one more connection of this loop; the future ends when the server has answered hello. */
    Future<Void> connect(Bootstrap template, Endpoint server) {
        Promise<Void> ready = eventLoop.newPromise();
        LoadConnection connection = new LoadConnection(
                this, configuration.pipeline(), server.token().get(), ready);
        eventLoop.execute(() -> connections.add(connection));
        template.clone(eventLoop)
                .handler(new io.netty.channel.ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        server.secure(channel);
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(server.address())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        ready.tryFailure(connected.cause());
                    }
                });
        return ready;
    }

    /**
     * Starts sending.
     *
     * @param schedule        of this loop's requests, or null for a closed loop
     * @param startNanos      where offset 0 of the schedule lies
     * @param measureFromNanos requests meant for an earlier time are not counted
     * @param endNanos        when sending ends
     */
    void start(ArrivalSchedule schedule, long startNanos, long measureFromNanos, long endNanos) {
        eventLoop.execute(() -> {
            recorder.measureFrom(measureFromNanos);
            this.endNanos = endNanos;
            running = true;
            if (schedule == null) {
                connections.forEach(this::refill);
                poll();
            } else {
                long patienceNanos = configuration.patience().toNanos();
                pacer = new Pacer(schedule, clock, this, recorder, startNanos, endNanos, patienceNanos);
                run();
            }
        });
    }

    /** Keeps a closed loop awake: a server that waits until its driver has woken up has not reached its peak. */
    private void poll() {
        if (running && !configuration.spin().isZero()) {
            afterReading(this::poll);
        }
    }

    /**
     * What a task queues runs in the same turn of the event loop, for up to a second before it looks at its sockets again. So a
     * loop that is always due would read no answers: what is queued once the turn has ended waits for the sockets.
     */
    private void afterReading(Runnable task) {
        ((SingleThreadEventLoop) eventLoop).executeAfterEventLoopIteration(() -> eventLoop.execute(task));
    }

    /** One turn of the open loop. */
    @Override
    public void run() {
        if (!running) {
            return;
        }
        long waitNanos = pacer.turn();
        flushTouched();
        waitsForRoom = waitNanos == Pacer.NO_ROOM;
        if (waitNanos == Pacer.DONE) {
            finish();
        } else if (waitsForRoom) {
            eventLoop.schedule(this::pollRoom, NO_ROOM_POLL_NANOS, TimeUnit.NANOSECONDS);
        } else if (waitNanos <= configuration.spin().toNanos()) {
            afterReading(this);
        } else {
            eventLoop.schedule(this, waitNanos - configuration.spin().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void pollRoom() {
        if (waitsForRoom) {
            waitsForRoom = false;
            run();
        }
    }

    @Override
    public boolean trySend(long intendedNanos) {
        for (int tried = 0; tried < connections.size(); tried++) {
            LoadConnection connection = connections.get(next);
            if (connection.hasRoom()) {
                connection.send(intendedNanos);
                return true;
            }
            advance();
        }
        return false;
    }

    private void advance() {
        next = next + 1 == connections.size() ? 0 : next + 1;
    }

    /** Called by a connection when it has something to flush. */
    void touched(LoadConnection connection) {
        touched.add(connection);
    }

    /** Called by a connection after it has read all that had come. */
    void onAnswers(LoadConnection connection) {
        if (running && pacer == null) {
            refill(connection);
        } else if (running && waitsForRoom) {
            waitsForRoom = false;
            run();
        }
        if (!running) {
            checkDrained();
        }
    }

    private void refill(LoadConnection connection) {
        long now = clock.nanoTime();
        if (now - endNanos >= 0) {
            finish();
            return;
        }
        while (connection.hasRoom()) {
            connection.send(now);
            recorder.sent(now, now, false);
        }
        flushTouched();
    }

    /** What is due at the same time shares a connection and a system call, which costs more than the request; then the next has it. */
    private void flushTouched() {
        if (!touched.isEmpty()) {
            advance();
        }
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).flush();
        }
        touched.clear();
    }

    private void finish() {
        if (running) {
            running = false;
            done.trySuccess(null);
            checkDrained();
        }
    }

    private void checkDrained() {
        if (done.isDone()) {
            for (LoadConnection connection : connections) {
                if (connection.waiting() > 0) {
                    return;
                }
            }
            drained.trySuccess(null);
        }
    }

    /** Ends when the last request was answered. */
    Future<Void> drained() {
        return drained;
    }

    /** Ends a closed loop; an open one ends by itself, when all that was due by its end is sent. */
    void stop() {
        eventLoop.execute(() -> {
            if (pacer == null) {
                finish();
            }
        });
    }

    /** Sends no more; what was due and not sent is counted. */
    Future<?> abandon() {
        return eventLoop.submit(() -> {
            if (running && pacer != null) {
                pacer.abandon();
            }
            finish();
        });
    }

    /** Stops sending and closes the connections. */
    Future<?> close() {
        return eventLoop.submit(() -> {
            running = false;
            connections.forEach(LoadConnection::close);
        });
    }
}
