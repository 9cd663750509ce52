package io.magpie.core.engine;

import static io.magpie.core.engine.CatalogueSides.UNSAID;
import static io.magpie.core.engine.EngineFixture.BOUGHT;
import static io.magpie.core.engine.EngineFixture.CLICKED;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.START;
import static io.magpie.core.engine.EngineFixture.profile;
import static io.magpie.core.engine.EngineFixture.putItem;
import static io.magpie.core.engine.EngineFixture.recommend;
import static io.magpie.core.engine.EngineFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CatalogueSidesTest {
    private static final int NEW_SPACE = 7;

    @TempDir
    Path directory;

    private EngineFixture fixture;
    private Engine engine;
    private CatalogueSides sides;

    @BeforeEach
    void open() throws StateStoreException {
        fixture = new EngineFixture(directory);
        reopen();
        putItem(engine, 1, vector(1));
        putItem(engine, 2, vector(2));
    }

    @AfterEach
    void close() throws StateStoreException {
        engine.close();
    }

    private void reopen() throws StateStoreException {
        if (engine != null) {
            engine.close();
        }
        engine = fixture.open();
        sides = engine.catalogues();
    }

    private int stage(int space) {
        assertThat(sides.stage(space)).isEqualTo(Outcome.OK);
        return sides.status().other().edition();
    }

    private Outcome putStaged(long id, float first) {
        return engine.items()
                .put(
                        sides.status().other().edition(),
                        id,
                        sides.status().other().spaceId(),
                        vector(first),
                        0,
                        ItemAttributes.NONE);
    }

    @Test
    void shouldAnswerFromTheOldItemsWhenNewOnesAreOnlyStaged() {
        long version = engine.catalogueVersion();
        stage(NEW_SPACE);
        assertThat(putStaged(3, 1)).isEqualTo(Outcome.OK);
        assertThat(putStaged(1, -1)).isEqualTo(Outcome.OK);
        Recommendation answer = askByVector(SPACE);
        assertThat(answer.count()).isEqualTo(2);
        assertThat(answer.itemId(0)).isEqualTo(2);
        assertThat(answer.spaceId()).isEqualTo(SPACE);
        assertThat(answer.catalogueVersion()).isEqualTo(version).isEqualTo(engine.catalogueVersion());
        assertThat(sides.status().other().version()).isEqualTo(version + 2);
        assertThat(sides.status().live().items()).isEqualTo(2);
        assertThat(sides.status().other().items()).isEqualTo(2);
        assertThat(engine.statistics().state().items()).isEqualTo(4);
    }

    @Test
    void shouldShowTheVersionOfEachCatalogueWhenOpenedAgain() throws StateStoreException {
        long version = engine.catalogueVersion();
        stage(NEW_SPACE);
        putStaged(3, 1);
        assertVersions(version, version + 1);
        putItem(engine, 4, vector(4));
        assertVersions(version + 2, version + 1);
        putStaged(4, 1);
        assertVersions(version + 2, version + 3);
        assertThat(sides.switchTo(UNSAID)).isEqualTo(Outcome.OK);
        assertVersions(version + 4, version + 2);
        assertThat(engine.items().remove(3)).isEqualTo(Outcome.OK);
        assertVersions(version + 5, version + 2);
        assertThat(sides.switchTo(UNSAID)).isEqualTo(Outcome.OK);
        putStaged(5, 1);
        assertVersions(version + 6, version + 7);
        assertThat(sides.drop(UNSAID)).isEqualTo(Outcome.OK);
        reopen();
        assertThat(engine.catalogueVersion()).isEqualTo(version + 6);
        stage(NEW_SPACE);
        assertVersions(version + 6, version + 7);
    }

    private void assertVersions(long live, long beside) throws StateStoreException {
        for (int open = 0; open < 2; open++) {
            assertThat(sides.status().live().version()).isEqualTo(live);
            assertThat(sides.status().other().version()).isEqualTo(beside);
            reopen();
        }
    }

    @Test
    void shouldAnswerFromTheNewItemsWhenSwitchedAndFromTheOldOnesWhenSwitchedBack() throws StateStoreException {
        int staged = stage(NEW_SPACE);
        putStaged(3, 1);
        long before = engine.catalogueVersion();
        assertThat(sides.switchTo(UNSAID)).isEqualTo(Outcome.OK);
        for (int round = 0; round < 2; round++) {
            Recommendation answer = askByVector(NEW_SPACE);
            assertThat(answer.count()).isEqualTo(1);
            assertThat(answer.itemId(0)).isEqualTo(3);
            assertThat(answer.spaceId()).isEqualTo(NEW_SPACE);
            assertThat(answer.catalogueVersion()).isEqualTo(before + 2).isEqualTo(engine.catalogueVersion());
            assertThat(askByVector(SPACE).outcome()).isEqualTo(Outcome.WRONG_SPACE);
            assertThat(sides.status().live().edition()).isEqualTo(staged);
            assertThat(sides.status().otherWasLive()).isTrue();
            reopen();
        }
        assertThat(sides.switchTo(UNSAID)).isEqualTo(Outcome.OK);
        for (int round = 0; round < 2; round++) {
            assertThat(askByVector(SPACE).count()).isEqualTo(2);
            assertThat(engine.catalogueVersion()).isEqualTo(before + 3);
            assertThat(sides.status().live().edition()).isEqualTo(1);
            assertThat(sides.status().other().edition()).isEqualTo(staged);
            reopen();
        }
    }

    @Test
    void shouldChangeNothingWhenToldToSwitchToWhatIsLiveAlready() {
        int staged = stage(NEW_SPACE);
        assertThat(sides.switchTo(staged)).isEqualTo(Outcome.OK);
        long version = engine.catalogueVersion();
        assertThat(sides.switchTo(staged)).isEqualTo(Outcome.OK);
        assertThat(engine.catalogueVersion()).isEqualTo(version);
        assertThat(engine.spaceId()).isEqualTo(NEW_SPACE);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(sides.switchTo(UNSAID)).isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        assertThat(sides.drop(UNSAID)).isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        assertThat(sides.drop(1)).isEqualTo(Outcome.CATALOGUE_LIVE);
        assertThat(sides.rebuild(2)).isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        assertThat(engine.items().remove(2, 1)).isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        assertThat(engine.items().patch(2, 1, ItemAttributes.NONE)).isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        int staged = stage(NEW_SPACE);
        assertThat(sides.stage(9)).isEqualTo(Outcome.CATALOGUE_EXISTS);
        assertThat(sides.switchTo(staged + 1)).isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        assertThat(sides.drop(staged + 1)).isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        assertThat(sides.drop(1)).isEqualTo(Outcome.CATALOGUE_LIVE);
        assertThat(engine.items().put(staged, 1, SPACE, vector(1), 0, ItemAttributes.NONE))
                .isEqualTo(Outcome.WRONG_SPACE);
        assertThat(engine.items().put(1, NEW_SPACE, vector(1), 0, ItemAttributes.NONE))
                .isEqualTo(Outcome.WRONG_SPACE);
        assertThat(engine.items().put(9, 1, NEW_SPACE, vector(1), 0, ItemAttributes.NONE))
                .isEqualTo(Outcome.UNKNOWN_CATALOGUE);
        assertThat(engine.items().remove(staged, 1)).isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(sides.status().other().items()).isZero();
    }

    @Test
    void shouldFreeTheRoomAndNeverGiveTheNumberAgainWhenDropped() throws StateStoreException {
        int staged = stage(NEW_SPACE);
        for (int id = 0; id < 58; id++) {
            assertThat(putStaged(id, 1)).isEqualTo(Outcome.OK);
        }
        assertThat(putStaged(58, 1)).isEqualTo(Outcome.STORE_FULL);
        assertThat(sides.drop(staged)).isEqualTo(Outcome.OK);
        assertThat(sides.status().other()).isNull();
        awaitFreed();
        assertThat(engine.statistics().state().items()).isEqualTo(2);
        assertThat(engine.newReader().readItem(staged, 0, engine.newItemRecord()))
                .isFalse();
        assertThat(askByVector(SPACE).count()).isEqualTo(2);
        reopen();
        assertThat(sides.status().other()).isNull();
        assertThat(stage(NEW_SPACE)).isEqualTo(staged + 1);
        assertThat(sides.status().other().items()).isZero();
    }

    @Test
    void shouldDropTheFirstItemsWhenTheyAreTheOnesBeside() throws StateStoreException {
        int staged = stage(SPACE);
        putStaged(5, 1);
        sides.switchTo(staged);
        assertThat(sides.drop(1)).isEqualTo(Outcome.OK);
        awaitFreed();
        reopen();
        assertThat(engine.spaceId()).isEqualTo(SPACE);
        assertThat(sides.status().live().edition()).isEqualTo(staged);
        assertThat(engine.statistics().state().items()).isEqualTo(1);
        assertThat(askByVector(SPACE).itemId(0)).isEqualTo(5);
    }

    @Test
    void shouldMoveTheSlotsOfBothSpacesWhenAnItemIsInBoth() {
        stage(NEW_SPACE);
        putStaged(1, 10);
        assertThat(engine.profiles().recordEvent(5, BOUGHT, 1, 2, START)).isEqualTo(Outcome.OK);
        ProfileRecord profile = profile(engine, 5);
        assertThat(profile.slotCount()).isEqualTo(2);
        assertThat(profile.vectors()[profile.vectorOffset(profile.findSlot(BOUGHT, SPACE))])
                .isEqualTo(2);
        assertThat(profile.vectors()[profile.vectorOffset(profile.findSlot(BOUGHT, NEW_SPACE))])
                .isEqualTo(20);
        assertThat(recommend(engine, 5, 5).flags()).isZero();
        sides.switchTo(UNSAID);
        Recommendation answer = recommend(engine, 5, 5);
        assertThat(answer.flags()).as("a slot of the live space is there").isZero();
        assertThat(answer.score(0)).isEqualTo(10);
        engine.profiles().recordEvent(5, BOUGHT, 1, 2, START);
        assertThat(profile(engine, 5).vectors()[profile.vectorOffset(profile.findSlot(BOUGHT, SPACE))])
                .isEqualTo(4);
    }

    @Test
    void shouldMoveOneSlotOnceWithTheLiveVectorWhenBothAreInOneSpace() {
        stage(SPACE);
        putStaged(1, 10);
        putStaged(3, 30);
        engine.profiles().recordEvent(5, BOUGHT, 1, 1, START);
        ProfileRecord profile = profile(engine, 5);
        assertThat(profile.slotCount()).isEqualTo(1);
        assertThat(profile.vectors()[profile.vectorOffset(0)]).isEqualTo(1);
        assertThat(profile.slotEvidence(0)).isEqualTo(1);
        assertThat(engine.profiles().recordEvent(5, BOUGHT, 3, 1, START))
                .as("only staged")
                .isEqualTo(Outcome.OK);
        assertThat(profile(engine, 5).vectors()[profile.vectorOffset(0)]).isEqualTo(31);
    }

    @Test
    void shouldMoveOnlyTheSlotOfTheSideThatHasTheItem() {
        stage(NEW_SPACE);
        putStaged(3, 30);
        engine.profiles().recordEvent(5, BOUGHT, 3, 1, START);
        assertThat(profile(engine, 5).slotCount()).isEqualTo(1);
        assertThat(profile(engine, 5).slotSpace(0)).isEqualTo(NEW_SPACE);
        assertThat(recommend(engine, 5, 5).flags()).isEqualTo(AnswerFlag.SLOT_OF_OTHER_SPACE | AnswerFlag.FALLBACK);
        engine.profiles().recordEvent(5, CLICKED, 2, 1, START);
        assertThat(profile(engine, 5).slotCount()).isEqualTo(2);
        assertThat(engine.profiles().recordEvent(5, BOUGHT, 4, 1, START)).isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(engine.profiles().markSeen(5, BOUGHT, 3, START)).isEqualTo(Outcome.OK);
    }

    @Test
    void shouldTakeTheSlotOfADroppedSpaceWhenThereIsNoRoom() {
        int staged = stage(NEW_SPACE);
        putStaged(1, 10);
        for (int source = 0; source < 2; source++) {
            engine.profiles().recordEvent(5, source, 1, 1, START);
        }
        assertThat(profile(engine, 5).slotCount()).isEqualTo(4);
        // Not even the live slot has room.
        assertThat(engine.profiles().recordEvent(5, CLICKED, 1, 1, START)).isEqualTo(Outcome.NO_SLOT_LEFT);
        sides.drop(staged);
        assertThat(engine.profiles().recordEvent(5, CLICKED, 1, 1, START)).isEqualTo(Outcome.OK);
        ProfileRecord profile = profile(engine, 5);
        assertThat(profile.slotCount()).isEqualTo(4);
        assertThat(profile.findSlot(CLICKED, SPACE)).isNotNegative();
        assertThat(profile.findSlot(BOUGHT, SPACE)).isNotNegative();
        assertThat(profile.findSlot(BOUGHT, NEW_SPACE)).isNegative();
    }

    @Test
    void shouldRecordTheEventWithoutTheOtherSlotWhenThereIsRoomForOne() {
        stage(NEW_SPACE);
        putStaged(1, 10);
        engine.profiles().recordEvent(5, 0, 1, 1, START);
        engine.profiles().putSlot(5, 1, SPACE, vector(1), 1, START);
        assertThat(engine.profiles().recordEvent(5, CLICKED, 1, 1, START)).isEqualTo(Outcome.OK);
        assertThat(profile(engine, 5).findSlot(CLICKED, SPACE)).isNotNegative();
        assertThat(profile(engine, 5).findSlot(CLICKED, NEW_SPACE)).isNegative();
    }

    @Test
    void shouldKeepWhatIsPopularWhenSwitched() throws StateStoreException {
        engine.profiles().recordEvent(5, BOUGHT, 2, 1, START);
        stage(NEW_SPACE);
        putStaged(2, 1);
        putStaged(3, 1);
        engine.profiles().recordEvent(6, BOUGHT, 2, 1, START);
        engine.profiles().recordEvent(6, BOUGHT, 3, 1, START);
        assertThat(popular()).isEqualTo("2=2.0 ");
        sides.switchTo(UNSAID);
        assertThat(popular()).isEqualTo("2=2.0 3=1.0 ");
        reopen();
        assertThat(popular()).isEqualTo("2=2.0 3=1.0 ");
        sides.switchTo(UNSAID);
        assertThat(popular()).isEqualTo("2=2.0 ");
    }

    @Test
    void shouldPatchAndRemoveInEitherWhenToldWhich() {
        int staged = stage(NEW_SPACE);
        putStaged(1, 10);
        putStaged(2, 10);
        ItemAttributes hidden = new ItemAttributes(0, 0, true, true);
        assertThat(engine.items().patch(staged, 1, hidden)).isEqualTo(Outcome.OK);
        assertThat(engine.items().remove(staged, 2)).isEqualTo(Outcome.OK);
        assertThat(askByVector(SPACE).count()).isEqualTo(2);
        sides.switchTo(staged);
        assertThat(askByVector(NEW_SPACE).count()).isZero();
        assertThat(engine.items().patch(1, 1, hidden)).isEqualTo(Outcome.OK);
        sides.switchTo(1);
        assertThat(askByVector(SPACE).count()).isEqualTo(1);
        ItemRecord item = engine.newItemRecord();
        assertThat(engine.newReader().readItem(staged, 1, item)).isTrue();
        assertThat(item.edition()).isEqualTo(staged);
        assertThat(item.spaceId()).isEqualTo(NEW_SPACE);
    }

    @Test
    void shouldKeepTheSpaceWhenTheLiveItemsAreGoneAfterASwitch() throws StateStoreException {
        stage(NEW_SPACE);
        sides.switchTo(UNSAID);
        sides.drop(UNSAID);
        reopen();
        assertThat(engine.spaceId()).isEqualTo(NEW_SPACE);
        assertThat(engine.items().put(1, NEW_SPACE, vector(1), 0, ItemAttributes.NONE))
                .isEqualTo(Outcome.OK);
    }

    private Recommendation askByVector(int space) {
        Recommender recommender = engine.newRecommender();
        Recommendation request = recommender.add().forVector(space).limit(10);
        request.vector()[0] = 1;
        recommender.execute();
        return request;
    }

    private String popular() {
        Recommender recommender = engine.newRecommender();
        Recommendation request = recommender.add().popular(false).limit(10);
        recommender.execute();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < request.count(); i++) {
            text.append(request.itemId(i)).append('=').append(request.score(i)).append(' ');
        }
        return text.toString();
    }

    private void awaitFreed() {
        while (sides.status().freeingItems() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldStandAsItWasWhenKilledAfterEachStep() throws Exception {
        checkKilled("nothing");
        int staged = stage(NEW_SPACE);
        checkKilled("staged");
        for (int id = 0; id < 40; id++) {
            putStaged(id, 1 + id);
        }
        checkKilled("filled");
        sides.switchTo(staged);
        checkKilled("switched");
        sides.switchTo(1);
        checkKilled("switched back");
        sides.switchTo(staged);
        sides.switchTo(1);
        sides.drop(staged);
        checkKilled("dropped, and perhaps freed in part");
        awaitFreed();
        checkKilled("freed");
    }

    /** Opens a copy of the files, which is what a killed process leaves, and compares. */
    private void checkKilled(String after) throws Exception {
        Path copy = Files.createTempDirectory(directory.getParent(), "killed");
        LeftFiles.copy(directory, copy);
        CatalogueStatus expected = sides.status();
        try (Engine killed = new EngineFixture(copy).open()) {
            CatalogueStatus found = killed.catalogues().status();
            assertThat(found.live().edition())
                    .as(after)
                    .isEqualTo(expected.live().edition());
            assertThat(found.live().spaceId())
                    .as(after)
                    .isEqualTo(expected.live().spaceId());
            assertThat(found.live().items()).as(after).isEqualTo(expected.live().items());
            assertThat(found.live().version())
                    .as(after)
                    .isEqualTo(expected.live().version());
            assertThat(found.other() == null).as(after).isEqualTo(expected.other() == null);
            if (found.other() != null) {
                assertThat(found.other().version())
                        .as(after)
                        .isEqualTo(expected.other().version());
                assertThat(found.other().edition())
                        .as(after)
                        .isEqualTo(expected.other().edition());
                assertThat(found.other().items())
                        .as(after)
                        .isEqualTo(expected.other().items());
                assertThat(found.otherWasLive()).as(after).isEqualTo(expected.otherWasLive());
            }
            while (killed.catalogues().status().freeingItems() > 0) {
                Thread.onSpinWait();
            }
            assertThat(killed.statistics().state().items())
                    .as(after)
                    .isEqualTo(found.live().items()
                            + (found.other() == null ? 0 : found.other().items()));
        } finally {
            LeftFiles.remove(copy);
        }
    }
}
