package io.magpie.load.generator;

import java.util.Map;

/**
 * What a server said of itself at one time: its counters, by the names of its statistics. Immutable.
 *
 * @param counters each a Long or a Double
 */
public record ServerFigures(Map<String, Number> counters) {
    /** Asks a server. */
    @FunctionalInterface
    public interface Probe {
        /** A server that is not asked. */
        Probe NONE = () -> null;

        /** Returns its figures, or null if it does not answer: a run does not end for that. */
        ServerFigures read();
    }

    /** Copies the map. */
    public ServerFigures {
        counters = Map.copyOf(counters);
    }

    /** Returns a counter; 0 if the server does not know it. */
    public double get(String name) {
        Number number = counters.get(name);
        return number == null ? 0 : number.doubleValue();
    }

    /** Returns by how much a counter has grown since. */
    public double since(ServerFigures before, String name) {
        return get(name) - before.get(name);
    }
}
