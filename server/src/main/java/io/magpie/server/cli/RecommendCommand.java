package io.magpie.server.cli;

import io.magpie.client.Batch;
import io.magpie.client.Explanation;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieServerException;
import io.magpie.client.RecommendRequest;
import io.magpie.client.Recommendations;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie recommend}: the best items for a person, a vector, known items or a group. */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        description =
                "Asks for the best items for a person (--profile, --identity), a vector (--vector), someone of whom only items"
                        + " are known (--items), or several persons together (--group).",
        footer = {
            "",
            "Conditions of --filter are separated by commas, and all must hold:",
            "  category=3+4       one of these categories",
            "  price=100..500     minor units, both ends included; 100.. and ..500 are open at one end",
            "  tags.all=1+2       bears all these tags; tags.any= one of them; tags.none= none of them",
            "  in-stock           can be sold now",
            "  hidden             hidden items too",
            "  only=7+8           nothing but these items",
            "",
            "What is special about an answer is said by flags, e.g. UNKNOWN_PROFILE or FILTERED_SHORT; ends with 0 then too.",
            "--json prints profileId (null if not for a profile), items with itemId and score (and name), flags, and more."
        })
final class RecommendCommand extends ClientCommand {
    private static final int SEEN_ITEMS = 3;

    @Mixin
    private SubjectOptions subject;

    @Mixin
    private RankingOptions ranking;

    @Mixin
    private AnswerOptions answer;

    @Option(
            names = "--why",
            description = "say why of each item: the shares of the sources, the seen items most like it")
    private boolean why;

    @Override
    void check() throws IOException {
        subject.check();
        if (why && !subject.isPerson()) {
            throw CommandException.badUsage("--why needs --profile or --identity: only a person has sources");
        }
        ranking.check();
        answer.check();
    }

    @Override
    int run(MagpieClient client) throws IOException {
        RecommendRequest request = subject.request(client);
        Recommendations best = client.recommend(ranking.apply(client, request));
        Map<Long, Explanation> reasons = new LinkedHashMap<>();
        if (why && !best.items().isEmpty()) {
            explain(client, request.asOf(best.timeMillis()), best, reasons);
        }
        answer.print(out(), subject.label(), subject.profile(best), best, new Reasons(client.serverInfo(), reasons));
        return 0;
    }

    /** Asks why of every item, in one round trip. */
    private static void explain(
            MagpieClient client, RecommendRequest request, Recommendations best, Map<Long, Explanation> reasons) {
        List<CompletableFuture<Explanation>> asked = new ArrayList<>();
        for (int from = 0; from < best.items().size(); from += ProtocolLimits.MAX_BATCH_REQUESTS) {
            Batch batch = client.batch();
            int until = Math.min(best.items().size(), from + ProtocolLimits.MAX_BATCH_REQUESTS);
            for (Recommendations.ScoredItem item : best.items().subList(from, until)) {
                asked.add(batch.calls().why(request, item.itemId(), SEEN_ITEMS));
            }
            batch.send();
        }
        for (int i = 0; i < asked.size(); i++) {
            try {
                reasons.put(best.items().get(i).itemId(), asked.get(i).join());
            } catch (CompletionException e) {
                // One that was removed meanwhile, or someone unknown, has no reasons: the answer stands without them.
                if (!(e.getCause() instanceof MagpieServerException refused)
                        || refused.status() != Status.UNKNOWN_PROFILE && refused.status() != Status.UNKNOWN_ITEM) {
                    throw e.getCause() instanceof RuntimeException cause ? cause : e;
                }
            }
        }
    }
}
