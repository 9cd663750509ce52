package io.magpie.server.cli;

import io.magpie.server.data.UnsignedId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns the words of options into values; what they throw becomes the one line of a wrong use. */
final class OptionConverters {
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|s|m|h|d)");

    private OptionConverters() {}

    /** An unsigned 64-bit id. */
    static final class Id implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return UnsignedId.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** An unsigned 32-bit number. */
    static final class Unsigned32 implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                return Integer.parseUnsignedInt(text.strip());
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not a whole number from 0 to 4294967295");
            }
        }
    }

    /** A duration with its unit. */
    static final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches() || matcher.group(1).length() > 9 || Long.parseLong(matcher.group(1)) == 0) {
                throw new TypeConversionException("'" + text + "' is not a duration such as 500ms, 5s or 2m");
            }
            long number = Long.parseLong(matcher.group(1));
            switch (matcher.group(2)) {
                case "ms":
                    return Duration.ofMillis(number);
                case "s":
                    return Duration.ofSeconds(number);
                case "m":
                    return Duration.ofMinutes(number);
                case "h":
                    return Duration.ofHours(number);
                default:
                    return Duration.ofDays(number);
            }
        }
    }

    /** A time, as milliseconds since 1970. */
    static final class Time implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return parseTime(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /**
     * Reads a time.
     *
     * @param text milliseconds since 1970, or an instant such as {@code 2026-11-22T18:00:00Z}
     * @return milliseconds since 1970
     * @throws IllegalArgumentException if it is neither
     */
    static long parseTime(String text) {
        try {
            return text.indexOf('-') > 0 ? Instant.parse(text).toEpochMilli() : Long.parseLong(text);
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "time '" + text
                            + "' is neither milliseconds since 1970 nor an instant such as 2026-11-22T18:00:00Z",
                    e);
        }
    }
}
