package io.magpie.core.profile;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What leads to a profile: its identities, as keyed hashes with source and time, and the ids of the profiles that were
 * merged into it. So a merge and an erasure find them all. Part of a {@link ProfileRecord}, bounded, and reused like it;
 * not thread-safe.
 */
public final class ProfileLinks {
    /** How many identities lead to one profile at most. */
    public static final int MAX_IDENTITIES = 32;

    /** How many profiles were merged into one at most. */
    public static final int MAX_REDIRECTS = 32;

    private static final int SOURCE_BITS = 8;

    /** Highest bit of the third number: it led to another profile before, and was unlinked. */
    private static final long WAS_UNLINKED = 1L << 63;

    /** Three numbers an identity: high and low half of its hash; time in ms shifted left by 8, or'ed with the source. */
    final long[] identities = new long[MAX_IDENTITIES * 3];

    final long[] redirects = new long[MAX_REDIRECTS];
    int identityCount;
    int redirectCount;

    ProfileLinks() {}

    void clear() {
        identityCount = 0;
        redirectCount = 0;
    }

    void copyFrom(ProfileLinks other) {
        identityCount = other.identityCount;
        redirectCount = other.redirectCount;
        System.arraycopy(other.identities, 0, identities, 0, identityCount * 3);
        System.arraycopy(other.redirects, 0, redirects, 0, redirectCount);
    }

    /** Takes over all but the identities of sources left out; see {@link ProfileRecord#takeFrom}. */
    void takeFrom(ProfileLinks other, int[] newNumbers) {
        clear();
        for (int i = 0; i < other.identityCount; i++) {
            int source = other.identitySource(i);
            if (source < newNumbers.length && newNumbers[source] >= 0) {
                System.arraycopy(other.identities, i * 3, identities, identityCount * 3, 3);
                identityCount++;
            }
        }
        redirectCount = other.redirectCount;
        System.arraycopy(other.redirects, 0, redirects, 0, redirectCount);
    }

    /** Returns how many identities lead here. */
    public int identityCount() {
        return identityCount;
    }

    /** Returns the high half of an identity's keyed hash. */
    public long identityHigh(int index) {
        return identities[index * 3];
    }

    /** Returns the low half of an identity's keyed hash. */
    public long identityLow(int index) {
        return identities[index * 3 + 1];
    }

    /** Returns the number of the source whose id it is. */
    public int identitySource(int index) {
        return (int) identities[index * 3 + 2] & 0xFF;
    }

    /** Returns when the identity was first linked, milliseconds since 1970. */
    public long identityTimeMillis(int index) {
        return (identities[index * 3 + 2] & ~WAS_UNLINKED) >>> SOURCE_BITS;
    }

    /** Returns whether it led to another profile before, one that it was not merged with: whose past names it too. */
    public boolean wasUnlinked(int index) {
        return identities[index * 3 + 2] < 0;
    }

    /** Says that it led to another profile before. */
    public void markUnlinked(int index) {
        identities[index * 3 + 2] |= WAS_UNLINKED;
    }

    /** Returns the number of an identity, or -1 if it does not lead here. */
    public int findIdentity(long high, long low) {
        for (int i = 0; i < identityCount; i++) {
            if (identities[i * 3] == high && identities[i * 3 + 1] == low) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Adds an identity that is not there yet.
     *
     * @return false if there is no room for it
     */
    public boolean addIdentity(long high, long low, int source, long timeMillis) {
        if (identityCount == MAX_IDENTITIES) {
            return false;
        }
        identities[identityCount * 3] = high;
        identities[identityCount * 3 + 1] = low;
        identities[identityCount * 3 + 2] = timeMillis << SOURCE_BITS | source & 0xFF;
        identityCount++;
        return true;
    }

    /** Removes an identity; those after it move up. */
    public void removeIdentity(int index) {
        if (index < 0 || index >= identityCount) {
            throw new IndexOutOfBoundsException("no such identity: index=" + index + " count=" + identityCount);
        }
        identityCount--;
        System.arraycopy(identities, (index + 1) * 3, identities, index * 3, (identityCount - index) * 3);
        Arrays.fill(identities, identityCount * 3, identityCount * 3 + 3, 0);
    }

    /** Returns how many profiles were merged into this one. */
    public int redirectCount() {
        return redirectCount;
    }

    /** Returns the id of a profile that was merged into this one. */
    public long redirect(int index) {
        return redirects[index];
    }

    /**
     * Takes over all that leads to another profile, and that profile's id.
     *
     * @return false, and nothing taken, if there is no room for it
     */
    public boolean absorb(ProfileLinks other, long otherProfileId) {
        if (identityCount + other.identityCount > MAX_IDENTITIES
                || redirectCount + other.redirectCount + 1 > MAX_REDIRECTS) {
            return false;
        }
        System.arraycopy(other.identities, 0, identities, identityCount * 3, other.identityCount * 3);
        identityCount += other.identityCount;
        System.arraycopy(other.redirects, 0, redirects, redirectCount, other.redirectCount);
        redirectCount += other.redirectCount;
        redirects[redirectCount++] = otherProfileId;
        return true;
    }

    /**
     * Looks for an identity in the image of a profile, without decoding it.
     *
     * @param buffer         holds the image
     * @param offset         of its first byte
     * @param length         of the image in bytes
     * @param sourceCapacity of the profiles
     * @param dimension      of the vectors
     */
    public static boolean isInImage(
            DirectBuffer buffer, int offset, int length, int sourceCapacity, int dimension, long high, long low) {
        int slots = buffer.getShort(offset + ProfileDescriptor.SLOT_COUNT_OFFSET) & 0xFFFF;
        int count = buffer.getShort(offset + ProfileDescriptor.IDENTITY_COUNT_OFFSET) & 0xFFFF;
        int first = ProfileDescriptor.imageLength(sourceCapacity, slots, dimension);
        for (int i = 0; i < count && first + (i + 1) * ProfileDescriptor.IDENTITY_LENGTH <= length; i++) {
            int at = offset + first + i * ProfileDescriptor.IDENTITY_LENGTH;
            if (buffer.getLong(at) == high && buffer.getLong(at + Long.BYTES) == low) {
                return true;
            }
        }
        return false;
    }
}
