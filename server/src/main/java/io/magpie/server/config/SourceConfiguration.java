package io.magpie.server.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One source of signals.
 *
 * @param name           1 to 32 of {@code a-z 0-9 _ -}
 * @param weight         its share in the fused vector, finite and not negative
 * @param halfLifeMillis milliseconds in which its evidence halves; {@link #NEVER} if it does not age
 */
public record SourceConfiguration(String name, double weight, long halfLifeMillis) {
    /** Half-life of a source that does not age; the same number as in core and on the wire. */
    public static final long NEVER = 0;

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");

    /**
     * Reads {@code NAME:WEIGHT:HALFLIFE}, e.g. {@code social:0.5:30d} or {@code commerce:1:never}.
     *
     * @throws ConfigurationException if it is not of that form
     */
    public static SourceConfiguration parse(String text) {
        String[] parts = text.trim().split(":", -1);
        if (parts.length != 3) {
            throw refused(text, "a source is NAME:WEIGHT:HALFLIFE");
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
        return new SourceConfiguration(parts[0], weight, halfLife(text, parts[2]));
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
