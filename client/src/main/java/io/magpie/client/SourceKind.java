package io.magpie.client;

/** What a source holds, as the server is configured. */
public enum SourceKind {
    /** Not said: slots made by events are own, slots that were put are derived. */
    UNSAID,
    /** What the person did. */
    OWN,
    /** A guess, from friends, tags or a segment. */
    DERIVED;

    private static final SourceKind[] ALL = values();

    static SourceKind of(int number) {
        return number < ALL.length ? ALL[number] : UNSAID;
    }
}
