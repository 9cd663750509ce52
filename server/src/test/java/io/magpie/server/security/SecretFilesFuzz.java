package io.magpie.server.security;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Files of tokens and keys, as an operator may have left them: read, or refused with a text that says what is wrong and shows
 * nothing of what stood there. The first byte chooses the file; the rest is the file, or edits of a good one.
 */
public final class SecretFilesFuzz {
    private static final String TOKENS = "# tokens\nreader "
            + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff read\n\nwriter "
            + "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff read,write expires=2031-02-28T11:22:33Z\n";
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\n"
            + "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
            + "-----END PRIVATE KEY-----\n";
    /** So much of a file in an error is no accident. */
    private static final int MOST_SHOWN = 16;

    private SecretFilesFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean isKey = (input[0] & 1) == 1;
        byte[] file = Arrays.copyOfRange(input, 1, input.length);
        if ((input[0] & 2) != 0) {
            file = edited((isKey ? KEY : TOKENS).getBytes(StandardCharsets.US_ASCII), file);
        }
        try {
            if (isKey) {
                PemKey.read(file);
            } else {
                TokenTable table = TokenTable.parse(file);
                table.find(file, Instant.EPOCH);
            }
        } catch (IllegalArgumentException expected) {
            requireHarmless(expected, new String(file, StandardCharsets.UTF_8));
        }
    }

    /** Three bytes each: where, and what stands there. */
    private static byte[] edited(byte[] good, byte[] edits) {
        for (int at = 0; at + 2 < edits.length; at += 3) {
            good[((edits[at] & 0xFF) << 8 | edits[at + 1] & 0xFF) % good.length] = edits[at + 2];
        }
        return good;
    }

    private static void requireHarmless(IllegalArgumentException refusal, String file) {
        String said = refusal.getMessage();
        if (said == null || said.isEmpty()) {
            throw new AssertionError("it does not say what is wrong", refusal);
        }
        for (String word : file.split("\\s+")) {
            if (word.length() > MOST_SHOWN && word.length() < file.length() && said.contains(word)) {
                throw new AssertionError("it shows what stood there", refusal);
            }
        }
    }
}
