package io.magpie.core.store;

import java.io.IOException;

/** Who was erased after a snapshot was taken. */
@FunctionalInterface
interface ErasedPeople {
    /** Nobody. */
    ErasedPeople NOBODY = profileId -> false;

    /** Returns whether this profile was erased after the snapshot. */
    boolean isErased(long profileId);

    /** Returns whether the identity of this hash was erased after the snapshot, whichever profile it led to before. */
    default boolean isErasedIdentity(long high, long low) {
        return false;
    }

    /** Hands over the entries of the list of erasures that the snapshot does not have, oldest first. */
    default void forEachErasure(ErasureList.Entry each) throws IOException {}
}
