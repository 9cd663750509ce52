package io.magpie.core.store;

/** Who was erased after a snapshot was taken. */
@FunctionalInterface
interface ErasedPeople {
    /** Nobody. */
    ErasedPeople NOBODY = profileId -> false;

    /** Returns whether this profile was erased after the snapshot. */
    boolean isErased(long profileId);
}
