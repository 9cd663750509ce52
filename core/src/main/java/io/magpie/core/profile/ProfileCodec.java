package io.magpie.core.profile;

import static io.magpie.core.profile.ProfileDescriptor.EVENT_POSITION_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.EVENT_WINDOW;
import static io.magpie.core.profile.ProfileDescriptor.FLAGS_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.HEADER_LENGTH;
import static io.magpie.core.profile.ProfileDescriptor.IDENTITY_COUNT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.IDENTITY_LENGTH;
import static io.magpie.core.profile.ProfileDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.PURPOSES;
import static io.magpie.core.profile.ProfileDescriptor.REDIRECT_COUNT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.REDIRECT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_COUNT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_EVIDENCE_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_FLAGS_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_NORM_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_SOURCE_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_SPACE_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_TIME_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_VECTOR_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.VERSION_OFFSET;

import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Turns a {@link ProfileRecord} into its image and back. Images lie either in a byte array ({@code base} is the array and
 * {@code offset} includes {@link ImageMemory.BYTES}) or in native memory ({@code base} is null and
 * {@code offset} an address). Stateless; allocates nothing. The caller vouches for the bounds of the image.
 */
public final class ProfileCodec {
    private ProfileCodec() {}

    /** Returns the length in bytes of the image of this record. */
    public static int imageLength(ProfileRecord record) {
        return ProfileDescriptor.imageLength(record.sourceCapacity, record.slotCount, record.dimension)
                + record.links.identityCount * IDENTITY_LENGTH
                + record.links.redirectCount * Long.BYTES;
    }

    /**
     * Writes the image.
     *
     * @param base   at least {@link #imageLength} bytes from {@code offset}
     * @param offset index of the first byte
     * @return its length in bytes
     */
    public static int encode(ProfileRecord record, byte[] base, int offset) {
        int length = imageLength(record);
        Objects.checkFromIndexSize(offset, length, base.length);
        long at = ImageMemory.BYTES + offset;
        UnsafeApi.putLong(base, at + PROFILE_ID_OFFSET, record.profileId);
        UnsafeApi.putInt(base, at + VERSION_OFFSET, record.version);
        UnsafeApi.putInt(base, at + FLAGS_OFFSET, record.flags);
        UnsafeApi.putShort(base, at + SLOT_COUNT_OFFSET, (short) record.slotCount);
        UnsafeApi.putShort(base, at + EVENT_POSITION_OFFSET, (short) record.eventPosition);
        UnsafeApi.putShort(base, at + IDENTITY_COUNT_OFFSET, (short) record.links.identityCount);
        UnsafeApi.putShort(base, at + REDIRECT_COUNT_OFFSET, (short) record.links.redirectCount);
        UnsafeApi.putLong(base, at + REDIRECT_OFFSET, record.redirectProfileId);
        // What is left of the header is zero.
        UnsafeApi.putLong(base, at + HEADER_LENGTH - 2 * Long.BYTES, 0);
        UnsafeApi.putLong(base, at + HEADER_LENGTH - Long.BYTES, 0);
        long consentLength = (long) record.sourceCapacity * PURPOSES * Long.BYTES;
        UnsafeApi.copyMemory(record.consent, ImageMemory.LONGS, base, at + HEADER_LENGTH, consentLength);
        UnsafeApi.copyMemory(
                record.events,
                ImageMemory.LONGS,
                base,
                at + HEADER_LENGTH + consentLength,
                (long) EVENT_WINDOW * Long.BYTES);
        long slotLength = ProfileDescriptor.slotLength(record.dimension);
        long vectorLength = (long) record.dimension * Float.BYTES;
        long slot = at + ProfileDescriptor.slotsOffset(record.sourceCapacity);
        // The last 8 bytes first: it leaves the padding of an odd count zero.
        UnsafeApi.putLong(base, slot - Long.BYTES, 0);
        UnsafeApi.copyMemory(
                record.seenCounts,
                ImageMemory.INTS,
                base,
                at + ProfileDescriptor.seenCountsOffset(record.sourceCapacity),
                (long) record.sourceCapacity * Integer.BYTES);
        for (int i = 0; i < record.slotCount; i++) {
            // Four bytes at once: the two behind source and flags are zero.
            UnsafeApi.putInt(base, slot + SLOT_SOURCE_OFFSET, record.slotSources[i] | record.slotFlags[i] << 8);
            UnsafeApi.putInt(base, slot + SLOT_SPACE_OFFSET, record.slotSpaces[i]);
            UnsafeApi.putDouble(base, slot + SLOT_EVIDENCE_OFFSET, record.slotEvidences[i]);
            UnsafeApi.putLong(base, slot + SLOT_TIME_OFFSET, record.slotTimes[i]);
            UnsafeApi.putDouble(base, slot + SLOT_NORM_OFFSET, record.slotNorms[i]);
            // The last 8 bytes first: it leaves the padding of an odd dimension zero.
            UnsafeApi.putLong(base, slot + slotLength - Long.BYTES, 0);
            UnsafeApi.copyMemory(
                    record.vectors,
                    ImageMemory.FLOATS + i * vectorLength,
                    base,
                    slot + SLOT_VECTOR_OFFSET,
                    vectorLength);
            slot += slotLength;
        }
        encodeLinks(record.links, base, slot);
        return length;
    }

    private static void encodeLinks(ProfileLinks links, byte[] base, long at) {
        long identitiesLength = (long) links.identityCount * IDENTITY_LENGTH;
        UnsafeApi.copyMemory(links.identities, ImageMemory.LONGS, base, at, identitiesLength);
        UnsafeApi.copyMemory(
                links.redirects,
                ImageMemory.LONGS,
                base,
                at + identitiesLength,
                (long) links.redirectCount * Long.BYTES);
    }

    /**
     * Reads an image.
     *
     * @param base   the array, or null for native memory
     * @param offset of the first byte
     * @param length how many bytes may be read, at least the image's
     * @param into   a record of the shape that the image was written with; overwritten
     * @return false, and {@code into} undefined, if these bytes are no image of this shape
     */
    public static boolean decode(Object base, long offset, int length, ProfileRecord into) {
        int slots = UnsafeApi.getShort(base, offset + SLOT_COUNT_OFFSET) & 0xFFFF;
        int position = UnsafeApi.getShort(base, offset + EVENT_POSITION_OFFSET) & 0xFFFF;
        int identities = UnsafeApi.getShort(base, offset + IDENTITY_COUNT_OFFSET) & 0xFFFF;
        int redirects = UnsafeApi.getShort(base, offset + REDIRECT_COUNT_OFFSET) & 0xFFFF;
        if (slots > into.slotCapacity
                || position >= EVENT_WINDOW
                || identities > ProfileLinks.MAX_IDENTITIES
                || redirects > ProfileLinks.MAX_REDIRECTS
                || length
                        < ProfileDescriptor.imageLength(into.sourceCapacity, slots, into.dimension)
                                + identities * IDENTITY_LENGTH
                                + redirects * Long.BYTES) {
            return false;
        }
        into.profileId = UnsafeApi.getLong(base, offset + PROFILE_ID_OFFSET);
        into.version = UnsafeApi.getInt(base, offset + VERSION_OFFSET);
        into.flags = UnsafeApi.getInt(base, offset + FLAGS_OFFSET);
        into.redirectProfileId = UnsafeApi.getLong(base, offset + REDIRECT_OFFSET);
        into.slotCount = slots;
        into.eventPosition = position;
        long consentLength = (long) into.sourceCapacity * PURPOSES * Long.BYTES;
        UnsafeApi.copyMemory(base, offset + HEADER_LENGTH, into.consent, ImageMemory.LONGS, consentLength);
        UnsafeApi.copyMemory(
                base,
                offset + HEADER_LENGTH + consentLength,
                into.events,
                ImageMemory.LONGS,
                (long) EVENT_WINDOW * Long.BYTES);
        UnsafeApi.copyMemory(
                base,
                offset + ProfileDescriptor.seenCountsOffset(into.sourceCapacity),
                into.seenCounts,
                ImageMemory.INTS,
                (long) into.sourceCapacity * Integer.BYTES);
        long slotLength = ProfileDescriptor.slotLength(into.dimension);
        long vectorLength = (long) into.dimension * Float.BYTES;
        long slot = offset + ProfileDescriptor.slotsOffset(into.sourceCapacity);
        for (int i = 0; i < slots; i++) {
            into.slotSources[i] = UnsafeApi.getByte(base, slot + SLOT_SOURCE_OFFSET) & 0xFF;
            into.slotFlags[i] = UnsafeApi.getByte(base, slot + SLOT_FLAGS_OFFSET) & 0xFF;
            into.slotSpaces[i] = UnsafeApi.getInt(base, slot + SLOT_SPACE_OFFSET);
            into.slotEvidences[i] = UnsafeApi.getDouble(base, slot + SLOT_EVIDENCE_OFFSET);
            into.slotTimes[i] = UnsafeApi.getLong(base, slot + SLOT_TIME_OFFSET);
            into.slotNorms[i] = UnsafeApi.getDouble(base, slot + SLOT_NORM_OFFSET);
            UnsafeApi.copyMemory(
                    base, slot + SLOT_VECTOR_OFFSET, into.vectors, ImageMemory.FLOATS + i * vectorLength, vectorLength);
            slot += slotLength;
        }
        decodeLinks(base, slot, identities, redirects, into.links);
        return true;
    }

    private static void decodeLinks(Object base, long at, int identities, int redirects, ProfileLinks into) {
        into.identityCount = identities;
        into.redirectCount = redirects;
        long identitiesLength = (long) identities * IDENTITY_LENGTH;
        if (identities > 0) {
            UnsafeApi.copyMemory(base, at, into.identities, ImageMemory.LONGS, identitiesLength);
        }
        if (redirects > 0) {
            UnsafeApi.copyMemory(
                    base, at + identitiesLength, into.redirects, ImageMemory.LONGS, (long) redirects * Long.BYTES);
        }
    }

    /**
     * Reads where the image of a profile leads.
     *
     * @param base   the array, or null for native memory
     * @param offset of the first byte
     * @param none   what is returned of a profile that leads nowhere
     * @return the id of the profile that it was merged into, or {@code none}
     */
    public static long redirect(Object base, long offset, long none) {
        return (UnsafeApi.getInt(base, offset + FLAGS_OFFSET) & ProfileDescriptor.FLAG_REDIRECT) == 0
                ? none
                : UnsafeApi.getLong(base, offset + REDIRECT_OFFSET);
    }
}
