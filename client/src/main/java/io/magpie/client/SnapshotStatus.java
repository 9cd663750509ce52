package io.magpie.client;

/**
 * How far a server's snapshot is, or how its last one ended.
 *
 * @param name            the directory below the server's snapshot directory; empty if there was none
 * @param state           whether it is under way
 * @param sequence        number of the last change that it holds; 0 before that is known
 * @param entries         entries copied so far
 * @param entriesExpected entries there were when it began
 * @param bytes           bytes written so far
 * @param startedMillis   when it was started, milliseconds since 1970; 0 if there was none
 * @param timeMillis      the server's time of this answer, milliseconds since 1970
 * @param message         why it failed; empty otherwise
 */
public record SnapshotStatus(
        String name,
        State state,
        long sequence,
        long entries,
        long entriesExpected,
        long bytes,
        long startedMillis,
        long timeMillis,
        String message) {
    /** What has become of it. */
    public enum State {
        /** None was made since the server started. */
        NONE,
        /** It is being made. */
        RUNNING,
        /** It is complete. */
        DONE,
        /** It failed or was given up, and nothing is left of it. */
        FAILED
    }
}
