package io.magpie.core.profile;

import static io.magpie.core.profile.SeenDescriptor.CHUNK_ENTRIES;
import static io.magpie.core.profile.SeenDescriptor.CHUNK_OFFSET;
import static io.magpie.core.profile.SeenDescriptor.COUNT_OFFSET;
import static io.magpie.core.profile.SeenDescriptor.ENTRY_LENGTH;
import static io.magpie.core.profile.SeenDescriptor.FLAGS_OFFSET;
import static io.magpie.core.profile.SeenDescriptor.FLAG_SHOWN_TRUNCATED;
import static io.magpie.core.profile.SeenDescriptor.FLAG_TRUNCATED;
import static io.magpie.core.profile.SeenDescriptor.HEADER_LENGTH;
import static io.magpie.core.profile.SeenDescriptor.PROFILE_ID_OFFSET;

import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Turns the chunks of a {@link SeenSet} into their images and back; addresses are as in {@link ProfileCodec}. Stateless;
 * allocates nothing.
 */
public final class SeenCodec {
    private SeenCodec() {}

    /** Returns the length in bytes of the image of one chunk of this set. */
    public static int imageLength(SeenSet set, int chunk) {
        return SeenDescriptor.imageLength(entries(set, chunk));
    }

    /**
     * Writes the image of one chunk.
     *
     * @param base   at least {@link #imageLength} bytes from {@code offset}
     * @param offset index of the first byte
     * @return its length in bytes
     */
    public static int encode(SeenSet set, int chunk, byte[] base, int offset) {
        int entries = entries(set, chunk);
        int length = SeenDescriptor.imageLength(entries);
        Objects.checkFromIndexSize(offset, length, base.length);
        long at = ImageMemory.BYTES + offset;
        UnsafeApi.setMemory(base, at, HEADER_LENGTH, (byte) 0);
        UnsafeApi.putLong(base, at + PROFILE_ID_OFFSET, set.profileId);
        UnsafeApi.putInt(base, at + CHUNK_OFFSET, chunk);
        UnsafeApi.putInt(base, at + FLAGS_OFFSET, flags(set));
        UnsafeApi.putShort(base, at + COUNT_OFFSET, (short) entries);
        UnsafeApi.copyMemory(
                set.words,
                ImageMemory.LONGS + (long) chunk * CHUNK_ENTRIES * ENTRY_LENGTH,
                base,
                at + HEADER_LENGTH,
                (long) entries * ENTRY_LENGTH);
        return length;
    }

    /**
     * Adds the entries of the next chunk to a set that holds all chunks before it.
     *
     * @param base   the array, or null for native memory
     * @param offset of the first byte
     * @param length how many bytes may be read, at least the image's
     * @param into   the set; chunks beyond its limit are not taken, and then it says that it is truncated
     * @return how many entries the chunk holds, or -1 if these bytes are no image of a chunk
     */
    public static int decode(Object base, long offset, int length, SeenSet into) {
        int entries = UnsafeApi.getShort(base, offset + COUNT_OFFSET) & 0xFFFF;
        if (entries > CHUNK_ENTRIES || length < SeenDescriptor.imageLength(entries)) {
            return -1;
        }
        int flags = UnsafeApi.getInt(base, offset + FLAGS_OFFSET);
        into.truncated |= (flags & FLAG_TRUNCATED) != 0;
        into.shownTruncated |= (flags & FLAG_SHOWN_TRUNCATED) != 0;
        int taken = Math.min(entries, into.limit - into.count);
        if (taken < entries) {
            into.truncated = true;
            into.shownTruncated = true;
        }
        UnsafeApi.copyMemory(
                base,
                offset + HEADER_LENGTH,
                into.words,
                ImageMemory.LONGS + (long) into.count * ENTRY_LENGTH,
                (long) taken * ENTRY_LENGTH);
        into.count += taken;
        return entries;
    }

    private static int flags(SeenSet set) {
        return (set.truncated ? FLAG_TRUNCATED : 0) | (set.shownTruncated ? FLAG_SHOWN_TRUNCATED : 0);
    }

    private static int entries(SeenSet set, int chunk) {
        return Math.max(0, Math.min(CHUNK_ENTRIES, set.count - chunk * CHUNK_ENTRIES));
    }
}
