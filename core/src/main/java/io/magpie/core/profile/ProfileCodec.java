package io.magpie.core.profile;

import static io.magpie.core.profile.ProfileDescriptor.EVENT_POSITION_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.EVENT_WINDOW;
import static io.magpie.core.profile.ProfileDescriptor.FLAGS_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.IDENTITY_COUNT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.IDENTITY_LENGTH;
import static io.magpie.core.profile.ProfileDescriptor.REDIRECT_COUNT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.REDIRECT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_COUNT_OFFSET;

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
        return ProfileDescriptor.imageLength(record.sourceCapacity, record.slotCount(), record.dimension)
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
        int slotsEnd = ProfileDescriptor.imageLength(record.sourceCapacity, record.slotCount(), record.dimension);
        UnsafeApi.copyMemory(record.image, ImageMemory.FLOATS, base, at, slotsEnd);
        UnsafeApi.putShort(base, at + IDENTITY_COUNT_OFFSET, (short) record.links.identityCount);
        UnsafeApi.putShort(base, at + REDIRECT_COUNT_OFFSET, (short) record.links.redirectCount);
        encodeLinks(record.links, base, at + slotsEnd);
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
        int slotsEnd = ProfileDescriptor.imageLength(into.sourceCapacity, slots, into.dimension);
        if (slots > into.slotCapacity
                || position >= EVENT_WINDOW
                || identities > ProfileLinks.MAX_IDENTITIES
                || redirects > ProfileLinks.MAX_REDIRECTS
                || length < slotsEnd + identities * IDENTITY_LENGTH + redirects * Long.BYTES) {
            return false;
        }
        UnsafeApi.copyMemory(base, offset, into.image, ImageMemory.FLOATS, slotsEnd);
        decodeLinks(base, offset + slotsEnd, identities, redirects, into.links);
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
