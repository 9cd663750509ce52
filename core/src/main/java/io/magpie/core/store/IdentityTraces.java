package io.magpie.core.store;

import io.magpie.core.profile.ProfileLinks;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Tells in which parts of the log a hash of some identities stands, whichever profile they belong to: an identity that was
 * unlinked is named by older records of the profile that it led to before. Reused; not thread-safe.
 */
final class IdentityTraces {
    private final int sourceCapacity;
    private final int dimension;
    private long[] hashes = new long[16];
    private int words;

    IdentityTraces(StateConfiguration configuration) {
        sourceCapacity = configuration.sourceCapacity();
        dimension = configuration.dimension();
    }

    void clear() {
        words = 0;
    }

    void add(long high, long low) {
        if (words == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * words);
        }
        hashes[words++] = high;
        hashes[words++] = low;
    }

    boolean isEmpty() {
        return words == 0;
    }

    /** Returns whether one of the hashes stands in a part. */
    boolean isIn(int kind, DirectBuffer buffer, int offset, int length) {
        boolean isProfile = kind == PartKind.PROFILE_PUT;
        if (!isProfile && kind != PartKind.IDENTITY_PUT) {
            return false;
        }
        for (int i = 0; i < words; i += 2) {
            boolean holds = isProfile
                    ? ProfileLinks.isInImage(
                            buffer, offset, length, sourceCapacity, dimension, hashes[i], hashes[i + 1])
                    : buffer.getLong(offset) == hashes[i] && buffer.getLong(offset + Long.BYTES) == hashes[i + 1];
            if (holds) {
                return true;
            }
        }
        return false;
    }
}
