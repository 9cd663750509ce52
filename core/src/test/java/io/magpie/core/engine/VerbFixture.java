package io.magpie.core.engine;

import io.magpie.core.LeftFiles;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Source;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small engine in a directory of its own, with a clock that stands still until it is moved. */
final class VerbFixture implements AutoCloseable {
    static final int DIMENSION = 5;
    static final int SPACE = 1;
    static final long START_MILLIS = 1_800_000_000_000L;
    static final long HOUR_MILLIS = 3_600_000L;
    static final List<Source> SOURCES = List.of(
            new Source("social", 1, 30 * 24 * HOUR_MILLIS),
            new Source("payment", 2, 60 * 24 * HOUR_MILLIS),
            new Source("commerce", 0.5, 0));

    private final Path directory;
    private final EngineConfiguration configuration;
    private final TestClock clock = new TestClock(START_MILLIS);
    Engine engine;

    VerbFixture() {
        try {
            directory = Files.createTempDirectory("engine-test");
            configuration = new EngineConfiguration(
                    StateConfiguration.builder(
                                    DIMENSION,
                                    SOURCES.stream().map(Source::name).toList())
                            .maxProfiles(2_000)
                            .maxItems(2_000)
                            .maxSeenChunks(4_000)
                            .logSegmentBytes(1 << 20)
                            .build(),
                    SOURCES,
                    ConsentPolicy.UNSET_IS_GRANTED,
                    SPACE,
                    EngineConfiguration.DEFAULT_CLOCK_SKEW_MILLIS);
            engine = Engine.open(directory, configuration, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StateStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    void advance(long millis) {
        clock.millis += millis;
    }

    long now() {
        return clock.millis;
    }

    void restart() throws StateStoreException {
        engine.close();
        engine = Engine.open(directory, configuration, clock);
    }

    @Override
    public void close() {
        try {
            engine.close();
            LeftFiles.remove(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StateStoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
