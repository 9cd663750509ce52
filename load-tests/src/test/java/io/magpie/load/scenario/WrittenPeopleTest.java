package io.magpie.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrittenPeopleTest {
    private static final KnownProfile.Slot LOADED = new KnownProfile.Slot(0, new float[] {2, 0}, 7, 0, true);
    private static final long ID = 8;
    private static final int SOURCE = 2;
    private static final long TIME = 1_000;

    private final KnownCatalogue items =
            new KnownCatalogue(2, new long[] {5, 6}, new float[] {1, 0.5f, 0, 3}, new float[] {0, 0});
    private final LoadData data = new FixedData(items, 20, id -> new KnownProfile(id, List.of(LOADED), 0, Set.of()));
    private final WrittenPeople.Owners owners = new WrittenPeople.Owners(data.profileCount());
    private final WrittenPeople people = new WrittenPeople(data, 0, owners);

    private void event(int row) {
        people.sendsEvent(ID, row, TIME);
        people.acknowledged(ID, SOURCE);
    }

    private KnownProfile.Slot slot() {
        return people.known(ID).slots().get(1);
    }

    @Test
    void shouldAddItemsUpWhenEventsAreAcknowledged() {
        event(0);
        event(1);
        event(0);
        assertThat(people.known(ID).slots()).hasSize(2);
        assertThat(slot().vector()).containsExactly(2, 4);
        assertThat(slot().evidence()).isEqualTo(3);
        assertThat(slot().put()).isFalse();
        assertThat(slot().timeMillis()).isEqualTo(TIME);
        assertThat(people.known(ID).seenCount()).as("two items were seen").isEqualTo(2);
    }

    @Test
    void shouldReplaceTheSlotWhenOneIsPutAndMoveItWhenAnEventFollows() {
        event(0);
        people.sendsSlot(ID, 1, 9, TIME + 1);
        people.acknowledged(ID, SOURCE);
        assertThat(slot().vector()).containsExactly(0, 3);
        event(0);
        assertThat(slot().vector()).containsExactly(1, 3.5f);
        assertThat(slot().evidence()).isEqualTo(10);
        assertThat(slot().put()).isTrue();
        assertThat(slot().timeMillis()).isEqualTo(TIME + 1);
        assertThat(people.known(ID).seenCount()).isEqualTo(1);
    }

    @Test
    void shouldChangeNothingWhenAWriteIsRefused() {
        event(0);
        KnownProfile before = people.known(ID);
        people.sendsEvent(ID, 1, TIME);
        assertThat(people.known(ID)).as("while it is on its way").isNull();
        people.refused(ID);
        assertThat(people.known(ID)).isSameAs(before);
    }

    @Test
    void shouldFollowNoFurtherWhenTwoWritesAreOnTheirWay() {
        people.sendsEvent(ID, 0, TIME);
        people.sendsEvent(ID, 1, TIME);
        people.acknowledged(ID, SOURCE);
        people.acknowledged(ID, SOURCE);
        assertThat(people.known(ID)).isNull();
        event(0);
        assertThat(people.known(ID)).isNull();
    }

    @Test
    void shouldFollowNoFurtherWhenAnotherLoopWritesToo() {
        event(0);
        WrittenPeople others = new WrittenPeople(data, 1, owners);
        others.sendsEvent(ID, 0, TIME);
        assertThat(people.known(ID)).isNull();
        others.acknowledged(ID, SOURCE);
        assertThat(others.known(ID)).isNull();
        others.sendsEvent(ID + LoadData.WRITTEN_TO, 0, TIME);
        others.acknowledged(ID + LoadData.WRITTEN_TO, SOURCE);
        assertThat(others.known(ID + LoadData.WRITTEN_TO)).isNotNull();
    }

    @Test
    void shouldFollowNoFurtherWhenThereWereManyEvents() {
        for (int i = 0; i < WrittenPeople.MOST_EVENTS; i++) {
            event(i % 2);
        }
        assertThat(slot().evidence()).isEqualTo(WrittenPeople.MOST_EVENTS);
        event(0);
        assertThat(people.known(ID)).isNull();
    }
}
