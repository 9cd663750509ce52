package io.magpie.server.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.magpie.core.fusion.SourceKind;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One source of signals.
 *
 * @param name           1 to 32 of {@code a-z 0-9 _ -}
 * @param weight         its share in the fused vector, finite and not negative
 * @param halfLifeMillis milliseconds in which its evidence halves; {@link #NEVER} if it does not age
 * @param kind           whether it holds what the person did or a guess from others
 */
public record SourceConfiguration(String name, double weight, long halfLifeMillis, SourceKind kind) {
    /** Half-life of a source that does not age; the same number as in core and on the wire. */
    public static final long NEVER = 0;

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");

    /**
     * Reads {@code NAME:WEIGHT:HALFLIFE[:own|derived]}, e.g. {@code social:0.5:30d:derived} or {@code commerce:1:never}.
     *
     * @throws ConfigurationException if it is not of that form
     */
    public static SourceConfiguration parse(String text) {
        String[] parts = text.trim().split(":", -1);
        if (parts.length != 3 && parts.length != 4) {
            throw refused(text, "a source is NAME:WEIGHT:HALFLIFE, or that and :own or :derived");
        }
        if (!NAME.matcher(parts[0]).matches()) {
            throw refused(text, "a source's name is 1 to 32 of a-z 0-9 _ -");
        }
        double weight;
        try {
            weight = Double.parseDouble(parts[1]);
        } catch (NumberFormatException e) {
            throw refused(text, "a source's weight is a number");
        }
        if (!(weight >= 0 && weight <= 1e6)) {
            throw refused(text, "a source's weight is from 0 to 1000000");
        }
        SourceKind kind = parts.length == 4 ? kind(text, parts[3]) : SourceKind.UNSAID;
        return new SourceConfiguration(parts[0], weight, halfLife(text, parts[2]), kind);
    }

    private static SourceKind kind(String text, String kind) {
        return switch (kind) {
            case "own" -> SourceKind.OWN;
            case "derived" -> SourceKind.DERIVED;
            default ->
                throw refused(
                        text,
                        "a source is own (what the person did) or derived (a guess from friends, tags, a segment)");
        };
    }

    private static long halfLife(String text, String halfLife) {
        if (halfLife.equals("never")) {
            return NEVER;
        }
        Duration duration;
        try {
            duration = ConfigFactory.empty()
                    .withValue("value", ConfigValueFactory.fromAnyRef(halfLife))
                    .getDuration("value");
        } catch (ConfigException e) {
            throw refused(text, "a source's half-life is a duration such as 30d or 12h, or `never`");
        }
        if (duration.toMillis() < 1_000) {
            throw refused(text, "a source's half-life is a second or more, with its unit, such as 30d");
        }
        return duration.toMillis();
    }

    private static ConfigurationException refused(String text, String rule) {
        return new ConfigurationException(
                rule + ": source=" + text + " (option " + ServerOption.SOURCES.key() + ", --sources)");
    }
}
