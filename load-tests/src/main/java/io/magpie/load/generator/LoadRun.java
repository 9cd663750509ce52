package io.magpie.load.generator;

import io.magpie.protocol.Status;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** Drives one run from connecting to the last answer. Used by one thread, once. */
public final class LoadRun {
    /** Told about once a second how it goes; called by the thread of {@link #run}. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param elapsed   since the measured time began; negative while warming up
         * @param completed answered so far
         * @param second    latencies of the last second, in nanoseconds
         */
        void at(Duration elapsed, long completed, Histogram second);
    }

    /** Takes part in a run beside its connections. Called by the thread of {@link #run}. */
    public interface Companion extends AutoCloseable {
        /** Nobody. */
        Companion NONE = new Companion() {
            @Override
            public void start() {}

            @Override
            public void stop() {}
        };

        /** The load begins, warming up included. */
        void start() throws IOException;

        /** The last request of the load is sent. Waits until it has come to its end. */
        void stop() throws InterruptedException;

        /** Frees what it holds, whatever happened. */
        @Override
        default void close() {}
    }

    private static final int MOST_INTERVALS = 360;
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long CONNECT_TIMEOUT_SECONDS = 10;
    private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LoadConfiguration configuration;
    private final Endpoint server;
    private final IntFunction<Exchange> exchanges;
    private final Progress progress;
    private final ServerFigures.Probe probe;
    private final Companion companion;
    private final List<Exchange> asked = new ArrayList<>();
    private final NanoClock clock = NanoClock.SYSTEM;
    private final List<LoadLoop> loops = new ArrayList<>();
    private final List<LoadRecorder> recorders = new ArrayList<>();
    private final List<Interval> intervals = new ArrayList<>();
    private ServerFigures serverFrom;
    private long intervalFrom;
    private long cpuMark;
    private long errorMark;
    private final Histogram total = new Histogram(LoadRecorder.HIGHEST_NANOS, LoadRecorder.SIGNIFICANT_DIGITS);

    /** @param exchanges gives each event loop, by its number from 0, what it asks */
    public LoadRun(
            LoadConfiguration configuration,
            InetSocketAddress address,
            IntFunction<Exchange> exchanges,
            Progress progress) {
        this(configuration, Endpoint.plain(address), exchanges, progress, ServerFigures.Probe.NONE, Companion.NONE);
    }

    /**
     * @param exchanges gives each event loop, by its number from 0, what it asks
     * @param probe     asked about once a second
     * @param companion takes part beside the load
     */
    public LoadRun(
            LoadConfiguration configuration,
            Endpoint server,
            IntFunction<Exchange> exchanges,
            Progress progress,
            ServerFigures.Probe probe,
            Companion companion) {
        this.probe = probe;
        this.companion = companion;
        this.configuration = configuration;
        this.server = server;
        this.exchanges = exchanges;
        this.progress = progress;
    }

    /**
     * Connects, warms up, measures and waits for the last answers.
     *
     * @throws IOException if a connection cannot be made
     */
    public Measurement run() throws IOException, InterruptedException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(configuration.eventLoops(), io);
        try {
            for (int i = 0; i < configuration.eventLoops(); i++) {
                Exchange exchange = exchanges.apply(i);
                asked.add(exchange);
                recorders.add(new LoadRecorder(exchange.kinds().size()));
                loops.add(new LoadLoop(group.next(), configuration, exchange, recorders.get(i), clock));
            }
            connect(epoll);
            companion.start();
            return measure();
        } finally {
            companion.close();
            for (LoadLoop loop : loops) {
                loop.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
            }
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        }
    }

    private void connect(boolean epoll) throws IOException, InterruptedException {
        Bootstrap template = new Bootstrap()
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) TimeUnit.SECONDS.toMillis(CONNECT_TIMEOUT_SECONDS));
        List<Future<Void>> ready = new ArrayList<>();
        for (int i = 0; i < configuration.connections(); i++) {
            ready.add(loops.get(i % loops.size()).connect(template, server));
        }
        long deadline = clock.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_TIMEOUT_SECONDS);
        for (Future<Void> each : ready) {
            if (!each.await(Math.max(1, deadline - clock.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new IOException("no answer to hello in " + CONNECT_TIMEOUT_SECONDS + " s from " + server.address()
                        + ": is it a Magpie server?");
            }
            if (!each.isSuccess()) {
                throw new IOException("cannot connect to " + server.address() + ": "
                        + each.cause().getMessage() + " (is the server running there?)");
            }
        }
    }

    /** Short enough to show a hiccup; in a soak long enough that the report stays small. */
    private long intervalNanos() {
        return WATCH_NANOS
                * Math.max(1, Math.round((double) configuration.duration().toSeconds() / MOST_INTERVALS));
    }

    private Measurement measure() throws InterruptedException {
        long startNanos = clock.nanoTime() + HEAD_START_NANOS;
        long fromNanos = startNanos + configuration.warmUp().toNanos();
        long endNanos = fromNanos + configuration.duration().toNanos();
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).start(schedule(i), startNanos, fromNanos, endNanos);
        }
        // Statistics are asked for while warming up as well: the first ones take a server long.
        for (long at = startNanos; fromNanos - at > 0; at += WATCH_NANOS) {
            sleepUntil(at);
            probe.read();
        }
        sleepUntil(fromNanos);
        serverFrom = probe.read();
        cpuMark = cpuNanos();
        long cpuFrom = cpuMark;
        intervalFrom = System.currentTimeMillis();
        for (int piece = 1; clock.nanoTime() - endNanos < 0; piece++) {
            sleepUntil(Math.min(endNanos, fromNanos + piece * intervalNanos()));
            takeInterval(true);
            progress.at(
                    Duration.ofNanos(clock.nanoTime() - fromNanos),
                    sum(LoadRecorder::completedCount),
                    intervals.get(intervals.size() - 1).latencies());
        }
        long drainUntil = endNanos + configuration.drain().toNanos();
        for (LoadLoop loop : loops) {
            loop.stop();
            loop.drained().await(Math.max(1, drainUntil - clock.nanoTime()), TimeUnit.NANOSECONDS);
            loop.abandon().await(1, TimeUnit.SECONDS);
        }
        takeInterval(false);
        companion.stop();
        return summary(fromNanos, endNanos, Duration.ofNanos(cpuMark - cpuFrom));
    }

    private ArrivalSchedule schedule(int loop) {
        if (configuration.mode() == LoadConfiguration.Mode.CLOSED) {
            return null;
        }
        ArrivalSchedule measured = schedule(loop, configuration.ratePerSecond());
        return configuration.warmUpRate() == configuration.ratePerSecond()
                ? measured
                : schedule(loop, configuration.warmUpRate())
                        .until(configuration.warmUp().toNanos(), measured);
    }

    private ArrivalSchedule schedule(int loop, double ratePerSecond) {
        double share = ratePerSecond / loops.size();
        return switch (configuration.mode()) {
            case FIXED -> ArrivalSchedule.fixed(share, (double) loop / loops.size());
            case POISSON -> ArrivalSchedule.poisson(share, LoadConfiguration.ARRIVAL_SEED + loop);
            case CLOSED -> null;
        };
    }

    private void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - clock.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private void takeInterval(boolean askServer) {
        // Coarser than the total: there may be hundreds of them.
        Histogram merged = new Histogram(LoadRecorder.HIGHEST_NANOS, 2);
        for (LoadRecorder recorder : recorders) {
            Histogram interval = recorder.interval();
            total.add(interval);
            merged.add(interval);
        }
        long now = System.currentTimeMillis();
        merged.setStartTimeStamp(intervalFrom);
        merged.setEndTimeStamp(now);
        long cpu = cpuNanos();
        long errors = sum(LoadRecorder::errorCount) + sum(LoadRecorder::malformedCount);
        intervals.add(new Interval(merged, errors - errorMark, cpu - cpuMark, askServer ? probe.read() : null));
        intervalFrom = now;
        cpuMark = cpu;
        errorMark = errors;
    }

    private Measurement summary(long fromNanos, long endNanos, Duration cpu) {
        Map<Status, Long> errors = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            long count = sum(recorder -> recorder.errorCount(status));
            if (count > 0) {
                errors.put(status, count);
            }
        }
        long lastNanos = endNanos;
        for (LoadRecorder recorder : recorders) {
            lastNanos = Math.max(lastNanos, recorder.lastAnswerNanos());
        }
        long lastRefused = fromNanos;
        Histogram refusals = new Histogram(LoadRecorder.HIGHEST_NANOS, LoadRecorder.SIGNIFICANT_DIGITS);
        Histogram lags = new Histogram(LoadRecorder.HIGHEST_NANOS, LoadRecorder.SIGNIFICANT_DIGITS);
        for (LoadRecorder recorder : recorders) {
            refusals.add(recorder.refusals());
            lags.add(recorder.lags());
            lastRefused = Math.max(lastRefused, recorder.lastRefusedNanos());
        }
        long sent = sum(LoadRecorder::sentCount);
        long completed = sum(LoadRecorder::completedCount);
        long malformed = sum(LoadRecorder::malformedCount);
        return new Measurement(
                configuration,
                Duration.ofNanos(lastNanos - fromNanos),
                sent,
                sum(LoadRecorder::lateCount),
                sum(LoadRecorder::unsentCount),
                sum(LoadRecorder::crowdedOutCount),
                lags,
                completed,
                errors,
                malformed,
                sum(LoadRecorder::unexpectedCount),
                sent - completed - malformed - sum(LoadRecorder::errorCount),
                sum(LoadRecorder::disconnectedCount),
                total,
                refusals,
                Duration.ofNanos(lastRefused - fromNanos),
                kinds(),
                serverFrom,
                List.copyOf(intervals),
                asked.stream().mapToLong(Exchange::checkedCount).sum(),
                cpu);
    }

    private Map<String, Histogram> kinds() {
        Map<String, Histogram> kinds = new LinkedHashMap<>();
        List<String> names = asked.get(0).kinds();
        for (int kind = 0; kind < names.size(); kind++) {
            Histogram all = new Histogram(LoadRecorder.HIGHEST_NANOS, LoadRecorder.SIGNIFICANT_DIGITS);
            for (LoadRecorder recorder : recorders) {
                all.add(recorder.kind(kind));
            }
            if (all.getTotalCount() > 0) {
                kinds.put(names.get(kind), all);
            }
        }
        return kinds;
    }

    private long sum(ToLongFunction<LoadRecorder> counter) {
        long sum = 0;
        for (LoadRecorder recorder : recorders) {
            sum += counter.applyAsLong(recorder);
        }
        return sum;
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
