package io.magpie.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server's counters. Immutable.
 *
 * @param counters         by name, in the server's order; each a Long or a Double
 * @param catalogueVersion the live catalogue's version
 * @param spaceId          the live catalogue's space
 * @param timeMillis       the server's time of the answer, milliseconds since 1970
 */
public record Statistics(Map<String, Number> counters, long catalogueVersion, int spaceId, long timeMillis) {
    /** Copies the map. */
    public Statistics {
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }
}
