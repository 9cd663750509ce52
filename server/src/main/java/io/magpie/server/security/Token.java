package io.magpie.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A token as the server knows it: its name, the hash of the whole text, what it allows. The text itself is
 * {@code magpie.ID.SECRET} with 256 random bits, so that a plain SHA-256 of it cannot be searched through. Immutable.
 */
public final class Token {
    private static final String PREFIX = "magpie";
    private static final int SECRET_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final String id;
    private final byte[] hash;
    private final int scopes;
    private final Instant expires;

    Token(String id, byte[] hash, int scopes, Instant expires) {
        this.id = id;
        this.hash = hash;
        this.scopes = scopes;
        this.expires = expires;
    }

    /** Returns its name, which is no secret. */
    public String id() {
        return id;
    }

    /** Returns what it allows, bits of {@link Scope}. */
    public int scopes() {
        return scopes;
    }

    boolean mayExpire() {
        return expires != null;
    }

    /** Returns whether it has ended. */
    boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** Compares in a time that does not tell how much of it was right. */
    boolean hasHash(byte[] other) {
        return MessageDigest.isEqual(hash, other);
    }

    boolean sameSecret(Token other) {
        return hasHash(other.hash);
    }

    /** Returns its line in the file of tokens. */
    public String line() {
        return id
                + ' '
                + HexFormat.of().formatHex(hash)
                + ' '
                + Scope.labels(scopes)
                + (expires == null ? "" : " expires=" + expires);
    }

    /**
     * Reads a line of the file of tokens: {@code ID SHA256 SCOPES [expires=INSTANT]}.
     *
     * @throws IllegalArgumentException if it is none; the text says why
     */
    static Token parse(String line) {
        String[] words = line.trim().split("\\s+");
        if (words.length < 3 || words.length > 4) {
            throw new IllegalArgumentException("a line is ID SHA256 SCOPES [expires=TIME]");
        }
        requireId(words[0]);
        byte[] hash;
        Instant expires = null;
        try {
            hash = HexFormat.of().parseHex(words[1]);
        } catch (IllegalArgumentException e) {
            hash = new byte[0];
        }
        if (hash.length != SECRET_BYTES) {
            // The word itself is not shown: someone may have put the token there instead of its hash.
            throw new IllegalArgumentException("the hash is SHA-256 as 64 hexadecimal digits");
        }
        if (words.length == 4) {
            if (!words[3].startsWith("expires=")) {
                throw new IllegalArgumentException("a line is ID SHA256 SCOPES [expires=TIME]");
            }
            try {
                expires = Instant.parse(words[3].substring("expires=".length()));
            } catch (java.time.DateTimeException e) {
                throw new IllegalArgumentException("expires is a time such as 2030-01-31T00:00:00Z", e);
            }
        }
        int scopes;
        try {
            scopes = Scope.parse(words[2]);
        } catch (IllegalArgumentException e) {
            // Nor is this word, for the same reason.
            throw new IllegalArgumentException("scopes are some of " + Scope.labels(Scope.ALL) + ", each once");
        }
        return new Token(words[0], hash, scopes, expires);
    }

    /**
     * A new token.
     *
     * @param secret the text that its holder shows; kept nowhere
     * @param token  what the server knows of it
     */
    public record Issued(String secret, Token token) {
        @Override
        public String toString() {
            return "Issued[" + token.id() + ']';
        }
    }

    /**
     * Makes one from 256 random bits.
     *
     * @param expires when it ends, or null for never
     */
    public static Issued issue(String id, int scopes, Instant expires) {
        requireId(id);
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String text = PREFIX
                + '.'
                + id
                + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Arrays.fill(random, (byte) 0);
        return new Issued(text, new Token(id, hash(text.getBytes(StandardCharsets.UTF_8)), scopes, expires));
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a token's id is 1 to 64 letters, digits, - and _");
        }
    }

    /** Returns the id that a shown text claims, or an empty text. */
    static String claimedId(byte[] shown) {
        String[] parts = new String(shown, StandardCharsets.UTF_8).split("\\.", 3);
        return parts.length == 3 && parts[0].equals(PREFIX) ? parts[1] : "";
    }

    static byte[] hash(byte[] shown) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(shown);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
