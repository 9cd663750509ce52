package io.magpie.core;

/** How a verb ended. Everything but {@link #OK} left the state as it was. */
public enum Outcome {
    /** Done. */
    OK,
    /** No profile of this id. */
    UNKNOWN_PROFILE,
    /** No item of this id. */
    UNKNOWN_ITEM,
    /** The source's number is not that of a configured source. */
    UNKNOWN_SOURCE,
    /** The purpose's number is not one of the eight. */
    UNKNOWN_PURPOSE,
    /** The vector names a space that the catalogue is not in. */
    WRONG_SPACE,
    /** The vector's length is not the configured dimension. */
    WRONG_DIMENSION,
    /** A number is NaN or infinite. */
    NOT_FINITE,
    /** The id 2^64-1 stands for no id. */
    RESERVED_ID,
    /** The time lies further in the future than clocks may differ. */
    TIME_IN_FUTURE,
    /** The time lies before 1970 or beyond what can be stored. */
    TIME_OUT_OF_RANGE,
    /** A number or a length is out of its range. */
    OUT_OF_RANGE,
    /** The store of profiles or of items has no room for a new entry. */
    STORE_FULL,
    /** The profile has no slot left for another source or space. */
    NO_SLOT_LEFT,
    /** The profile has no room for another identity, or for another profile that was merged into it. */
    TOO_MANY_IDENTITIES,
    /** The record is not of the version that the condition named. */
    VERSION_CONFLICT,
    /** The log or a map cannot be written; the engine no longer takes changes. */
    STORAGE_FAILED,
    /** No catalogue of this edition, or none beside the live one. */
    UNKNOWN_CATALOGUE,
    /** There is a catalogue beside the live one already. */
    CATALOGUE_EXISTS,
    /** The live catalogue is not dropped. */
    CATALOGUE_LIVE
}
