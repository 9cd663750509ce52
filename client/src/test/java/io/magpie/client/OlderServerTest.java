package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.RecommendRequestDescriptor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that knows no feature is asked only what it will understand, in the bytes that it always got. */
@Timeout(60)
class OlderServerTest {
    @Test
    void shouldAskNothingThatAnOlderServerWouldMisread() {
        AtomicInteger asked = new AtomicInteger();
        try (FakeServer server = new FakeServer();
                MagpieClient client = server.client().connect()) {
            server.onRequest((peer, request) -> asked.incrementAndGet());
            RecommendRequest plain = RecommendRequest.forProfile(1);
            for (RecommendRequest request : List.of(
                    RecommendRequest.forItems(1),
                    RecommendRequest.forGroup(1),
                    RecommendRequest.similarTo(1),
                    RecommendRequest.popular(),
                    plain.context(1),
                    plain.offset(1),
                    plain.asOf(1),
                    plain.capPerCategory(1),
                    plain.diversity(0.5),
                    plain.boost(1, 1),
                    plain.pin(1, 0))) {
                assertThatThrownBy(() -> client.recommend(request))
                        .as(request.toString())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("the server is too old for this request: verb=");
            }
            assertThatThrownBy(() -> client.score(plain, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.recordAndRecommend(List.of(), plain))
                    .isInstanceOf(IllegalArgumentException.class);
            Person person = Person.identity(0, "x");
            assertThatThrownBy(() -> client.recommend(RecommendRequest.forPerson(person)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.recordEvent(new Event(person, 0, 1, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.getProfile(person)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.link(person, person)).isInstanceOf(IllegalArgumentException.class);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void shouldSendTheFirstPartOfTheBlockAloneWhenItSaysItAll() {
        AtomicInteger blockLength = new AtomicInteger();
        try (FakeServer server = new FakeServer();
                MagpieClient client = server.client().connect()) {
            server.onRequest((peer, request) -> {
                blockLength.set(FrameHeader.blockLength(request.frame(), 0));
                peer.send(ExampleSnippets.recommendReply(request.correlationId()));
            });
            client.recommend(RecommendRequest.forProfile(1).excludeSeen().categories(3));

            assertThat(blockLength).hasValue(RecommendRequestDescriptor.FIRST_BLOCK_LENGTH);
        }
    }
}
