package io.magpie.core.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Keyed hashes in place of ids of people: HMAC-SHA256, cut to its first 128 bits. Without the key a hash cannot be traced
 * back to an id, nor an id be tried; two ids of a billion meet in one hash with a chance below 2^-67. What is hashed begins
 * with the number of the source, and 255, which no source has, for what Magpie hashes for itself.
 *
 * <p>Written over {@link MessageDigest} because {@code javax.crypto.Mac} allocates its result; this allocates nothing once
 * made. Not thread-safe; each thread makes its own.
 */
public final class IdentityHasher {
    /** Longest external id, in bytes; the shortest has one. */
    public static final int MAX_ID_LENGTH = 64;

    /** Length of the key in bytes. */
    public static final int KEY_LENGTH = 32;

    private static final int BLOCK = 64;
    private static final int DIGEST = 32;
    private static final byte OWN = (byte) 0xFF;

    private final MessageDigest digest;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];
    private final byte[] hash = new byte[DIGEST];
    private final ByteBuffer hashWords = ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] own = new byte[2 + 2 * Long.BYTES];
    private final ByteBuffer ownWords = ByteBuffer.wrap(own).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * @param key {@value #KEY_LENGTH} bytes, random
     * @throws IllegalArgumentException if the key has another length
     */
    public IdentityHasher(byte[] key) {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a key of another length: length=" + key.length);
        }
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        Arrays.fill(inner, (byte) 0x36);
        Arrays.fill(outer, (byte) 0x5C);
        for (int i = 0; i < KEY_LENGTH; i++) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
    }

    /** Hashes an identity: the source's number, then the id's bytes. The halves are then {@link #high} and {@link #low}. */
    public void identity(int source, byte[] id, int offset, int length) {
        digest.update(inner);
        digest.update((byte) source);
        digest.update(id, offset, length);
        finish();
    }

    /** Hashes a profile's id, for the list of erasures. */
    public void erasedProfile(long profileId) {
        own((byte) 'p', profileId, 0);
    }

    /** Hashes an identity's hash once more, for the list of erasures: the hash itself must not stay. */
    public void erasedIdentity(long high, long low) {
        own((byte) 'i', high, low);
    }

    /** Hashes nothing but the key, to tell it from another one. */
    public void check() {
        own((byte) 'c', 0, 0);
    }

    private void own(byte what, long first, long second) {
        own[0] = OWN;
        own[1] = what;
        ownWords.putLong(2, first);
        ownWords.putLong(2 + Long.BYTES, second);
        digest.update(inner);
        digest.update(own);
        finish();
    }

    private void finish() {
        try {
            digest.digest(hash, 0, DIGEST);
            digest.update(outer);
            digest.update(hash);
            digest.digest(hash, 0, DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
    }

    /** Returns the first half of the last hash. */
    public long high() {
        return hashWords.getLong(0);
    }

    /** Returns the second half of the last hash. */
    public long low() {
        return hashWords.getLong(Long.BYTES);
    }
}
