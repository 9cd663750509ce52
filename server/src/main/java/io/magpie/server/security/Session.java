package io.magpie.server.security;

/** Who is on one connection. Used by its event loop alone. */
public final class Session {
    private static final int NOBODY = -1;

    private final Access access;
    private final String peer;
    private Token token;
    private Object checked;
    private String certificate = "";
    // Bits of Scope, or NOBODY before a hello with a valid token; kept here so that a request costs one comparison.
    private int scopes;

    /**
     * Opens one.
     *
     * @param access the tokens; where there are none, everything is allowed from the start
     * @param peer   the other side's address
     */
    public Session(Access access, String peer) {
        this.access = access;
        this.peer = peer;
        scopes = access.asksForTokens() ? NOBODY : Scope.ALL;
    }

    /** Returns whether it is known who asks, or nobody wants to know. */
    public boolean isKnown() {
        return scopes != NOBODY;
    }

    /** Returns whether all these scopes are held; false where nobody is known. Allocates nothing. */
    public boolean holds(int wanted) {
        return scopes != NOBODY && (scopes & wanted) == wanted;
    }

    /** Returns the scopes that are held, for messages. */
    public int scopes() {
        return scopes == NOBODY ? 0 : scopes;
    }

    /**
     * Takes the credentials of a hello; the ones before hold no more, whatever comes of it.
     *
     * @param shown the token's bytes, or none
     * @return whether they are valid, or none are asked for
     */
    public boolean login(byte[] shown) {
        if (!access.asksForTokens()) {
            return true;
        }
        checked = access.version();
        token = access.find(shown);
        scopes = token == null ? NOBODY : token.scopes();
        return token != null;
    }

    /** Looks whether the token still holds and what it allows now; returns false if it is revoked or has ended. */
    public boolean refresh() {
        if (token == null) {
            return true;
        }
        if (!access.mayHaveChanged(token, checked)) {
            return true;
        }
        checked = access.version();
        token = access.now(token);
        scopes = token == null ? NOBODY : token.scopes();
        return token != null;
    }

    /** Notes whose certificate the other side has shown. */
    public void certificate(String subject) {
        certificate = subject;
    }

    /** Returns the subject of the other side's certificate; empty if it has shown none. */
    public String certificate() {
        return certificate;
    }

    /** Returns the token's id; empty if there is none. */
    public String tokenId() {
        return token == null ? "" : token.id();
    }

    /** Returns the other side's address. */
    public String peer() {
        return peer;
    }
}
