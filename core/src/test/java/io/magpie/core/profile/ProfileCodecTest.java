package io.magpie.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.index.ItemAttributes;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProfileCodecTest {
    @Test
    void shouldKeepTheDescribedOffsets() {
        assertThat(ProfileDescriptor.HEADER_LENGTH).isEqualTo(48);
        assertThat(ProfileDescriptor.SLOT_COUNT_OFFSET).isEqualTo(16);
        assertThat(ProfileDescriptor.REDIRECT_OFFSET).isEqualTo(24);
        assertThat(ProfileDescriptor.eventsOffset(6)).isEqualTo(48 + 6 * 64);
        assertThat(ProfileDescriptor.slotsOffset(6)).isEqualTo(48 + 6 * 64 + 256 + 24);
        assertThat(ProfileDescriptor.SLOT_VECTOR_OFFSET).isEqualTo(32);
        assertThat(ProfileDescriptor.slotLength(64)).isEqualTo(288);
        assertThat(ProfileDescriptor.slotLength(3)).isEqualTo(48);
        assertThat(ProfileDescriptor.imageLength(6, 3, 64)).isEqualTo(712 + 3 * 288);
        assertThat(SeenDescriptor.HEADER_LENGTH).isEqualTo(32);
        assertThat(SeenDescriptor.CHUNK_LENGTH).isEqualTo(1024);
        assertThat(ItemDescriptor.TAGS_OFFSET).isEqualTo(64);
        assertThat(ItemDescriptor.VECTOR_OFFSET).isEqualTo(128);
        assertThat(ItemDescriptor.imageLength(5)).isEqualTo(152);
    }

    @Property(tries = 200)
    void shouldGiveBackTheSameProfileWhenDecoded(
            @ForAll long id,
            @ForAll int seed,
            @ForAll @IntRange(min = 0, max = 5) int slots,
            @ForAll @IntRange(min = 1, max = 19) int dimension) {
        java.util.Random random = new java.util.Random(seed);
        ProfileRecord record = new ProfileRecord(4, 5, dimension);
        record.clear(id);
        record.version(random.nextInt());
        record.redirectTo(random.nextLong());
        for (int source = 0; source < 4; source++) {
            for (int purpose = 0; purpose < 8; purpose++) {
                record.consent(source, purpose, random.nextInt(3), random.nextLong() >>> 2);
            }
        }
        for (int i = 0; i < random.nextInt(50); i++) {
            record.addEvent(random.nextLong());
        }
        for (int i = 0; i < slots; i++) {
            int slot = record.addSlot(random.nextInt(4), random.nextInt());
            record.slotEvidence(slot, random.nextDouble());
            record.slotTimeMillis(slot, random.nextLong());
            record.slotNorm(slot, random.nextDouble());
            for (int d = 0; d < dimension; d++) {
                record.vectors()[record.vectorOffset(slot) + d] = random.nextFloat();
            }
        }
        byte[] image = new byte[ProfileDescriptor.imageLength(4, 5, dimension) + 8];
        Arrays.fill(image, (byte) 0xEE);
        int length = ProfileCodec.encode(record, image, 8);
        assertThat(length).isEqualTo(ProfileDescriptor.imageLength(4, slots, dimension));
        ProfileRecord decoded = new ProfileRecord(4, 5, dimension);
        assertThat(ProfileCodec.decode(image, ImageMemory.BYTES + 8, length, decoded))
                .isTrue();
        byte[] again = new byte[image.length];
        assertThat(ProfileCodec.encode(decoded, again, 8)).isEqualTo(length);
        assertThat(Arrays.copyOfRange(again, 8, 8 + length)).isEqualTo(Arrays.copyOfRange(image, 8, 8 + length));
        assertThat(decoded.profileId()).isEqualTo(id);
        assertThat(decoded.slotCount()).isEqualTo(slots);
        for (int i = 0; i < slots; i++) {
            assertThat(decoded.slotSpace(i)).isEqualTo(record.slotSpace(i));
            assertThat(decoded.slotEvidence(i)).isEqualTo(record.slotEvidence(i));
        }
        assertThat(ProfileCodec.decode(image, ImageMemory.BYTES + 8, length - 1, decoded))
                .isFalse();
    }

    @Test
    void shouldKeepSlotsCompactWhenOneIsRemoved() {
        ProfileRecord record = new ProfileRecord(3, 3, 2);
        record.clear(1);
        for (int source = 0; source < 3; source++) {
            int slot = record.addSlot(source, 9);
            record.vectors()[record.vectorOffset(slot)] = source + 1;
        }
        assertThat(record.addSlot(0, 10)).isEqualTo(-1);
        record.removeSlot(0);
        assertThat(record.slotCount()).isEqualTo(2);
        assertThat(record.slotSource(0)).isEqualTo(2);
        assertThat(vector(record, 0)).containsExactly(3, 0);
        assertThat(vector(record, 1)).containsExactly(2, 0);
        // The same place again: nothing is left of who had it.
        assertThat(vector(record, record.addSlot(1, 10))).containsExactly(0, 0);
        record.removeSlot(2);
        assertThat(record.findSlot(2, 9)).isZero();
        assertThat(record.findSlot(0, 9)).isEqualTo(-1);
        assertThatThrownBy(() -> record.addSlot(3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> record.consentState(0, 8)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static float[] vector(ProfileRecord record, int slot) {
        int at = record.vectorOffset(slot);
        return Arrays.copyOfRange(record.vectors(), at, at + record.dimension());
    }

    @Test
    void shouldKnowTheLast32EventsWhenMoreWereAdded() {
        ProfileRecord record = new ProfileRecord(1, 1, 1);
        record.clear(1);
        for (long hash = 1; hash <= 40; hash++) {
            record.addEvent(hash);
        }
        assertThat(record.hasEvent(8)).isFalse();
        assertThat(record.hasEvent(9)).isTrue();
        assertThat(record.hasEvent(40)).isTrue();
        assertThat(record.hasEvent(0)).isFalse();
    }

    @Test
    void shouldGiveBackTheSameItemWhenDecoded() {
        ItemRecord item = new ItemRecord(5);
        item.itemId(-2);
        item.version(7);
        item.spaceId(-1);
        item.bias(-0.5f);
        item.attributes(new ItemAttributes(-3, 1999, false, true, 8, -9, 10));
        item.vector()[4] = 4.5f;
        byte[] image = new byte[ItemDescriptor.imageLength(5)];
        Arrays.fill(image, (byte) 0xEE);
        ItemCodec.encode(item, image, 0);
        ItemRecord decoded = new ItemRecord(5);
        assertThat(ItemCodec.decode(image, ImageMemory.BYTES, image.length, decoded))
                .isTrue();
        assertThat(decoded.attributes()).isEqualTo(item.attributes());
        assertThat(decoded.itemId()).isEqualTo(-2);
        assertThat(decoded.bias()).isEqualTo(-0.5f);
        assertThat(decoded.vector()).isEqualTo(item.vector());
        assertThat(image[148]).isZero();
    }
}
