package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.client.MagpieClient;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.server.data.NameFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie recommend}: the best items for a person or a vector. */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        description = "Asks for the best items for a person (--profile) or a vector (--vector).",
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
            "--json prints profileId (null for a vector), items with itemId and score (and name), flags, and more."
        })
final class RecommendCommand extends ClientCommand {
    @Option(names = "--profile", paramLabel = "ID", converter = OptionConverters.Id.class, description = "whose")
    private Long profile;

    @Mixin
    private VectorOption vector;

    @Option(
            names = "--space",
            paramLabel = "ID",
            converter = OptionConverters.Unsigned32.class,
            description = "the vector's space (default: the live catalogue's)")
    private Integer space;

    @Option(names = "--top", paramLabel = "N", defaultValue = "10", description = "how many items (default 10)")
    private int top;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION,...",
            description = "which items may be in the answer; see below")
    private String filter;

    @Option(
            names = "--exclude",
            paramLabel = "ITEM,...",
            split = ",",
            converter = OptionConverters.Id.class,
            description = "items to leave out")
    private List<Long> exclude = List.of();

    @Option(names = "--exclude-seen", description = "leave out what the person has seen")
    private boolean excludeSeen;

    @Option(
            names = "--weights",
            paramLabel = "SOURCE:W",
            split = ",",
            splitSynopsisLabel = ",",
            description = "other weights of sources for this question, e.g. social:0.5,payment:0")
    private List<String> weights = List.of();

    @Option(
            names = "--names",
            paramLabel = "FILE",
            description =
                    "prints names beside ids: a file with ID TAB NAME a line, or a name a line, the first for id 0")
    private Path names;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    private NameFile nameFile;
    private float[] queryVector;

    @Override
    void check() throws IOException {
        if ((profile == null) == !vector.isGiven()) {
            throw CommandException.badUsage("say for whom: --profile ID or --vector FILE, one of the two");
        }
        if (excludeSeen && profile == null) {
            throw CommandException.badUsage("--exclude-seen needs --profile: a vector has seen nothing");
        }
        if (top < 1) {
            throw CommandException.badUsage("--top needs 1 or more: top=" + top);
        }
        nameFile = names == null ? null : NameFile.read(names);
        queryVector = vector.isGiven() ? vector.read() : null;
        // Only to tell a wrong one before anything is asked.
        parseWeights();
        if (filter != null) {
            FilterExpression.apply(filter, RecommendRequest.forProfile(0));
        }
    }

    @Override
    int run(MagpieClient client) throws IOException {
        int most = client.serverInfo().maxLimit();
        if (top > most) {
            throw CommandException.failed(
                    "--top is above the server's limit: top=" + top + " most=" + most + " (its option limits.top)",
                    null);
        }
        Recommendations answer = client.recommend(request(client));
        if (json) {
            JsonOutput.print(out(), object -> write(object, answer));
        } else {
            print(answer);
        }
        return 0;
    }

    private RecommendRequest request(MagpieClient client) {
        RecommendRequest request;
        if (profile != null) {
            request = RecommendRequest.forProfile(profile);
        } else {
            int spaceId = space != null ? space : client.serverInfo().spaceId();
            request = RecommendRequest.forVector(spaceId, queryVector);
        }
        request = request.limit(top);
        if (filter != null) {
            request = FilterExpression.apply(filter, request);
        }
        if (!exclude.isEmpty()) {
            request =
                    request.exclude(exclude.stream().mapToLong(Long::longValue).toArray());
        }
        if (excludeSeen) {
            request = request.excludeSeen();
        }
        for (Map.Entry<String, Double> weight : parseWeights().entrySet()) {
            request = request.sourceWeight(source(client.serverInfo(), weight.getKey()), weight.getValue());
        }
        return request;
    }

    private Map<String, Double> parseWeights() {
        Map<String, Double> parsed = new LinkedHashMap<>();
        for (String weight : weights) {
            int colon = weight.lastIndexOf(':');
            double value = Double.NaN;
            try {
                value = Double.parseDouble(weight.substring(colon + 1));
            } catch (NumberFormatException e) {
                // said below
            }
            if (colon < 1 || !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw CommandException.badUsage(
                        "--weights needs SOURCE:W,... with weights from 0 up, such as social:0.5,payment:0: weights="
                                + weight);
            }
            parsed.put(weight.substring(0, colon), value);
        }
        return parsed;
    }

    private void print(Recommendations answer) {
        String subject = profile != null ? "profile " + Long.toUnsignedString(profile) : "vector";
        out().println(subject + ": " + answer.items().size() + " items, catalogue version "
                + Long.toUnsignedString(answer.catalogueVersion()) + ", space "
                + Integer.toUnsignedString(answer.spaceId()));
        TextTable table = nameFile == null
                ? new TextTable(">rank", ">item", "score")
                : new TextTable(">rank", ">item", "score", "name");
        int rank = 0;
        for (Recommendations.ScoredItem item : answer.items()) {
            rank++;
            String id = Long.toUnsignedString(item.itemId());
            if (nameFile == null) {
                table.add(rank, id, item.score());
            } else {
                String name = nameFile.name(item.itemId());
                table.add(rank, id, item.score(), name == null ? "" : name);
            }
        }
        table.print(out(), "");
        if (!answer.flags().isEmpty()) {
            out().println("flags: "
                    + String.join(", ", answer.flags().stream().map(Enum::name).toList()));
        }
    }

    private void write(JsonGenerator object, Recommendations answer) throws IOException {
        if (profile == null) {
            object.writeNullField("profileId");
        } else {
            JsonOutput.id(object, "profileId", profile);
        }
        object.writeArrayFieldStart("items");
        for (Recommendations.ScoredItem item : answer.items()) {
            object.writeStartObject();
            JsonOutput.id(object, "itemId", item.itemId());
            object.writeNumberField("score", item.score());
            String name = nameFile == null ? null : nameFile.name(item.itemId());
            if (name != null) {
                object.writeStringField("name", name);
            }
            object.writeEndObject();
        }
        object.writeEndArray();
        object.writeArrayFieldStart("flags");
        for (RecommendationFlag flag : answer.flags()) {
            object.writeString(flag.name());
        }
        object.writeEndArray();
        JsonOutput.id(object, "catalogueVersion", answer.catalogueVersion());
        object.writeNumberField("spaceId", Integer.toUnsignedLong(answer.spaceId()));
        object.writeNumberField("profileVersion", Integer.toUnsignedLong(answer.profileVersion()));
        object.writeNumberField("timeMillis", answer.timeMillis());
        object.writeNumberField("scannedItems", answer.scannedItems());
        object.writeNumberField("scoredItems", answer.scoredItems());
        if (answer.has(RecommendationFlag.DEADLINE)) {
            object.writeNumberField("unseenBound", answer.unseenBound());
        }
    }
}
