package io.magpie.core.fusion;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where signals come from. Immutable.
 *
 * @param name           a word of up to 32 letters, digits, {@code -} and {@code _}, e.g. {@code payment}
 * @param weight         its share in the fused vector, from 0 to {@link #MAX_WEIGHT}
 * @param halfLifeMillis after which half of its evidence is left, in milliseconds, or {@link Decay#NEVER}
 * @param kind           how it comes to know a person
 */
public record Source(String name, double weight, long halfLifeMillis, SourceKind kind) {
    /** The highest weight: far beyond use, and low enough that no fused vector leaves the range of float32. */
    public static final double MAX_WEIGHT = 1e6;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /**
     * @throws IllegalArgumentException if the name is no word, the weight out of range, or the half-life
     *                                  negative
     */
    public Source {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a source's name is 1 to 32 letters, digits, '-' or '_': name=" + name);
        }
        if (!isWeight(weight)) {
            throw new IllegalArgumentException(
                    "a source's weight lies from 0 to " + MAX_WEIGHT + ": name=" + name + " weight=" + weight);
        }
        if (halfLifeMillis < 0) {
            throw new IllegalArgumentException(
                    "a half-life is not negative: name=" + name + " halfLifeMillis=" + halfLifeMillis);
        }
    }

    /** A source whose kind is {@linkplain SourceKind#UNSAID not said}. */
    public Source(String name, double weight, long halfLifeMillis) {
        this(name, weight, halfLifeMillis, SourceKind.UNSAID);
    }

    /** Returns whether a number can be a weight. */
    public static boolean isWeight(double weight) {
        return weight >= 0 && weight <= MAX_WEIGHT;
    }
}
