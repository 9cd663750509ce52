package io.magpie.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.MagpieAsyncClient;
import io.magpie.client.MagpieServerException;
import io.magpie.protocol.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One request, and what comes of it in the model.
 *
 * @param what   in words
 * @param send   sends it
 * @param expect moves the model by it; returns what compares the answer
 */
record Step(String what, Function<MagpieAsyncClient, CompletableFuture<?>> send, Supplier<Expected> expect) {
    /** Compares an answer. */
    record Expected(Status status, Consumer<Object> check) {
        static Expected refused(Status status) {
            return new Expected(status, answer -> {});
        }

        @SuppressWarnings("unchecked")
        static <T> Expected answer(Consumer<T> check) {
            return new Expected(Status.OK, answer -> check.accept((T) answer));
        }
    }

    /** Moves the model, and compares it with what was answered. */
    void check(CompletableFuture<?> answer) {
        Expected expected = expect.get();
        try {
            Object got = answer.join();
            assertThat(expected.status())
                    .as("answered, but should be refused: %s", got)
                    .isEqualTo(Status.OK);
            expected.check().accept(got);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof MagpieServerException refused)) {
                throw e;
            }
            assertThat(refused.status()).as(refused.getMessage()).isEqualTo(expected.status());
        }
    }
}
