package io.magpie.load.scenario;

/**
 * How a server weighs a source.
 *
 * @param weight         share in the fused vector
 * @param halfLifeMillis in which its evidence halves; 0 for never
 * @param kind           what it is said to be
 */
public record KnownSource(double weight, long halfLifeMillis, Kind kind) {
    /** How a source comes to know a person. */
    public enum Kind {
        /** By what the person did. */
        OWN,
        /** By a guess from others. */
        DERIVED,
        /** Not said: slots that were put are guesses, those that events built are not. */
        UNSAID
    }
}
