package io.magpie.client;

import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendReplyEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The examples of javadoc and README, compiled; {@link ExamplesTest} runs them and compares the text. */
final class ExampleSnippets {
    private ExampleSnippets() {}

    static ByteBuf recommendReply(long correlationId) {
        ByteBuf out = Unpooled.buffer();
        new RecommendReplyEncoder()
                .wrap(out, correlationId)
                .beginItems(1)
                .addItem(100, 0.5f)
                .finish();
        return out;
    }

    static void blocking(int port, long profileId, long itemId) {
        // snippet: MagpieClient
        try (MagpieClient client = MagpieClient.builder("localhost", port)
                .requestTimeout(Duration.ofSeconds(5))
                .connect()) {
            int commerce = client.serverInfo().sourceNumber("commerce");
            client.recordEvent(new Event(profileId, commerce, itemId, 1.0, System.currentTimeMillis()));
            Recommendations best = client.recommend(
                    RecommendRequest.forProfile(profileId).limit(10).excludeSeen());
            for (Recommendations.ScoredItem item : best.items()) {
                System.out.println(item.itemId() + " " + item.score());
            }
        }
        // end
    }

    static void later(MagpieClient client, long profileId) {
        // snippet: MagpieAsyncClient
        CompletableFuture<List<Recommendations.ScoredItem>> items = client.async()
                .withTimeout(Duration.ofSeconds(5))
                .recommend(profileId, 10)
                .thenApply(Recommendations::items);
        // end
        items.join();
    }

    static void callback(MagpieClient client, long profileId) {
        // snippet: RecommendCall
        RecommendCall call = new RecommendCall(new RecommendListener() {
            @Override
            public void onAnswer(RecommendCall call, RecommendReplyDecoder answer) {
                for (int i = 0; i < answer.itemCount(); i++) {
                    show(answer.itemId(i), answer.itemScore(i));
                }
            }

            @Override
            public void onFailure(RecommendCall call, MagpieException failure) {
                report(failure);
            }
        });
        client.async().recommend(call.profileId(profileId).limit(10));
        // end
    }

    private static void show(long itemId, float score) {}

    private static void report(MagpieException failure) {}
}
