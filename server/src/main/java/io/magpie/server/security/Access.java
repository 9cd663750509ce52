package io.magpie.server.security;

import io.magpie.server.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may come in: the tokens as the file has them now. Thread-safe. */
public final class Access implements ReloadedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final long LONGEST_FILE = 16L << 20;

    private final Path file;
    private final Clock clock;
    private volatile TokenTable tokens;
    private String seen = "";

    private Access(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Reads the tokens.
     *
     * @param file the file of hashed tokens, or null to let in everybody
     * @throws ConfigurationException if it cannot be read or is malformed
     */
    public static Access open(Path file, Clock clock) {
        Access access = new Access(file, clock);
        if (file != null) {
            access.seen = ReloadedFiles.fingerprint(file);
            try {
                access.tokens = access.read();
            } catch (IOException | IllegalArgumentException e) {
                throw new ConfigurationException("auth.tokens=" + file + " cannot be used: " + said(e), e);
            }
        }
        return access;
    }

    /** Returns whether whoever connects is asked who they are. */
    public boolean asksForTokens() {
        return file != null;
    }

    private TokenTable read() throws IOException {
        if (Files.size(file) > LONGEST_FILE) {
            throw new IOException("it is longer than " + LONGEST_FILE + " bytes");
        }
        return TokenTable.parse(Files.readAllBytes(file));
    }

    @Override
    public boolean reload() {
        if (file == null) {
            return false;
        }
        String now = ReloadedFiles.fingerprint(file);
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        try {
            TokenTable read = read();
            tokens = read;
            LOG.info("tokens taken over: file={} tokens={}", file, read.size());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("the changed tokens cannot be used, the old ones hold: file={} reason={}", file, said(e));
            return false;
        }
    }

    private static String said(Exception e) {
        return e instanceof IOException ? e.getClass().getSimpleName() + ' ' + e.getMessage() : e.getMessage();
    }

    /** Returns the token that was shown, or null if it is none of ours. */
    public Token find(byte[] shown) {
        return tokens.find(shown, clock.instant());
    }

    /** Returns what stands for the tokens as they are now. */
    Object version() {
        return tokens;
    }

    /** Returns whether it must be looked what a token still allows. Allocates nothing. */
    boolean mayHaveChanged(Token token, Object version) {
        return version != tokens || token.mayExpire();
    }

    /** Returns what has become of a token that was found earlier, or null if it is revoked or has ended. */
    Token now(Token earlier) {
        return tokens.now(earlier, clock.instant());
    }
}
