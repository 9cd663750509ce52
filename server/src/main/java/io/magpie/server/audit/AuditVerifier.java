package io.magpie.server.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** Checks the chain of an audit log, file after file. Not thread-safe. */
public final class AuditVerifier {
    /** Why a last line is broken that was cut off while it was written. */
    static final String NOT_WHOLE = "the line is not whole";

    private static final int LONGEST_LINE = 1 << 20;

    private final AuditKey key;
    private byte[] mac = AuditFormat.GENESIS;
    private long seq;
    private long lines;
    private long wholeBytes;
    private boolean begun;

    /** Creates one that has seen nothing. */
    public AuditVerifier(AuditKey key) {
        this.key = key;
    }

    /**
     * The first thing that is wrong.
     *
     * @param file where
     * @param line its number in that file, from 1; 0 for the file as a whole
     * @param why  what is wrong
     */
    public record Broken(Path file, long line, String why) {}

    /**
     * Checks a whole directory, and that no lines are missing at its end.
     *
     * @return null if all is as it was written
     */
    public Broken directory(Path dir) throws IOException {
        List<Path> files = AuditFormat.files(dir);
        for (Path file : files) {
            Broken broken = file(file);
            if (broken != null) {
                return broken;
            }
        }
        return head(dir);
    }

    Broken head(Path dir) throws IOException {
        Path head = dir.resolve(AuditFormat.HEAD);
        long last = AuditFormat.headSeq(key, dir);
        if (last == AuditFormat.CHANGED) {
            return new Broken(head, 0, "it was changed, or belongs to another key");
        }
        if (last > seq) {
            return new Broken(head, 0, "lines are missing at the end: last=" + seq + " written=" + last);
        }
        if (last == AuditFormat.MISSING && seq > 0) {
            return new Broken(head, 0, "it is missing, so lines cut off the end would not be noticed");
        }
        return null;
    }

    /**
     * Checks one file; if others were checked before, that it follows them.
     *
     * @return null if all is as it was written
     */
    public Broken file(Path file) throws IOException {
        wholeBytes = 0;
        long number = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                    if (line.size() > LONGEST_LINE) {
                        return new Broken(file, number + 1, "no line is that long");
                    }
                    continue;
                }
                number++;
                String why = check(line.toByteArray(), number == 1);
                if (why != null) {
                    return new Broken(file, number, why);
                }
                wholeBytes += line.size() + 1;
                line.reset();
            }
            return line.size() == 0 ? null : new Broken(file, number + 1, NOT_WHOLE);
        }
    }

    private String check(byte[] bytes, boolean first) {
        AuditFormat.Line line = AuditFormat.Line.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        if (line == null) {
            return "this is no line of an audit log";
        }
        if (first && line.after() == null) {
            return "the first line of a file says which line it follows, and this one does not";
        }
        if (first && begun && !MessageDigest.isEqual(line.after(), mac)) {
            return "it does not follow the file before: a file is missing, or lines are missing at the end of it";
        }
        if (begun && line.seq() != seq + 1) {
            return "lines are missing, or were put in: seq=" + line.seq() + " expected=" + (seq + 1);
        }
        byte[] before = first ? line.after() : mac;
        byte[] expected = key.next(before, bytes, 0, bytes.length - AuditFormat.MAC_FIELD_LENGTH);
        if (!MessageDigest.isEqual(expected, line.mac())) {
            return "it is not what was written, or the line before it is missing: seq=" + line.seq();
        }
        begun = true;
        mac = line.mac();
        seq = line.seq();
        lines++;
        return null;
    }

    /** Returns how many lines were found right. */
    public long lines() {
        return lines;
    }

    /** Returns the number of the last of them. */
    public long lastSeq() {
        return seq;
    }

    byte[] lastMac() {
        return mac;
    }

    /** Returns the bytes of the last file up to the end of its last right line. */
    long wholeBytes() {
        return wholeBytes;
    }
}
