package io.magpie.server.security;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The tokens of one version of the file. Immutable. */
final class TokenTable {
    // Compared with when the id is not known, so that the answer takes as long.
    private static final Token NOBODY = new Token("-", new byte[32], 0, null);

    private final Map<String, Token> byId;

    private TokenTable(Map<String, Token> byId) {
        this.byId = byId;
    }

    /**
     * Reads a file of tokens. Empty lines and lines that begin with # say nothing.
     *
     * @throws IllegalArgumentException if a line is malformed or an id is there twice; the text names the line
     */
    static TokenTable parse(byte[] file) {
        Map<String, Token> byId = new HashMap<>();
        int number = 0;
        for (String line : new String(file, StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Token token;
            try {
                token = Token.parse(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
            if (byId.put(token.id(), token) != null) {
                throw new IllegalArgumentException("line " + number + ": an id is there twice: id=" + token.id());
            }
        }
        return new TokenTable(byId);
    }

    int size() {
        return byId.size();
    }

    /** Returns the token that was shown, or null. */
    Token find(byte[] shown, Instant now) {
        Token claimed = byId.getOrDefault(Token.claimedId(shown), NOBODY);
        boolean right = claimed.hasHash(Token.hash(shown));
        return right && claimed != NOBODY && !claimed.isExpired(now) ? claimed : null;
    }

    /** Returns what has become of a token of an earlier version: itself, with other scopes, or null if it is gone. */
    Token now(Token earlier, Instant now) {
        Token token = byId.get(earlier.id());
        return token != null && token.sameSecret(earlier) && !token.isExpired(now) ? token : null;
    }
}
