package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.Person;
import io.magpie.client.RecommendRequest;
import io.magpie.client.Recommendations;
import io.magpie.server.data.UnsignedId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a question is for: a person, a vector, someone of whom only items are known, or a group. */
final class SubjectOptions {
    @ArgGroup
    private PersonOptions who;

    @Mixin
    private VectorOption vector;

    @Mixin
    private SpaceOption space;

    @Option(
            names = "--items",
            paramLabel = "ITEM[:S],...",
            split = ",",
            description = "someone of whom only these items are known, with their strengths (default 1)")
    private List<String> items = List.of();

    @Option(
            names = "--group",
            paramLabel = "ID|SOURCE:EXTERNAL-ID,...",
            split = ",",
            description = "several persons together, by profiles' ids or by identities")
    private List<String> group = List.of();

    @Option(
            names = "--context",
            paramLabel = "ITEM[:S],...",
            split = ",",
            description = "items looked at now, with their strengths (default 1)")
    private List<String> context = List.of();

    @Option(
            names = "--context-weight",
            paramLabel = "W",
            description = "how much they count against the person's own vector (default 0.5)")
    private Double contextWeight;

    @Option(names = "--exclude-seen", description = "leave out what the person, or one of the group, has seen")
    private boolean excludeSeen;

    @Option(
            names = "--weights",
            paramLabel = "SOURCE:W",
            split = ",",
            splitSynopsisLabel = ",",
            description = "other weights of sources for this question, e.g. social:0.5,payment:0")
    private List<String> weights = List.of();

    private float[] queryVector;
    private List<PersonOptions> members = List.of();

    /** Tells wrong options before anything is asked. */
    void check() throws IOException {
        int subjects = (who == null ? 0 : 1)
                + (vector.isGiven() ? 1 : 0)
                + (items.isEmpty() ? 0 : 1)
                + (group.isEmpty() ? 0 : 1);
        if (subjects != 1) {
            throw CommandException.badUsage(
                    "say for whom: --profile ID, --identity SOURCE:EXTERNAL-ID, --vector FILE, --items ITEM,... or --group"
                            + " ID|SOURCE:EXTERNAL-ID,... and only one of these");
        }
        if (excludeSeen && who == null && group.isEmpty()) {
            throw CommandException.badUsage("--exclude-seen needs --profile or --group: a vector has seen nothing");
        }
        members = group.stream().map(PersonOptions::parse).toList();
        queryVector = vector.isGiven() ? vector.read() : null;
        parseWeights();
        known(RecommendRequest.forItems());
    }

    /** Returns whether the question is for one person. */
    boolean isPerson() {
        return who != null;
    }

    /** Returns whose answer it is, or null if it is for no one profile, or for an identity that is not known. */
    Long profile(Recommendations answer) {
        return who == null ? null : PersonOptions.orNull(answer.profileId());
    }

    /** Says for people whom the question is for. */
    String label() {
        if (who != null) {
            return who.label();
        }
        return vector.isGiven() ? "vector" : items.isEmpty() ? "group of " + group.size() : "items";
    }

    /** Makes the request. */
    RecommendRequest request(MagpieClient client) {
        RecommendRequest request = subject(client);
        for (String item : context) {
            request = request.contextItem(id(item), strength("--context", item));
        }
        if (contextWeight != null) {
            request = request.contextWeight(contextWeight);
        }
        if (excludeSeen) {
            request = request.excludeSeen();
        }
        for (Map.Entry<String, Double> weight : parseWeights().entrySet()) {
            request =
                    request.sourceWeight(ClientCommand.source(client.serverInfo(), weight.getKey()), weight.getValue());
        }
        return request;
    }

    private RecommendRequest subject(MagpieClient client) {
        if (who != null) {
            return RecommendRequest.forPerson(who.person(client.serverInfo()));
        }
        if (vector.isGiven()) {
            int spaceId = space.orLive(client.serverInfo());
            return RecommendRequest.forVector(spaceId, queryVector);
        }
        return group.isEmpty()
                ? known(RecommendRequest.forItems())
                : RecommendRequest.forPeople(members.stream()
                        .map(member -> member.person(client.serverInfo()))
                        .toArray(Person[]::new));
    }

    private RecommendRequest known(RecommendRequest request) {
        RecommendRequest listed = request;
        for (String item : items) {
            listed = listed.item(id(item), strength("--items", item));
        }
        for (String item : context) {
            listed.contextItem(id(item), strength("--context", item));
        }
        return listed;
    }

    private static long id(String item) {
        int colon = item.indexOf(':');
        try {
            return UnsignedId.parse(colon < 0 ? item : item.substring(0, colon));
        } catch (IllegalArgumentException e) {
            throw CommandException.badUsage(e.getMessage());
        }
    }

    private static double strength(String option, String item) {
        return item.indexOf(':') < 0 ? 1 : TimedValue.parse(option, item).value();
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
}
