package io.magpie.client;

import io.magpie.protocol.Status;
import java.util.List;

/**
 * What record-and-recommend answers: how each event ended, and the best items after them. Immutable.
 *
 * @param statuses        one per event, in their order
 * @param recommendations the answer, which has seen every event whose status is OK
 */
public record AfterEvents(List<Status> statuses, Recommendations recommendations) {
    /** Copies the list. */
    public AfterEvents {
        statuses = List.copyOf(statuses);
    }

    /** Returns whether every event was applied. */
    public boolean isAllApplied() {
        return statuses.stream().allMatch(status -> status == Status.OK);
    }
}
