package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.RecommendRequest;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie similar}: what is like an item, or like several. */
@Command(
        name = "similar",
        mixinStandardHelpOptions = true,
        description = "Asks for the items that are most like one item, or like several together.")
final class SimilarCommand extends ClientCommand {
    @Option(
            names = "--item",
            required = true,
            paramLabel = "ID,...",
            split = ",",
            converter = OptionConverters.Id.class,
            description = "like what; left out of the answer")
    private List<Long> items;

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
        RecommendRequest request = RecommendRequest.similarTo(
                items.stream().mapToLong(Long::longValue).toArray());
        answer.print(out(), "similar", null, client.recommend(ranking.apply(client, request)));
        return 0;
    }
}
