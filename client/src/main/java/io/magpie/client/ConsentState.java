package io.magpie.client;

/** What a person said about the use of a source for a purpose. */
public enum ConsentState {
    /** Nothing; the server's configuration says what that means. */
    UNSET(0),
    /** It may be used. */
    GRANTED(1),
    /** It may not be used. */
    DENIED(2);

    private final int code;

    ConsentState(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ConsentState of(int code) {
        return switch (code) {
            case 1 -> GRANTED;
            case 2 -> DENIED;
            default -> UNSET;
        };
    }
}
