package io.magpie.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the log lies in its directory. A line is one JSON object: {@code {"seq":N,...,"mac":"HEX"}}, and its mac is the
 * HMAC of the mac of the line before and the line's bytes up to {@code ,"mac"}. The first line of a file names the mac that
 * it follows, so that a file can be checked alone. {@code audit.head} says which line is the last, so that lines cut off the
 * end are missed.
 */
final class AuditFormat {
    static final String HEAD = "audit.head";
    static final long MISSING = -2;
    static final long CHANGED = -1;
    static final byte[] GENESIS = new byte[AuditKey.MAC_BYTES];
    static final int MAC_FIELD_LENGTH = ",\"mac\":\"\"}".length() + 2 * AuditKey.MAC_BYTES;

    private static final Pattern LINE = Pattern.compile("\\{\"seq\":(\\d{1,18}),.*,\"mac\":\"([0-9a-f]{64})\"}");
    private static final Pattern AFTER = Pattern.compile("\"after\":\"([0-9a-f]{64})\"");
    private static final Pattern FILE = Pattern.compile("audit-(\\d{12,18})\\.log");

    private AuditFormat() {}

    /**
     * What can be read off a line without a key.
     *
     * @param seq   its number
     * @param mac   its link of the chain
     * @param after the link before it, if it says so; else null
     */
    record Line(long seq, byte[] mac, byte[] after) {
        /** Returns null if the text is no line. */
        static Line parse(String text) {
            Matcher line = LINE.matcher(text);
            if (!line.matches()) {
                return null;
            }
            Matcher after = AFTER.matcher(text);
            return new Line(
                    Long.parseLong(line.group(1)),
                    HexFormat.of().parseHex(line.group(2)),
                    after.find() ? HexFormat.of().parseHex(after.group(1)) : null);
        }
    }

    static String fileName(long firstSeq) {
        return String.format("audit-%012d.log", firstSeq);
    }

    /** Returns the files of a log, oldest first. */
    static List<Path> files(Path dir) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(dir)) {
            try (Stream<Path> all = Files.list(dir)) {
                all.filter(each -> FILE.matcher(each.getFileName().toString()).matches())
                        .forEach(files::add);
            }
        }
        files.sort((a, b) -> Long.compare(firstSeq(a), firstSeq(b)));
        return files;
    }

    private static long firstSeq(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    /** Returns the text of {@code audit.head}: of the same length whatever the numbers. */
    static byte[] head(AuditKey key, long seq, byte[] mac) {
        String said = String.format("%018d %s", seq, HexFormat.of().formatHex(mac));
        byte[] bytes = said.getBytes(StandardCharsets.US_ASCII);
        return (said + ' ' + HexFormat.of().formatHex(key.next(GENESIS, bytes, 0, bytes.length)) + '\n')
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the number of the last line as {@code audit.head} says; {@link #MISSING} or {@link #CHANGED}. */
    static long headSeq(AuditKey key, Path dir) throws IOException {
        Path file = dir.resolve(HEAD);
        if (!Files.exists(file)) {
            return MISSING;
        }
        String[] words =
                Files.readString(file, StandardCharsets.ISO_8859_1).trim().split(" ");
        try {
            long seq = Long.parseLong(words[0]);
            byte[] expected = head(key, seq, HexFormat.of().parseHex(words[1]));
            return java.security.MessageDigest.isEqual(expected, Files.readAllBytes(file)) ? seq : CHANGED;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return CHANGED;
        }
    }
}
