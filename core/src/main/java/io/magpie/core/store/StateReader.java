package io.magpie.core.store;

import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;

/**
 * One thread's way to read the state. Reads allocate nothing and never wait for the writer's lock; each sees the newest
 * change that was acknowledged before it began. Not thread-safe, but for the {@link StateStore} itself: make one per
 * thread and keep it. Use a fixed set of threads: what the maps keep for a thread stays for as long as the thread lives.
 */
public interface StateReader {
    /** What {@link #findIdentity} returns of an identity that is not known: an id that no profile has. */
    long NO_PROFILE = -1L;

    /**
     * Returns the id of the profile that an identity leads to, or {@link #NO_PROFILE}.
     *
     * @param high first half of the identity's keyed hash
     * @param low  second half of it
     */
    long findIdentity(long high, long low);

    /**
     * Reads a profile, or the one that it was merged into: then the record has that one's id.
     *
     * @param into of the store's shape, overwritten; undefined if there is no such profile
     * @return false if there is no such profile
     */
    boolean readProfile(long profileId, ProfileRecord into);

    /**
     * Reads a person's seen set, or that of the profile that this one was merged into.
     *
     * @param into overwritten; empty if nothing is held
     * @return false if nothing is held
     */
    boolean readSeen(long profileId, SeenSet into);

    /**
     * Reads an item.
     *
     * @param edition the set of items it belongs to; see {@link ItemRecord#edition()}
     * @param into of the store's dimension, overwritten; undefined if there is no such item
     * @return false if there is no such item
     */
    boolean readItem(int edition, long itemId, ItemRecord into);
}
