package io.magpie.core.engine;

import static io.magpie.core.engine.EngineFixture.BOUGHT;
import static io.magpie.core.engine.EngineFixture.CLICKED;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.START;
import static io.magpie.core.engine.EngineFixture.profile;
import static io.magpie.core.engine.EngineFixture.putItem;
import static io.magpie.core.engine.EngineFixture.seen;
import static io.magpie.core.engine.EngineFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that bear a name are applied once within the window. */
class EngineEventIdTest {
    private static final long ID = 5;
    private static final long ITEM = 40;

    private EngineFixture fixture;
    private Engine engine;

    @BeforeEach
    void open(@TempDir Path directory) throws StateStoreException {
        fixture = new EngineFixture(directory);
        engine = fixture.open();
        putItem(engine, ITEM, vector(1));
    }

    @AfterEach
    void close() throws StateStoreException {
        engine.close();
    }

    private void record(int source, long eventId) {
        assertThat(engine.profiles().recordEvent(ID, source, ITEM, 1, START, eventId))
                .isEqualTo(Outcome.OK);
    }

    private double evidence(int source) {
        ProfileRecord profile = profile(engine, ID);
        return profile.slotEvidence(profile.findSlot(source, SPACE));
    }

    @Test
    void shouldApplyOnceWhenAnEventIsRepeated() {
        record(BOUGHT, 77);
        int version = profile(engine, ID).version();
        record(BOUGHT, 77);

        assertThat(evidence(BOUGHT)).isEqualTo(1);
        assertThat(profile(engine, ID).version()).isEqualTo(version);
        assertThat(seen(engine, ID).count(0)).isEqualTo(1);
    }

    @Test
    void shouldApplyEachWhenNamesOrSourcesDifferOrThereIsNoName() {
        record(BOUGHT, 77);
        record(BOUGHT, 78);
        record(BOUGHT, 0);
        record(BOUGHT, 0);
        record(CLICKED, 77);

        assertThat(evidence(BOUGHT)).isEqualTo(4);
        assertThat(evidence(CLICKED)).isEqualTo(1);
    }

    @Test
    void shouldStillKnowARepeatWhenTheWindowIsJustFullAndAfterARestart() throws StateStoreException {
        for (int i = 1; i <= ProfileDescriptor.EVENT_WINDOW; i++) {
            record(BOUGHT, i);
        }
        engine.close();
        engine = fixture.open();
        record(BOUGHT, 1);
        assertThat(evidence(BOUGHT)).isEqualTo(ProfileDescriptor.EVENT_WINDOW);

        record(BOUGHT, 1_000);
        record(BOUGHT, 1);
        assertThat(evidence(BOUGHT)).isEqualTo(ProfileDescriptor.EVENT_WINDOW + 2);
    }

    @Test
    void shouldForgetTheNameWhenTheEventWasRefused() {
        assertThat(engine.profiles().recordEvent(ID, BOUGHT, 999, 1, START, 77)).isEqualTo(Outcome.UNKNOWN_ITEM);
        putItem(engine, 999, vector(1));
        assertThat(engine.profiles().recordEvent(ID, BOUGHT, 999, 1, START, 77)).isEqualTo(Outcome.OK);
        assertThat(evidence(BOUGHT)).isEqualTo(1);
    }

    @Test
    void shouldApplyOnceWhenARequestRecordsARepeat() {
        record(BOUGHT, 77);
        Recommender recommender = engine.newRecommender();
        Recommendation request = recommender.add().forProfile(ID);
        request.event(BOUGHT, ITEM, 1, START, 77);
        request.event(BOUGHT, ITEM, 1, START, 78);
        request.event(BOUGHT, ITEM, 1, START, 78);
        recommender.execute();

        assertThat(request.eventOutcome(2)).isEqualTo(Outcome.OK);
        assertThat(evidence(BOUGHT)).isEqualTo(2);
    }
}
