package io.magpie.server.cli;

import io.magpie.client.RecommendRequest;
import io.magpie.server.data.UnsignedId;
import java.util.Arrays;

/**
 * What {@code --filter} may say: conditions separated by commas, all of which must hold; several values of one condition are
 * joined by {@code +}. The help of {@code recommend} lists them.
 */
final class FilterExpression {
    private FilterExpression() {}

    /**
     * Adds the conditions of an expression to a request.
     *
     * @throws CommandException with the rule, if a condition is none
     */
    static RecommendRequest apply(String expression, RecommendRequest request) {
        RecommendRequest filtered = request;
        for (String condition : expression.split(",", -1)) {
            try {
                filtered = condition(condition.strip(), filtered);
            } catch (IllegalArgumentException e) {
                throw CommandException.badUsage("--filter: condition '" + condition + "': " + e.getMessage()
                        + " (`magpie recommend --help` lists what can be asked)");
            }
        }
        return filtered;
    }

    private static RecommendRequest condition(String text, RecommendRequest request) {
        int equals = text.indexOf('=');
        String value = equals < 0 ? "" : text.substring(equals + 1).strip();
        String name = equals < 0 ? text : text.substring(0, equals).strip() + "=";
        switch (name) {
            case "in-stock":
                return request.inStockOnly();
            case "hidden":
                return request.hiddenToo();
            case "category=":
                return request.categories(numbers(value));
            case "price=":
                return price(value, request);
            case "tags.all=":
                return request.tagsAll(numbers(value));
            case "tags.any=":
                return request.tagsAny(numbers(value));
            case "tags.none=":
                return request.tagsNone(numbers(value));
            case "only=":
                return request.includeOnly(Arrays.stream(value.split("\\+", -1))
                        .mapToLong(UnsignedId::parse)
                        .toArray());
            default:
                throw new IllegalArgumentException("is not known");
        }
    }

    private static int[] numbers(String value) {
        try {
            return Arrays.stream(value.split("\\+", -1))
                    .map(String::strip)
                    .mapToInt(Integer::parseUnsignedInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("needs whole numbers from 0 to 4294967295, joined by +", e);
        }
    }

    private static RecommendRequest price(String value, RecommendRequest request) {
        int dots = value.indexOf("..");
        String from = dots < 0 ? value : value.substring(0, dots);
        String to = dots < 0 ? value : value.substring(dots + 2);
        long lowest;
        long highest;
        try {
            lowest = from.isEmpty() && dots >= 0 ? 0 : Long.parseLong(from.strip());
            highest = to.isEmpty() && dots >= 0 ? Long.MAX_VALUE : Long.parseLong(to.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("needs minor units as FROM..TO, FROM.., ..TO or one number", e);
        }
        if (lowest < 0 || highest < lowest) {
            throw new IllegalArgumentException("needs 0 or more, the lower one first");
        }
        return request.priceMinor(lowest, highest);
    }
}
