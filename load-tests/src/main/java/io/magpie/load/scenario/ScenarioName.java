package io.magpie.load.scenario;

import java.util.Locale;

/** What can be asked of a server under load. */
public enum ScenarioName {
    /** Recommendations for random people. */
    RECOMMEND("recommendations for random people", null),
    /** Profiles of random people, with their vectors. */
    GET_PROFILE("profiles of random people, vectors included", null),
    /** Nothing at all: what the wire and the event loops cost. */
    PING("nothing but the way there and back", null),
    /** What a shop asks over a day. */
    RETAIL_MIX(null, Mix.RETAIL),
    /** Writes beside reads, as many of one as of the other. */
    WRITE_STORM(null, Mix.WRITE_STORM),
    /** People drawn by Zipf's law: reads and writes meet at the same few. */
    HOT_KEYS("people by Zipf's law", Mix.HOT_KEYS),
    /** Recommendations out of a million items, unless {@code --items} says otherwise. */
    LARGE_CATALOGUE("recommendations out of a million items", null),
    /** Recommendations, while other connections ask much and read nothing. */
    SLOW_READERS("recommendations, beside connections that ask and do not read", null),
    /** Recommendations, while other connections come and go. */
    CONNECT_STORM("recommendations, beside connections that come and go", null),
    /** Recommendations at rates that rise until the 99th percentile misses its target. */
    STEP_LOAD("recommendations at rising rates", null),
    /** Recommendations at one, two and five times what can be served, and at half of it after that. */
    OVERLOAD("recommendations at 1, 2 and 5 times the peak, then at half of it", null),
    /** The retail mix for half an hour; the last third must be as the first. */
    SOAK("the retail mix for long", Mix.RETAIL);

    private final String description;
    private final Mix mix;

    ScenarioName(String description, Mix mix) {
        this.description = mix == null ? description : description == null ? mix.toString() : description + ": " + mix;
        this.mix = mix;
    }

    /** Returns what it asks, in a few words. */
    public String description() {
        return description;
    }

    /** Returns what it mixes, or null if it asks one thing. */
    Mix mix() {
        return mix;
    }

    /** Returns the name on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
