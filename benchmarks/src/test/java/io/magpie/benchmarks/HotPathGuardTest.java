package io.magpie.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.magpie.core.vector.Kernels;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Guards over the hot path, in every build. Each is a ratio within one run, or a count of bytes; its bound lies well clear of
 * what is measured, so that it fails for a mistake and not for a neighbour. And each has its proof beside it: the same guard
 * over a subject that was made slow, or made to allocate, fails.
 *
 * <p>What was measured when the bounds were set: docs/BENCHMARKS.md.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class HotPathGuardTest {
    private static final int REQUESTS = 2_000;

    private static final RatioGuard SIMD = new RatioGuard("SIMD dot / scalar dot", 0.75);
    private static final RatioGuard INDEX = new RatioGuard("index / plain float32 scan, friendly 20k", 0.25);
    private static final RatioGuard BATCH = new RatioGuard("batch of 16 / 16 singles, hard 20k", 2.0);
    private static final RatioGuard FUSION = new RatioGuard("read and fuse / whole recommend", 0.4);
    private static final RatioGuard LOOPBACK = new RatioGuard("recommend over loopback / (ping + recommend)", 2.0);
    private static final AllocationGuard ENGINE = new AllocationGuard("recommends of the engine");
    private static final AllocationGuard WIRE = new AllocationGuard("reads over loopback, event loop's thread");

    private static HotPath path;
    private static LoopbackServer server;
    private static ResourceLeakDetector.Level level;
    private static volatile Object garbage;
    private static long person;

    @BeforeAll
    static void open() throws Exception {
        // Leak detection allocates for every buffer; whether buffers leak is for other tests to see.
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        path = new HotPath();
        server = new LoopbackServer(path.friendly(), 500);
    }

    @AfterAll
    static void close() throws Exception {
        ResourceLeakDetector.setLevel(level);
        server.close();
        path.close();
    }

    /** The same work over and over: slow by a known factor, whatever the machine does. */
    private static Runnable slow(int times, Runnable work) {
        return () -> {
            for (int i = 0; i < times; i++) {
                work.run();
            }
        };
    }

    private static void assertGuarded(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOf(AssertionError.class);
    }

    private static long nextPerson() {
        person = 1 + (person + 37) % 500;
        return person;
    }

    private static void pings() {
        for (int i = 0; i < 20; i++) {
            server.ping();
        }
    }

    private static void recommends() {
        for (int i = 0; i < 20; i++) {
            server.recommend(nextPerson());
        }
    }

    private static void pingsAndEngine() {
        pings();
        path.recommend(20);
    }

    private static void reads() {
        for (int i = 0; i < REQUESTS; i++) {
            server.ping();
            server.recommend(nextPerson());
            server.getProfile(nextPerson());
        }
    }

    @Test
    void shouldBeFasterThanScalarWhenThereIsSimd() {
        assumeTrue(Kernels.fallbackReason() == null, "no SIMD here: " + Kernels.fallbackReason());
        SIMD.check(() -> path.score(Kernels.best()), () -> path.score(Kernels.scalar()));
    }

    @Test
    void shouldFailWhenSimdIsSlow() {
        assertGuarded(() -> SIMD.check(slow(12, () -> path.score(Kernels.best())), () -> path.score(Kernels.scalar())));
    }

    @Test
    void shouldBeFarFasterThanAPlainScan() {
        INDEX.check(path::searchIndex, path::scanPlain);
    }

    @Test
    void shouldFailWhenTheIndexReadsEverything() {
        assertGuarded(() -> INDEX.check(path::scanPlain, path::scanPlain));
    }

    @Test
    void shouldCostNoMoreInABatchThanSingly() {
        BATCH.check(path::searchBatch, path::searchSingles);
    }

    @Test
    void shouldFailWhenTheBatchIsSlow() {
        assertGuarded(() -> BATCH.check(slow(12, path::searchBatch), path::searchSingles));
    }

    @Test
    void shouldTakeASmallShareOfARequestToFuse() {
        FUSION.check(path::readAndFuse, () -> path.recommend(32));
    }

    @Test
    void shouldFailWhenFusionIsSlow() {
        assertGuarded(() -> FUSION.check(slow(60, path::readAndFuse), () -> path.recommend(32)));
    }

    @Test
    void shouldAddLittleToThePingAndTheWorkWhenAskedOverLoopback() {
        LOOPBACK.check(HotPathGuardTest::recommends, HotPathGuardTest::pingsAndEngine);
    }

    @Test
    void shouldFailWhenARequestOverLoopbackIsSlow() {
        assertGuarded(() -> LOOPBACK.check(slow(12, HotPathGuardTest::recommends), HotPathGuardTest::pingsAndEngine));
    }

    @Test
    void shouldAllocateNothingWhenTheEngineAnswers() {
        ENGINE.check(List.of(Thread.currentThread().getId()), () -> path.recommend(REQUESTS));
    }

    @Test
    void shouldFailWhenTheEngineAllocates() {
        assertGuarded(() -> ENGINE.check(List.of(Thread.currentThread().getId()), () -> {
            path.recommend(1);
            garbage = new byte[1];
        }));
    }

    @Test
    void shouldAllocateNothingWhenReadsComeOverLoopback() {
        WIRE.check(LoopbackServer.eventLoopThreads(), HotPathGuardTest::reads);
    }

    @Test
    void shouldFailWhenAWatchedThreadAllocates() {
        assertGuarded(() -> WIRE.check(List.of(Thread.currentThread().getId()), () -> {
            server.ping();
            garbage = new byte[1];
        }));
    }
}
