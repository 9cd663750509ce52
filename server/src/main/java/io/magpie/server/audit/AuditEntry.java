package io.magpie.server.audit;

import java.nio.ByteBuffer;

/**
 * What one audited request will leave in the log: a line for each thing it is about. Raw ids are in it only until its
 * lines are written. Filled by one thread, then handed over.
 */
public final class AuditEntry {
    private final long timeMillis;
    private final String tokenId;
    private final String certificate;
    private final String peer;
    private final String verb;
    private final byte[][] subjects;
    private byte[][] otherSubjects;
    private final String[] details;
    private final String[] outcomes;

    /**
     * Creates one.
     *
     * @param timeMillis  when it was asked, milliseconds since 1970
     * @param tokenId     whose token; empty for none
     * @param certificate whose certificate; empty for none
     * @param peer        the other side's address
     * @param verb        what was asked
     * @param lines       how many things it is about
     * @param subjects    whether these are people
     */
    public AuditEntry(
            long timeMillis,
            String tokenId,
            String certificate,
            String peer,
            String verb,
            int lines,
            boolean subjects) {
        this.timeMillis = timeMillis;
        this.tokenId = tokenId;
        this.certificate = certificate;
        this.peer = peer;
        this.verb = verb;
        this.subjects = subjects ? new byte[lines][] : null;
        details = new String[lines];
        outcomes = new String[lines];
    }

    /** Returns how many lines it takes. */
    public int lines() {
        return outcomes.length;
    }

    /** Says whom line {@code i} is about, by the bytes of an id; only their keyed hash is written. */
    public void subject(int i, byte[] id) {
        subjects[i] = id.clone();
    }

    /** Says whom line {@code i} is about beside its subject: the other end of a link. */
    public void otherSubject(int i, byte[] id) {
        if (otherSubjects == null) {
            otherSubjects = new byte[outcomes.length][];
        }
        otherSubjects[i] = id.clone();
    }

    /** Adds what else is to be known of line {@code i}; names nobody. */
    public void detail(int i, String text) {
        details[i] = text;
    }

    /** Says how line {@code i} ended. */
    public void outcome(int i, String outcome) {
        outcomes[i] = outcome;
    }

    /** Returns the bytes of a profile's id that are hashed: 8, the highest first. */
    public static byte[] ofProfile(long profileId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(profileId).array();
    }

    /** Returns the bytes of an identity that are hashed: the number of its source, then the id. */
    public static byte[] ofIdentity(int source, byte[] id, int length) {
        return ByteBuffer.allocate(1 + length)
                .put((byte) source)
                .put(id, 0, length)
                .array();
    }

    /** Appends line {@code i} without its beginning and its end. */
    void append(StringBuilder line, int i, AuditKey key) {
        line.append(",\"time\":\"")
                .append(java.time.Instant.ofEpochMilli(timeMillis))
                .append('"');
        text(line, "verb", verb);
        text(line, "outcome", outcomes[i]);
        text(line, "token", tokenId);
        text(line, "certificate", certificate);
        text(line, "peer", peer);
        if (subjects != null && subjects[i] != null) {
            text(line, "subject", key.subject(subjects[i]));
        }
        if (otherSubjects != null && otherSubjects[i] != null) {
            text(line, "other", key.subject(otherSubjects[i]));
        }
        text(line, "detail", details[i]);
    }

    private static void text(StringBuilder line, String name, String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        line.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }
}
