package io.magpie.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfileMarksTest {
    @Test
    void shouldKeepPutMarksAndSeenCountsThroughItsImageWhateverTheShape() {
        for (int sources = 1; sources <= 7; sources++) {
            ProfileRecord profile = new ProfileRecord(sources, 4, 3);
            profile.clear(42);
            SeenSet seen = new SeenSet(100);
            seen.clear(42);
            for (int source = 0; source < sources; source++) {
                for (int item = 0; item <= source; item++) {
                    seen.record(100L * source + item, 5, source, SeenDescriptor.KIND_SEEN);
                }
                seen.record(7, 5, source, SeenDescriptor.KIND_SHOWN);
            }
            profile.countSeen(seen);
            for (int slot = 0; slot < 3; slot++) {
                profile.addSlot(0, slot);
                profile.slotEvidence(slot, slot);
            }
            profile.markSlotPut(1);
            byte[] image = new byte[ProfileCodec.imageLength(profile) + 16];
            java.util.Arrays.fill(image, (byte) 0xAA);
            int length = ProfileCodec.encode(profile, image, 8);
            ProfileRecord read = new ProfileRecord(sources, 4, 3);
            assertThat(ProfileCodec.decode(image, ImageMemory.BYTES + 8, length, read))
                    .isTrue();
            for (int source = 0; source < sources; source++) {
                assertThat(read.seenCount(source)).isEqualTo(source + 1);
            }
            assertThat(read.isSlotPut(0)).isFalse();
            assertThat(read.isSlotPut(1)).isTrue();
            assertThat(read.isSlotPut(2)).isFalse();
            assertThat(read.slotEvidence(2)).isEqualTo(2);
            assertThat(read.slotSource(1)).isZero();
            byte[] again = new byte[image.length];
            java.util.Arrays.fill(again, (byte) 0x55);
            ProfileCodec.encode(read, again, 8);
            assertThat(java.util.Arrays.copyOfRange(again, 8, 8 + length))
                    .as("every byte of the image is defined")
                    .isEqualTo(java.util.Arrays.copyOfRange(image, 8, 8 + length));
        }
    }

    @Test
    void shouldMoveTheMarkWithItsSlotWhenAnotherIsRemoved() {
        ProfileRecord profile = new ProfileRecord(2, 3, 1);
        profile.clear(1);
        profile.addSlot(0, 1);
        profile.addSlot(1, 1);
        profile.markSlotPut(1);
        profile.removeSlot(0);
        assertThat(profile.isSlotPut(0)).isTrue();
        profile.addSlot(0, 1);
        assertThat(profile.isSlotPut(1)).isFalse();
        ProfileRecord copy = new ProfileRecord(2, 3, 1);
        copy.copyFrom(profile);
        assertThat(copy.isSlotPut(0)).isTrue();
        assertThat(copy.isSlotPut(1)).isFalse();
    }

    @Test
    void shouldForgetCountsWhenCleared() {
        ProfileRecord profile = new ProfileRecord(2, 3, 1);
        SeenSet seen = new SeenSet(4);
        seen.clear(1);
        seen.record(1, 1, 1, SeenDescriptor.KIND_SEEN);
        profile.clear(1);
        profile.countSeen(seen);
        assertThat(profile.seenCount(1)).isEqualTo(1);
        profile.clear(2);
        assertThat(profile.seenCount(1)).isZero();
    }
}
