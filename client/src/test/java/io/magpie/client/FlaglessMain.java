package io.magpie.client;

import io.magpie.protocol.RecommendReplyDecoder;
import java.util.concurrent.CompletableFuture;

/** What runs in the process of {@link FlaglessProcessTest}: every way to call, against a server beside it. */
final class FlaglessMain {
    private FlaglessMain() {}

    public static void main(String[] arguments) throws Exception {
        try (FakeServer server = new FakeServer();
                MagpieClient client = server.client().connect()) {
            client.ping();
            client.async().ping().get();
            server.onRequest((peer, request) -> peer.send(ExampleSnippets.recommendReply(request.correlationId())));
            CompletableFuture<Integer> items = new CompletableFuture<>();
            client.async().recommend(new RecommendCall(new RecommendListener() {
                @Override
                public void onAnswer(RecommendCall call, RecommendReplyDecoder answer) {
                    items.complete(answer.itemCount());
                }

                @Override
                public void onFailure(RecommendCall call, MagpieException failure) {
                    items.completeExceptionally(failure);
                }
            }));
            System.out.println("items " + items.get());
        }
        boolean isThreadLeft = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.isAlive() && thread.getName().startsWith("magpie-client"));
        System.out.println("thread left " + isThreadLeft);
    }
}
