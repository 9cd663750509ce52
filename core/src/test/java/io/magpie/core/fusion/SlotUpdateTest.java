package io.magpie.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpie.core.profile.ProfileRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotUpdateTest {
    private static final int DIMENSION = 5;
    private static final long DAY = 86_400_000L;
    private static final long HALF_LIFE = 30 * DAY;

    private record Event(float[] item, double strength, long timeMillis) {}

    @Test
    void shouldFollowTheDefinitionWhenEventsComeInTime() {
        ProfileRecord profile = profile();
        float[] first = {1, 2, 3, 4, 5};
        float[] second = {-1, 0, 1, 0, -1};
        assertThat(SlotUpdate.apply(profile, 0, first, 2, 10 * DAY, HALF_LIFE)).isTrue();
        assertThat(profile.slotEvidence(0)).isEqualTo(1);
        assertThat(profile.slotTimeMillis(0)).isEqualTo(10 * DAY);
        assertThat(SlotUpdate.apply(profile, 0, second, 3, 40 * DAY, HALF_LIFE)).isTrue();
        assertThat(profile.slotEvidence(0)).isEqualTo(1.5);
        assertThat(profile.slotTimeMillis(0)).isEqualTo(40 * DAY);
        assertThat(vector(profile)).containsExactly(-2, 2, 6, 4, 2);
        assertThat(profile.slotNorm(0)).isEqualTo(8);
    }

    @Test
    void shouldWeakenTheEventAndKeepTheTimeWhenItIsLate() {
        ProfileRecord profile = profile();
        SlotUpdate.apply(profile, 0, new float[] {4, 0, 0, 0, 0}, 1, 60 * DAY, HALF_LIFE);
        SlotUpdate.apply(profile, 0, new float[] {0, 4, 0, 0, 0}, 1, 0, HALF_LIFE);
        assertThat(profile.slotTimeMillis(0)).isEqualTo(60 * DAY);
        assertThat(profile.slotEvidence(0)).isEqualTo(1.25);
        assertThat(vector(profile)).containsExactly(4, 1, 0, 0, 0);
    }

    @Test
    void shouldComeToTheSameSlotWhateverTheOrderOfEvents() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                float[] item = new float[DIMENSION];
                for (int j = 0; j < DIMENSION; j++) {
                    item[j] = (float) random.nextGaussian();
                }
                events.add(new Event(item, random.nextGaussian() * 3, random.nextLong(400) * DAY));
            }
            ProfileRecord ordered = apply(events);
            Collections.shuffle(events, random);
            ProfileRecord shuffled = apply(events);
            assertThat(shuffled.slotTimeMillis(0)).isEqualTo(ordered.slotTimeMillis(0));
            assertThat(shuffled.slotEvidence(0)).isCloseTo(ordered.slotEvidence(0), within(1e-12));
            for (int i = 0; i < DIMENSION; i++) {
                // Twelve roundings to float32 of components of up to about 30.
                assertThat(vector(shuffled)[i]).isCloseTo(vector(ordered)[i], within(1e-4f));
            }
            assertThat(shuffled.slotNorm(0)).isEqualTo(SlotUpdate.norm(vector(shuffled), 0, DIMENSION));
        }
    }

    @Test
    void shouldCountTheEventAndLeaveTheVectorWhenItsStrengthIsZero() {
        ProfileRecord profile = profile();
        SlotUpdate.apply(profile, 0, new float[] {1, 2, 3, 4, 5}, 1, DAY, Decay.NEVER);
        SlotUpdate.apply(profile, 0, new float[] {9, 9, 9, 9, 9}, 0, DAY, Decay.NEVER);
        assertThat(vector(profile)).containsExactly(1, 2, 3, 4, 5);
        assertThat(profile.slotEvidence(0)).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhenAComponentLeavesFloat() {
        ProfileRecord profile = profile();
        float[] item = {1, 0, 0, 0, Float.MAX_VALUE};
        assertThat(SlotUpdate.apply(profile, 0, item, 1, DAY, HALF_LIFE)).isTrue();
        assertThat(SlotUpdate.apply(profile, 0, item, 1, DAY, HALF_LIFE)).isFalse();
        assertThat(SlotUpdate.apply(profile(), 0, item, 1e300, DAY, HALF_LIFE)).isFalse();
        assertThat(SlotUpdate.apply(profile(), 0, item, -2, DAY, HALF_LIFE)).isFalse();
    }

    @Test
    void shouldFindWhatIsNotFiniteWhereverItStands() {
        assertThat(SlotUpdate.isFinite(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, 0, -0f, Float.MIN_VALUE}))
                .isTrue();
        assertThat(SlotUpdate.isFinite(new float[0])).isTrue();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int i = 0; i < 9; i++) {
                float[] values = new float[9];
                values[i] = bad;
                assertThat(SlotUpdate.isFinite(values)).as("%s at %d", bad, i).isFalse();
            }
        }
        assertThat(SlotUpdate.isFinite(new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}))
                .isFalse();
    }

    private static ProfileRecord apply(List<Event> events) {
        ProfileRecord profile = profile();
        for (Event event : events) {
            assertThat(SlotUpdate.apply(profile, 0, event.item(), event.strength(), event.timeMillis(), HALF_LIFE))
                    .isTrue();
        }
        return profile;
    }

    private static ProfileRecord profile() {
        ProfileRecord profile = new ProfileRecord(1, 1, DIMENSION);
        profile.clear(1);
        profile.addSlot(0, 1);
        return profile;
    }

    private static float[] vector(ProfileRecord profile) {
        int at = profile.vectorOffset(0);
        return java.util.Arrays.copyOfRange(profile.vectors(), at, at + DIMENSION);
    }
}
