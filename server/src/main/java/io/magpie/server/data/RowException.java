package io.magpie.server.data;

/** One row of a table is unusable; the rest may be fine. */
public final class RowException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason why, one line, the same words for the same reason
     */
    public RowException(String reason) {
        super(reason);
    }
}
