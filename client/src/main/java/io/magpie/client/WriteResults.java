package io.magpie.client;

import io.magpie.protocol.ProtocolLimits;
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
 * @param profileIds       one per change: the profile that was reached, as {@link WriteReceipt#profileId} has it, 2^64-1 if
 *     the change was refused; empty for changes of items
 */
public record WriteResults(
        List<Status> statuses,
        int appliedCount,
        long catalogueVersion,
        int spaceId,
        long timeMillis,
        List<Long> profileIds) {
    /** What stands for no profile. */
    public static final long NO_PROFILE = ProtocolLimits.RESERVED_ID;

    /** Copies the lists. */
    public WriteResults {
        statuses = List.copyOf(statuses);
        profileIds = List.copyOf(profileIds);
    }

    /** Results of changes that reach no profile. */
    public WriteResults(List<Status> statuses, int appliedCount, long catalogueVersion, int spaceId, long timeMillis) {
        this(statuses, appliedCount, catalogueVersion, spaceId, timeMillis, List.of());
    }

    /** Returns whether every change was made. */
    public boolean allApplied() {
        return appliedCount == statuses.size();
    }
}
