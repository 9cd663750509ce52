package io.magpie.benchmarks;

import io.netty.util.ResourceLeakDetector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole requests to a server in this JVM over loopback, one at a time: there, answered, and back. The ping is the floor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RequestLoopbackBenchmark {
    private static final int PEOPLE = 10_000;

    @Param({"friendly", "hard"})
    public String data;

    @Param({"100000"})
    public int items;

    private LoopbackServer server;
    private long person;

    /** Starts and fills the server. */
    @Setup
    public void start() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        server = new LoopbackServer(FactorData.of(data, items, 64), PEOPLE);
    }

    /** Stops it. */
    @TearDown
    public void stop() throws Exception {
        server.close();
    }

    private long person() {
        person = 1 + (person + 7_919) % PEOPLE;
        return person;
    }

    /** Nothing but the way. */
    @Benchmark
    public int ping() {
        return server.ping();
    }

    /** A profile of three slots. */
    @Benchmark
    public int getProfile() {
        return server.getProfile(person());
    }

    /** Ten items for a person. */
    @Benchmark
    public int recommend() {
        return server.recommend(person());
    }
}
