package io.magpie.benchmarks;

import io.magpie.core.Outcome;
import io.magpie.core.engine.Engine;
import io.magpie.core.engine.EngineConfiguration;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Fusion;
import io.magpie.core.fusion.Source;
import io.magpie.core.fusion.SourceKind;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.values.Values;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to read a person's profile and to fuse it, beside a bare Chronicle Map get of a value of the same size:
 * three slots of 64 components, all of them used. Held to twice the bare get, in the same run, and to no allocation.
 *
 * <p>The bare get is the fastest style there is: a reused key, a reused array, the value copied as it lies. Keys come in
 * random order; {@code profiles} decides whether caches hold the map.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProfileFuseBenchmark {
    private static final int DIMENSION = 64;
    private static final int SPACE = EngineConfiguration.DEFAULT_SPACE_ID;
    private static final int KEYS = 1 << 16;
    private static final int A_TURN = 200;
    private static final long DAY = 86_400_000L;
    private static final long NOW = 1_700_000_000_000L;
    private static final List<Source> SOURCES = List.of(
            new Source("payment", 1, 90 * DAY, SourceKind.OWN),
            new Source("social", 1, 90 * DAY, SourceKind.DERIVED),
            new Source("tags", 1, 90 * DAY, SourceKind.DERIVED));

    /** How many profiles are held. */
    @Param({"1000", "100000"})
    public int profiles;

    private final long[] keys = new long[KEYS];
    private final double[] overrides = new double[SOURCES.size()];
    private final float[] fused = new float[DIMENSION];
    private int next;

    private Path directory;
    private Engine engine;
    private StateReader reader;
    private ProfileRecord profile;
    private Fusion fusion;

    private ChronicleMap<LongValue, byte[]> bare;
    private LongValue bareKey;
    private byte[] bareValue;

    /** Fills both stores, and checks one answer. */
    @Setup
    public void open() throws Exception {
        directory = Files.createTempDirectory("magpie-fuse-");
        StateConfiguration state = StateConfiguration.builder(
                        DIMENSION, SOURCES.stream().map(Source::name).toList())
                .maxProfiles(profiles)
                .maxItems(1)
                .build();
        engine = Engine.open(
                directory.resolve("state"),
                new EngineConfiguration(state, SOURCES, ConsentPolicy.UNSET_IS_GRANTED, SPACE, 0),
                Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
        reader = engine.newReader();
        profile = engine.newProfileRecord();
        fusion = new Fusion(SOURCES, ConsentPolicy.UNSET_IS_GRANTED, DIMENSION);
        Arrays.fill(overrides, Double.NaN);
        int length = ProfileDescriptor.imageLength(state.sourceCapacity(), SOURCES.size(), DIMENSION);
        openBare(length);
        SplittableRandom random = new SplittableRandom(1);
        float[] vector = new float[DIMENSION];
        for (long id = 0; id < profiles; id++) {
            for (int source = 0; source < SOURCES.size(); source++) {
                for (int i = 0; i < DIMENSION; i++) {
                    vector[i] = (float) random.nextDouble() - 0.5f;
                }
                long age = random.nextLong(100 * DAY);
                if (engine.profiles().putSlot(id, source, SPACE, vector, 1 + random.nextInt(9), NOW - age)
                        != Outcome.OK) {
                    throw new IllegalStateException("a valid slot was refused: profileId=" + id);
                }
            }
            bareKey.setValue(id);
            Arrays.fill(bareValue, (byte) id);
            bare.put(bareKey, bareValue);
        }
        for (int i = 0; i < KEYS; i++) {
            keys[i] = random.nextInt(profiles);
        }
        if (readAndFuse() != Fusion.USED || bareGet().length != length) {
            throw new IllegalStateException("wrong answers before anything is measured");
        }
    }

    private void openBare(int length) throws IOException {
        bare = ChronicleMapBuilder.of(LongValue.class, byte[].class)
                .name("bare")
                .entries(profiles)
                .constantValueSizeBySample(new byte[length])
                .putReturnsNull(true)
                .createPersistedTo(directory.resolve("bare.map").toFile());
        bareKey = Values.newHeapInstance(LongValue.class);
        bareValue = new byte[length];
    }

    /** Removes the files. */
    @TearDown
    public void close() throws Exception {
        engine.close();
        bare.close();
        LoopbackServer.delete(directory);
    }

    private long key() {
        next = (next + 1) & (KEYS - 1);
        return keys[next];
    }

    /** The measure: the value's bytes, copied into an array. */
    @Benchmark
    public byte[] bareGet() {
        bareKey.setValue(key());
        return bare.getUsing(bareKey, bareValue);
    }

    /** The profile, decoded. */
    @Benchmark
    public boolean read() {
        return reader.readProfile(key(), profile);
    }

    /** The profile, decoded, and its slots fused into the query vector. */
    @Benchmark
    public int readAndFuse() {
        reader.readProfile(key(), profile);
        return fuse();
    }

    /**
     * Bare gets and reads with fusing in turns of a few tens of microseconds: whatever slows the machine slows both, so that
     * their ratio means something where those of two forks, seconds apart, do not.
     */
    @Benchmark
    @OperationsPerInvocation(A_TURN)
    public void inTurns(Turns turns, Blackhole blackhole) {
        long start = System.nanoTime();
        for (int i = 0; i < A_TURN; i++) {
            blackhole.consume(bareGet());
        }
        long middle = System.nanoTime();
        for (int i = 0; i < A_TURN; i++) {
            blackhole.consume(readAndFuse());
        }
        turns.bareGetNanos += middle - start;
        turns.readAndFuseNanos += System.nanoTime() - middle;
    }

    /** What {@link #inTurns} spent on each, in an iteration; their ratio is what is held to two. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Turns {
        public long bareGetNanos;
        public long readAndFuseNanos;
    }

    /** Fusing alone, of a profile that is at hand. */
    @Benchmark
    public int fuse() {
        return fusion.fuse(profile, overrides, ConsentPolicy.PURPOSE_RECOMMEND, SPACE, NOW, fused);
    }
}
