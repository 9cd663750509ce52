package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.RecommendRequest;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How many items a question asks for, which of them pass, and how they are ordered. */
final class RankingOptions {
    @Option(names = "--top", paramLabel = "N", defaultValue = "10", description = "how many items (default 10)")
    private int top;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION,...",
            description = "which items may be in the answer; `magpie recommend --help` lists the conditions")
    private String filter;

    @Option(
            names = "--exclude",
            paramLabel = "ITEM,...",
            split = ",",
            converter = OptionConverters.Id.class,
            description = "items to leave out")
    private List<Long> exclude = List.of();

    @Option(names = "--offset", paramLabel = "N", description = "leave out the first N of the ranking: a later page")
    private int offset;

    @Option(
            names = "--as-of",
            paramLabel = "T",
            converter = OptionConverters.Time.class,
            description = "time of the first page, so that pages fit together: timeMillis of its --json")
    private Long asOf;

    @Option(names = "--cap", paramLabel = "N", description = "at most N items of a category")
    private Integer cap;

    @Option(
            names = "--seen-within",
            paramLabel = "TIME",
            converter = OptionConverters.Span.class,
            description = "leave out what was seen within this time, e.g. 30d; what was seen before counts as unseen")
    private Duration seenWithin;

    @Option(
            names = "--cap-shown",
            paramLabel = "N[:TIME]",
            description = "leave out what was shown N times (1 to 8) to the person, within TIME if given, e.g. 3:1d")
    private String capShown;

    @Option(names = "--record-shown", description = "remember the answer as shown to the person")
    private boolean recordShown;

    @Option(
            names = "--diversity",
            paramLabel = "S[:POOL]",
            description = "order the POOL best so that likeness to items before costs: the score counts S, from 0 to 1")
    private String diversity;

    @Option(
            names = "--boost",
            paramLabel = "ITEM:AMOUNT",
            split = ",",
            description = "add to an item's score; with @FROM..UNTIL behind it in that time alone")
    private List<String> boosts = List.of();

    @Option(
            names = "--pin",
            paramLabel = "ITEM:POSITION",
            split = ",",
            description = "put an item at a place, from 0; with @FROM..UNTIL behind it in that time alone")
    private List<String> pins = List.of();

    /** Tells wrong options before anything is asked. */
    void check() {
        if (top < 1) {
            throw CommandException.badUsage("--top needs 1 or more: top=" + top);
        }
        if (offset < 0) {
            throw CommandException.badUsage("--offset needs 0 or more: offset=" + offset);
        }
        if (cap != null && cap < 1) {
            throw CommandException.badUsage("--cap needs 1 or more: cap=" + cap);
        }
        applyAll(RecommendRequest.forProfile(0));
    }

    /** Adds all of it to a request, whose server may say that it is too much. */
    RecommendRequest apply(MagpieClient client, RecommendRequest request) {
        int most = client.serverInfo().maxLimit();
        if (top > most) {
            throw CommandException.failed(
                    "--top is above the server's limit: top=" + top + " most=" + most + " (its option limits.top)",
                    null);
        }
        return applyAll(request);
    }

    private RecommendRequest applyAll(RecommendRequest request) {
        RecommendRequest asked = request.limit(top).offset(offset);
        if (filter != null) {
            asked = FilterExpression.apply(filter, asked);
        }
        if (!exclude.isEmpty()) {
            asked = asked.exclude(exclude.stream().mapToLong(Long::longValue).toArray());
        }
        if (asOf != null) {
            asked = asked.asOf(asOf);
        }
        if (cap != null) {
            asked = asked.capPerCategory(cap);
        }
        if (seenWithin != null) {
            asked = asked.seenWithin(seconds("--seen-within", seenWithin));
        }
        if (capShown != null) {
            int colon = capShown.indexOf(':');
            double times = number("--cap-shown", capShown, colon < 0 ? capShown : capShown.substring(0, colon));
            if (times != Math.rint(times) || times < 1 || times > 8) {
                throw CommandException.badUsage("--cap-shown needs 1 to 8 times: " + capShown);
            }
            int within = 0;
            if (colon >= 0) {
                try {
                    within = seconds("--cap-shown", new OptionConverters.Span().convert(capShown.substring(colon + 1)));
                } catch (CommandLine.TypeConversionException e) {
                    throw CommandException.badUsage("--cap-shown: " + e.getMessage());
                }
            }
            asked = asked.capShown((int) times, within);
        }
        if (recordShown) {
            asked = asked.recordShown();
        }
        if (diversity != null) {
            int colon = diversity.indexOf(':');
            String share = colon < 0 ? diversity : diversity.substring(0, colon);
            int pool = colon < 0 ? 0 : (int) number("--diversity", diversity, diversity.substring(colon + 1));
            asked = asked.diversity(number("--diversity", diversity, share), pool);
        }
        for (String boost : boosts) {
            TimedValue value = TimedValue.parse("--boost", boost);
            asked = asked.boost(value.itemId(), value.value(), value.fromMillis(), value.untilMillis());
        }
        for (String pin : pins) {
            TimedValue value = TimedValue.parse("--pin", pin);
            if (value.value() != Math.rint(value.value()) || !(value.value() >= 0 && value.value() < 1e9)) {
                throw CommandException.badUsage("--pin needs a whole position from 0: " + pin);
            }
            asked = asked.pin(value.itemId(), (int) value.value(), value.fromMillis(), value.untilMillis());
        }
        return asked;
    }

    private static int seconds(String option, Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 1 || seconds > Integer.MAX_VALUE) {
            throw CommandException.badUsage(option + " needs a time from 1s to 24000d: " + time);
        }
        return (int) seconds;
    }

    private static double number(String option, String whole, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw CommandException.badUsage(option + " needs numbers: " + whole);
        }
    }
}
