package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.Recommendations;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie score}: what given items score. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = "Asks what items score for a person (--profile), a vector (--vector), known items (--items) or a"
                + " group (--group), in the order of asking; an unknown item has no score (null with --json).")
final class ScoreCommand extends ClientCommand {
    @Option(
            names = "--item",
            required = true,
            paramLabel = "ID,...",
            split = ",",
            converter = OptionConverters.Id.class,
            description = "the items to be scored")
    private List<Long> scored;

    @Mixin
    private SubjectOptions subject;

    @Mixin
    private AnswerOptions answer;

    @Override
    void check() throws IOException {
        subject.check();
        answer.check();
    }

    @Override
    int run(MagpieClient client) throws IOException {
        long[] ids = scored.stream().mapToLong(Long::longValue).toArray();
        Recommendations scores = client.score(subject.request(client), ids);
        answer.print(out(), subject.label(), subject.profile(scores), scores);
        return 0;
    }
}
