package io.magpie.core.engine;

import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Source;
import io.magpie.core.store.StateConfiguration;
import java.util.List;
import java.util.Objects;

/**
 * What an engine is set up with. Immutable.
 *
 * @param state            how state is kept; its source names are those of {@code sources}, in the same order
 * @param sources          where signals come from, with weight and half-life; their order numbers them, from 0
 * @param consentPolicy    what unset consent means
 * @param spaceId          the space of a catalogue that is still empty, unsigned 32-bit
 * @param clockSkewMillis  how far in the future a time may lie before it is refused
 * @param popularity       how fast popularity fades
 * @param seenExpiryMillis after how long a seen item is no longer left out, unless a request says otherwise; 0 for never
 */
public record EngineConfiguration(
        StateConfiguration state,
        List<Source> sources,
        ConsentPolicy consentPolicy,
        int spaceId,
        long clockSkewMillis,
        PopularityConfiguration popularity,
        long seenExpiryMillis) {
    /** The space that a catalogue has unless told otherwise. */
    public static final int DEFAULT_SPACE_ID = 1;

    /** Clocks of different machines may differ by this much: five minutes. */
    public static final long DEFAULT_CLOCK_SKEW_MILLIS = 5 * 60 * 1000L;

    /** Sets up an engine whose popularity fades as it does unless told otherwise, and seen items are left out for ever. */
    public EngineConfiguration(
            StateConfiguration state,
            List<Source> sources,
            ConsentPolicy consentPolicy,
            int spaceId,
            long clockSkewMillis) {
        this(state, sources, consentPolicy, spaceId, clockSkewMillis, PopularityConfiguration.DEFAULT, 0);
    }

    /**
     * @throws IllegalArgumentException if sources and state do not name the same sources, or the skew or the expiry is
     *     negative
     */
    public EngineConfiguration {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(consentPolicy, "consentPolicy");
        Objects.requireNonNull(popularity, "popularity");
        sources = List.copyOf(sources);
        List<String> names = sources.stream().map(Source::name).toList();
        if (!names.equals(state.sources())) {
            throw new IllegalArgumentException(
                    "the sources and the state's sources are the same: sources=" + names + " state=" + state.sources());
        }
        if (clockSkewMillis < 0) {
            throw new IllegalArgumentException("a clock skew is not negative: clockSkewMillis=" + clockSkewMillis);
        }
        if (seenExpiryMillis < 0) {
            throw new IllegalArgumentException("an expiry is not negative: seenExpiryMillis=" + seenExpiryMillis);
        }
    }
}
