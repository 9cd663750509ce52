package io.magpie.core.engine;

import static io.magpie.core.engine.EngineFixture.BOUGHT;
import static io.magpie.core.engine.EngineFixture.CLICKED;
import static io.magpie.core.engine.EngineFixture.DAY;
import static io.magpie.core.engine.EngineFixture.DIMENSION;
import static io.magpie.core.engine.EngineFixture.FRIENDS;
import static io.magpie.core.engine.EngineFixture.RECOMMEND;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.START;
import static io.magpie.core.engine.EngineFixture.profile;
import static io.magpie.core.engine.EngineFixture.putItem;
import static io.magpie.core.engine.EngineFixture.seen;
import static io.magpie.core.engine.EngineFixture.vector;
import static io.magpie.core.profile.ProfileDescriptor.CONSENT_DENIED;
import static io.magpie.core.profile.ProfileDescriptor.CONSENT_GRANTED;
import static io.magpie.core.profile.ProfileDescriptor.CONSENT_UNSET;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineWriteTest {
    private static final long ID = 77;

    private EngineFixture fixture;
    private Engine engine;

    @BeforeEach
    void open(@TempDir Path directory) throws StateStoreException {
        fixture = new EngineFixture(directory);
        engine = fixture.open();
    }

    @AfterEach
    void close() throws StateStoreException {
        engine.close();
    }

    @Test
    void shouldKeepASlotAsItWasPut() {
        assertThat(put(ID, BOUGHT, vector(2), 3.5, START)).isEqualTo(Outcome.OK);
        ProfileRecord profile = profile(engine, ID);
        assertThat(profile.version()).isEqualTo(1);
        int slot = profile.findSlot(BOUGHT, SPACE);
        assertThat(profile.slotNorm(slot)).isEqualTo(2);
        assertThat(profile.slotEvidence(slot)).isEqualTo(3.5);
        assertThat(profile.slotTimeMillis(slot)).isEqualTo(START);
        assertThat(profile.isSlotPut(slot)).isTrue();
        assertThat(profile.vectors()[profile.vectorOffset(slot)]).isEqualTo(2);
    }

    @Test
    void shouldRefuseASlotThatBreaksARuleAndChangeNothing() {
        float[] good = vector(1);
        assertThat(put(-1, 0, good, 1, START)).isEqualTo(Outcome.RESERVED_ID);
        assertThat(put(ID, 3, good, 1, START)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(put(ID, -1, good, 1, START)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(put(ID, 0, new float[DIMENSION + 1], 1, START)).isEqualTo(Outcome.WRONG_DIMENSION);
        assertThat(put(ID, 0, vector(Float.NaN), 1, START)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(put(ID, 0, vector(Float.POSITIVE_INFINITY), 1, START)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(put(ID, 0, good, Double.NaN, START)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(put(ID, 0, good, Double.POSITIVE_INFINITY, START)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(put(ID, 0, good, -0.1, START)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(put(ID, 0, good, 1, -1)).isEqualTo(Outcome.TIME_OUT_OF_RANGE);
        assertThat(put(ID, 0, good, 1, Long.MAX_VALUE)).isEqualTo(Outcome.TIME_OUT_OF_RANGE);
        assertThat(profile(engine, ID)).isNull();
    }

    @Test
    void shouldRefuseTimesBeyondTheSkewOfTheInjectedClock() {
        long skew = EngineConfiguration.DEFAULT_CLOCK_SKEW_MILLIS;
        putItem(engine, 1, vector(1));
        assertThat(put(ID, 0, vector(1), 1, START + skew)).isEqualTo(Outcome.OK);
        assertThat(put(ID, 0, vector(1), 1, START + skew + 1)).isEqualTo(Outcome.TIME_IN_FUTURE);
        assertThat(engine.profiles().recordEvent(ID, 0, 1, 1, START + skew + 1)).isEqualTo(Outcome.TIME_IN_FUTURE);
        assertThat(engine.profiles().markSeen(ID, 0, 1, START + skew + 1)).isEqualTo(Outcome.TIME_IN_FUTURE);
        assertThat(engine.profiles().setConsent(ID, 0, 0, 1, START + skew + 1)).isEqualTo(Outcome.TIME_IN_FUTURE);
        fixture.clock.millis += 1;
        assertThat(put(ID, 0, vector(1), 1, START + skew + 1)).isEqualTo(Outcome.OK);
    }

    @Test
    void shouldRefuseASlotWhenNoneIsLeftForItsSpace() {
        for (int space = 1; space <= 4; space++) {
            assertThat(engine.profiles().putSlot(ID, 0, space, vector(space), 1, START))
                    .isEqualTo(Outcome.OK);
        }
        assertThat(engine.profiles().putSlot(ID, 0, 5, vector(5), 1, START)).isEqualTo(Outcome.NO_SLOT_LEFT);
        assertThat(engine.profiles().putSlot(ID, 0, 4, vector(9), 1, START)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, ID).slotCount()).isEqualTo(4);
        putItem(engine, 1, vector(1));
        // For the live space there is room: the slots of spaces that no catalogue has give way, the first one first.
        assertThat(engine.profiles().recordEvent(ID, FRIENDS, 1, 1, START)).isEqualTo(Outcome.OK);
        assertThat(engine.profiles().recordEvent(ID, CLICKED, 1, 1, START)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, ID).slotCount()).isEqualTo(4);
        assertThat(profile(engine, ID).findSlot(0, 2)).isNegative();
        assertThat(profile(engine, ID).findSlot(0, 1)).isNotNegative();
    }

    @Test
    void shouldMoveTheSlotAndRememberTheItemWhenAnEventComes() {
        putItem(engine, 5, 0, 3, 0, 4, 0);
        assertThat(engine.profiles().recordEvent(ID, BOUGHT, 5, 2, START - DAY)).isEqualTo(Outcome.OK);
        assertThat(engine.profiles().recordEvent(ID, BOUGHT, 5, -1, START)).isEqualTo(Outcome.OK);
        ProfileRecord profile = profile(engine, ID);
        assertThat(profile.version()).isEqualTo(2);
        assertThat(Arrays.copyOfRange(profile.vectors(), profile.vectorOffset(0), profile.vectorOffset(0) + DIMENSION))
                .containsExactly(0, 3, 0, 4, 0);
        assertThat(profile.slotNorm(0)).isEqualTo(5);
        assertThat(profile.slotEvidence(0)).isEqualTo(2);
        assertThat(profile.isSlotPut(0)).isFalse();
        assertThat(profile.seenCount(BOUGHT)).isEqualTo(1);
        SeenSet seen = seen(engine, ID);
        assertThat(seen.count()).isEqualTo(1);
        assertThat(seen.itemId(0)).isEqualTo(5);
        assertThat(seen.count(0)).isEqualTo(2);
        assertThat(seen.timeSeconds(0)).isEqualTo((int) (START / 1000));
        assertThat(seen.source(0)).isEqualTo(BOUGHT);
    }

    @Test
    void shouldRefuseAnEventThatBreaksARuleAndChangeNothing() {
        putItem(engine, 5, vector(1e38f));
        assertThat(engine.profiles().recordEvent(-1, 0, 5, 1, START)).isEqualTo(Outcome.RESERVED_ID);
        assertThat(engine.profiles().recordEvent(ID, 9, 5, 1, START)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(engine.profiles().recordEvent(ID, 0, 6, 1, START)).isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(engine.profiles().recordEvent(ID, 0, 5, Double.NaN, START)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(engine.profiles().recordEvent(ID, 0, 5, 10, START)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(engine.profiles().recordEvent(ID, 0, 5, 1, -1)).isEqualTo(Outcome.TIME_OUT_OF_RANGE);
        assertThat(profile(engine, ID)).isNull();
        assertThat(engine.profiles().recordEvent(ID, 0, 5, 3, START)).isEqualTo(Outcome.OK);
        assertThat(engine.profiles().recordEvent(ID, 0, 5, 3, START)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(profile(engine, ID).version()).isEqualTo(1);
        assertThat(seen(engine, ID).count(0)).isEqualTo(1);
    }

    @Test
    void shouldRememberItemsWithoutMovingASlotWhenTheyAreMarkedSeen() {
        for (long item = 0; item < 5; item++) {
            putItem(engine, item, vector(1));
        }
        assertThat(engine.profiles().markSeen(ID, FRIENDS, new long[] {0, 1, 2, 1}, 4, START))
                .isEqualTo(Outcome.OK);
        assertThat(engine.profiles().markSeen(ID, BOUGHT, 3, START)).isEqualTo(Outcome.OK);
        assertThat(engine.profiles().markShown(ID, BOUGHT, new long[] {3, 4}, 2, START))
                .isEqualTo(Outcome.OK);
        ProfileRecord profile = profile(engine, ID);
        assertThat(profile.slotCount()).isZero();
        assertThat(profile.version()).isEqualTo(3);
        assertThat(profile.seenCount(FRIENDS)).isEqualTo(3);
        assertThat(profile.seenCount(BOUGHT)).isEqualTo(1);
        SeenSet seen = seen(engine, ID);
        assertThat(seen.count()).isEqualTo(6);
        assertThat(seen.find(4, SeenDescriptor.KIND_SHOWN)).isNotNegative();
        assertThat(seen.find(4, SeenDescriptor.KIND_SEEN)).isNegative();
    }

    @Test
    void shouldMarkAllOrNoneWhenAListBreaksARule() {
        putItem(engine, 1, vector(1));
        assertThat(engine.profiles().markSeen(ID, 0, new long[] {1, 2}, 2, START))
                .isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(engine.profiles().markSeen(ID, 0, new long[] {1}, 2, START)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(engine.profiles().markSeen(ID, 0, new long[] {1}, -1, START)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(engine.profiles().markSeen(ID, 0, new long[21], 21, START)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(engine.profiles().markSeen(ID, 7, 1, START)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(engine.profiles().markSeen(-1, 0, 1, START)).isEqualTo(Outcome.RESERVED_ID);
        assertThat(engine.profiles().markSeen(ID, 0, new long[0], 0, START)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, ID)).isNull();
        assertThat(seen(engine, ID).count()).isZero();
    }

    @Test
    void shouldLetTheLaterStatementOfConsentHoldWhicheverArrivesFirst() {
        assertThat(consent(CONSENT_DENIED, START)).isEqualTo(Outcome.OK);
        assertThat(consent(CONSENT_GRANTED, START - 1)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, ID).consentState(BOUGHT, RECOMMEND)).isEqualTo(CONSENT_DENIED);
        assertThat(profile(engine, ID).version()).isEqualTo(1);
        assertThat(consent(CONSENT_GRANTED, START)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, ID).consentState(BOUGHT, RECOMMEND)).isEqualTo(CONSENT_GRANTED);
        assertThat(consent(CONSENT_UNSET, START + 1)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, ID).consentState(BOUGHT, RECOMMEND)).isEqualTo(CONSENT_UNSET);
        assertThat(consent(CONSENT_DENIED, START)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, ID).consentState(BOUGHT, RECOMMEND)).isEqualTo(CONSENT_UNSET);
    }

    @Test
    void shouldRefuseConsentThatBreaksARule() {
        assertThat(engine.profiles().setConsent(-1, 0, 0, 1, START)).isEqualTo(Outcome.RESERVED_ID);
        assertThat(engine.profiles().setConsent(ID, 3, 0, 1, START)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(engine.profiles().setConsent(ID, 0, 8, 1, START)).isEqualTo(Outcome.UNKNOWN_PURPOSE);
        assertThat(engine.profiles().setConsent(ID, 0, -1, 1, START)).isEqualTo(Outcome.UNKNOWN_PURPOSE);
        assertThat(engine.profiles().setConsent(ID, 0, 0, 3, START)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(engine.profiles().setConsent(ID, 0, 0, 1, -1)).isEqualTo(Outcome.TIME_OUT_OF_RANGE);
        assertThat(profile(engine, ID)).isNull();
    }

    @Test
    void shouldPutPatchAndRemoveItemsWithAVersionForEachChange() {
        ItemAttributes attributes = new ItemAttributes(3, 999, true, false, 8, 9);
        assertThat(engine.items().put(5, SPACE, vector(1), 0.5f, attributes)).isEqualTo(Outcome.OK);
        assertThat(engine.catalogueVersion()).isEqualTo(1);
        ItemRecord item = engine.newItemRecord();
        assertThat(engine.newReader().readItem(1, 5, item)).isTrue();
        assertThat(item.attributes()).isEqualTo(attributes);
        assertThat(item.bias()).isEqualTo(0.5f);
        assertThat(item.version()).isEqualTo(1);
        assertThat(engine.items().patch(5, ItemAttributes.NONE)).isEqualTo(Outcome.OK);
        assertThat(engine.newReader().readItem(1, 5, item)).isTrue();
        assertThat(item.attributes()).isEqualTo(ItemAttributes.NONE);
        assertThat(item.vector()).isEqualTo(vector(1));
        assertThat(item.version()).isEqualTo(2);
        assertThat(engine.items().remove(5)).isEqualTo(Outcome.OK);
        assertThat(engine.newReader().readItem(1, 5, item)).isFalse();
        assertThat(engine.catalogueVersion()).isEqualTo(3);
        assertThat(engine.statistics().catalogueVersion()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAnItemThatBreaksARuleAndChangeNothing() {
        assertThat(putItem(engine, -1, vector(1))).isEqualTo(Outcome.RESERVED_ID);
        assertThat(putItem(engine, 1, new float[2])).isEqualTo(Outcome.WRONG_DIMENSION);
        assertThat(putItem(engine, 1, vector(Float.NaN))).isEqualTo(Outcome.NOT_FINITE);
        assertThat(engine.items().put(1, SPACE, vector(1), Float.NaN, ItemAttributes.NONE))
                .isEqualTo(Outcome.NOT_FINITE);
        assertThat(engine.items().put(1, SPACE + 1, vector(1), 0, ItemAttributes.NONE))
                .isEqualTo(Outcome.WRONG_SPACE);
        assertThat(engine.items().patch(1, ItemAttributes.NONE)).isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(engine.items().remove(1)).isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(engine.catalogueVersion()).isZero();
        assertThat(engine.statistics().state().items()).isZero();
    }

    @Test
    void shouldRefuseNewEntriesWhenFullAndStillChangeOldOnes() {
        for (long id = 0; id < 50; id++) {
            assertThat(put(id, 0, vector(1), 1, START)).isEqualTo(Outcome.OK);
        }
        assertThat(put(50, 0, vector(1), 1, START)).isEqualTo(Outcome.STORE_FULL);
        assertThat(profile(engine, 50)).isNull();
        assertThat(put(49, 0, vector(2), 1, START)).isEqualTo(Outcome.OK);
        for (long id = 0; id < 60; id++) {
            assertThat(putItem(engine, id, vector(1))).isEqualTo(Outcome.OK);
        }
        assertThat(putItem(engine, 60, vector(1))).isEqualTo(Outcome.STORE_FULL);
        assertThat(engine.catalogueVersion()).isEqualTo(60);
        assertThat(putItem(engine, 59, vector(2))).isEqualTo(Outcome.OK);
        assertThat(engine.profiles().recordEvent(51, 0, 1, 1, START)).isEqualTo(Outcome.STORE_FULL);
        assertThat(seen(engine, 51).count()).isZero();
        assertThat(EngineFixture.recommend(engine, 1, 100).count()).isEqualTo(60);
    }

    private Outcome put(long profileId, int source, float[] vector, double evidence, long timeMillis) {
        return engine.profiles().putSlot(profileId, source, SPACE, vector, evidence, timeMillis);
    }

    private Outcome consent(int state, long timeMillis) {
        return engine.profiles().setConsent(ID, BOUGHT, RECOMMEND, state, timeMillis);
    }
}
