package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits and retries are bounded, whatever fails. */
class BackoffTest {
    @Test
    void shouldDoubleTheBoundUpToTheMostAndDrawBelowIt() {
        List<Long> bounds = new ArrayList<>();
        Backoff backoff = new Backoff(10, 65, bound -> {
            bounds.add(bound);
            return bound - 1;
        });
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waits.add(backoff.nextNanos());
        }
        assertThat(bounds).containsExactly(11L, 21L, 41L, 66L, 66L, 66L);
        assertThat(waits).containsExactly(10L, 20L, 40L, 65L, 65L, 65L);
        backoff.reset();
        assertThat(backoff.nextNanos()).isEqualTo(10);
    }

    @Test
    void shouldRetryATenthOfWhatSucceedsBesideTheReserve() {
        RetryBudget budget = new RetryBudget();
        int reserve = 0;
        while (budget.tryRetry()) {
            reserve++;
        }
        assertThat(reserve).isEqualTo(100);
        int retries = 0;
        for (int i = 0; i < 1_000; i++) {
            budget.onSuccess();
            retries += budget.tryRetry() ? 1 : 0;
        }
        assertThat(retries).isEqualTo(100);
    }
}
