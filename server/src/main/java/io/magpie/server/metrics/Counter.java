package io.magpie.server.metrics;

/**
 * A figure with its name.
 *
 * @param name     dotted, e.g. {@code recommend.p99Micros}
 * @param whole    whether it is a whole number
 * @param value    the value, exact up to 2^53 if whole
 */
public record Counter(String name, boolean whole, double value) {
    /** A whole number. */
    public static Counter of(String name, long value) {
        return new Counter(name, true, value);
    }

    /** A number. */
    public static Counter of(String name, double value) {
        return new Counter(name, false, value);
    }
}
