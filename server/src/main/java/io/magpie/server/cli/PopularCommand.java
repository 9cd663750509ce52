package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.RecommendRequest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie popular}: what most people did something with. */
@Command(
        name = "popular",
        mixinStandardHelpOptions = true,
        description = "Asks for the items with the most events of all people, older ones counting less.")
final class PopularCommand extends ClientCommand {
    @Option(names = "--trending", description = "what is popular now, not over weeks")
    private boolean trending;

    @Mixin
    private RankingOptions ranking;

    @Mixin
    private AnswerOptions answer;

    @Override
    void check() throws IOException {
        ranking.check();
        answer.check();
    }

    @Override
    int run(MagpieClient client) throws IOException {
        RecommendRequest request = trending ? RecommendRequest.trending() : RecommendRequest.popular();
        answer.print(out(), trending ? "trending" : "popular", null, client.recommend(ranking.apply(client, request)));
        return 0;
    }
}
