package io.magpie.client;

import io.magpie.protocol.Status;
import java.util.List;

/**
 * How each change of a list ended, in the order of the list. One that was refused did not stop the others.
 *
 * @param statuses         one per change; {@link Status#OK} for those made
 * @param appliedCount     how many were made
 * @param catalogueVersion the catalogue's version after the changes
 * @param spaceId          the live catalogue's space
 * @param timeMillis       the server's time of the answer, milliseconds since 1970
 */
public record WriteResults(
        List<Status> statuses, int appliedCount, long catalogueVersion, int spaceId, long timeMillis) {
    /** Copies the list. */
    public WriteResults {
        statuses = List.copyOf(statuses);
    }

    /** Returns whether every change was made. */
    public boolean allApplied() {
        return appliedCount == statuses.size();
    }
}
