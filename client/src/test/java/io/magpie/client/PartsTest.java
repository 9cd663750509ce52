package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The small parts of a connection, each by itself. */
class PartsTest {
    private static Call call(int messageType, long deadlineNanos) {
        Call call = new Call(messageType) {
            @Override
            int append(ByteBuf out) {
                throw new AssertionError();
            }

            @Override
            void onReply(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
                throw new AssertionError();
            }

            @Override
            void onFailure(MagpieException failure) {
                throw new AssertionError();
            }
        };
        call.start(deadlineNanos, 1, 0);
        return call;
    }

    @Test
    void shouldDoubleBoundUpToMostWhenAttemptsFail() {
        Backoff backoff = new Backoff(50, 300, bound -> bound - 1);

        assertThat(List.of(backoff.nextNanos(), backoff.nextNanos(), backoff.nextNanos(), backoff.nextNanos()))
                .containsExactly(50L, 100L, 200L, 300L);
        assertThat(backoff.nextNanos()).isEqualTo(300);
        backoff.reset();
        assertThat(backoff.nextNanos()).isEqualTo(50);
    }

    @Test
    void shouldDrawFromZeroWhenWaiting() {
        assertThat(new Backoff(50, 300, bound -> 0).nextNanos()).isZero();
    }

    @Test
    void shouldStopRetriesWhenBudgetIsSpentAndAllowOneForTenSuccesses() {
        RetryBudget budget = new RetryBudget();
        int retries = 0;
        while (budget.tryRetry()) {
            retries++;
        }
        assertThat(retries).isEqualTo(100);
        for (int i = 0; i < 9; i++) {
            budget.onSuccess();
        }
        assertThat(budget.tryRetry()).isFalse();
        budget.onSuccess();
        assertThat(budget.tryRetry()).isTrue();
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void shouldNeverUseAnIdTwiceWhenPlacesAreUsedAgain() {
        CallTable table = new CallTable(3);
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            Call call = call(MessageType.PING, 0);
            long id = table.add(call);
            assertThat(ids.add(id)).isTrue();
            assertThat(id).isNotZero();
            assertThat(table.remove(id)).isSameAs(call);
            assertThat(table.remove(id)).isNull();
        }
    }

    @Test
    void shouldFindNobodyWhenIdIsOfAnEarlierCall() {
        CallTable table = new CallTable(1);
        long early = table.add(call(MessageType.PING, 0));
        table.remove(early);
        Call now = call(MessageType.PING, 0);
        long late = table.add(now);

        assertThat(table.remove(early)).isNull();
        assertThat(table.remove(-1)).isNull();
        assertThat(table.remove(late)).isSameAs(now);
    }

    @Test
    void shouldTakeOutOnlyWhatIsExpired() {
        CallTable table = new CallTable(4);
        // Near the overflow of nanoTime, which may be any number.
        long now = Long.MAX_VALUE - 5;
        Call past = call(MessageType.PING, now - 1);
        Call future = call(MessageType.PING, now + 10);
        table.add(future);
        table.add(past);

        assertThat(table.removeExpired(now)).isSameAs(past);
        assertThat(table.removeExpired(now)).isNull();
        assertThat(table.nanosToNextDeadline(now)).isEqualTo(10);
        assertThat(table.removeAny()).isSameAs(future);
        assertThat(table.nanosToNextDeadline(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldLoseNoCallWhenManyThreadsAdd() throws Exception {
        int threads = 4;
        int each = 20_000;
        CallQueue queue = new CallQueue(Integer.highestOneBit(threads * each) << 1);
        List<Thread> adding = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    queue.add(call(MessageType.PING, 0));
                }
            });
            thread.start();
            adding.add(thread);
        }
        Set<Call> polled = new HashSet<>();
        while (polled.size() < threads * each && adding.stream().anyMatch(Thread::isAlive)) {
            for (Call call = queue.poll(); call != null; call = queue.poll()) {
                assertThat(polled.add(call)).isTrue();
            }
        }
        for (Thread thread : adding) {
            thread.join();
        }
        for (Call call = queue.poll(); call != null; call = queue.poll()) {
            polled.add(call);
        }
        assertThat(polled).hasSize(threads * each);
    }

    @Test
    void shouldNeverBeAppliedWhenReadOrNotWritten() {
        Call read = call(MessageType.RECOMMEND, 0);
        read.markWritten();
        Call write = call(MessageType.PUT_ITEMS, 0);

        assertThat(read.mayHaveBeenApplied()).isFalse();
        assertThat(write.mayHaveBeenApplied()).isFalse();
        write.markWritten();
        assertThat(write.mayHaveBeenApplied()).isTrue();
    }

    @Test
    void shouldNotShowTokenWhenConfigurationIsPrinted() {
        ClientConfiguration.Connecting connecting =
                new ClientConfiguration.Connecting(1, 1, 1, 1, 1, () -> "s3cret", "name", null);

        assertThat(connecting.toString()).doesNotContain("s3cret");
    }
}
