package io.magpie.benchmarks;

import io.magpie.protocol.MessageType;
import io.magpie.server.metrics.ServerMetrics;
import io.magpie.server.metrics.Stage;
import io.magpie.server.metrics.StageTimer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a request that its stages are timed, one request in thirteen; beside it, a single look at the clock. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StageTimerBenchmark {
    private final StageTimer timer = new ServerMetrics().newLoop().stages();
    private long arrivalNanos;

    /** One request of three stages, as a ping or a get has them. */
    @Benchmark
    public void timeStages() {
        timer.begin(MessageType.GET_PROFILE, arrivalNanos);
        timer.mark(Stage.DECODE);
        timer.mark(Stage.LOOKUP);
        timer.mark(Stage.ENCODE);
    }

    /** What each look at the clock would be. */
    @Benchmark
    public long lookAtTheClock() {
        arrivalNanos = System.nanoTime();
        return arrivalNanos;
    }
}
