package io.magpie.load.scenario;

import java.util.Locale;

/** What can be asked of a server under load. */
public enum ScenarioName {
    /** Recommendations for random people, ten items each. */
    RECOMMEND("recommendations for random people"),
    /** Profiles of random people, with their vectors. */
    GET_PROFILE("profiles of random people, vectors included"),
    /** Nothing at all: what the wire and the event loops cost. */
    PING("nothing but the way there and back"),
    /** 80 % recommendations, 10 % an event and then a recommendation, 8 % events, 2 % item patches. */
    RETAIL_MIX("recommendations with events and item patches between them");

    private final String description;

    ScenarioName(String description) {
        this.description = description;
    }

    /** Returns what it asks, in a few words. */
    public String description() {
        return description;
    }

    /** Returns the name on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
