package io.magpie.core.store;

import io.magpie.core.Outcome;
import io.magpie.core.log.LogScrub;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;

/**
 * One change of the state: all of it happens, or nothing. From {@link StateStore#begin()} to {@link #close()} its thread
 * holds the writer's lock, so what it reads meanwhile stays as it is: the state before the change. Images are taken when a
 * record is put; the record may be reused at once. The object belongs to the store and is reused; do not keep it. Owned by
 * the thread that began.
 *
 * <p>Use it so: {@code try (Change change = store.begin()) { read; change; change.commit(); }}.
 */
public interface Change extends StateReader, AutoCloseable {
    /** Puts a profile, under its id. */
    void putProfile(ProfileRecord profile);

    /** Removes a profile if there is one: overwritten in the maps, then removed. Its seen set is a matter of its own. */
    void removeProfile(long profileId);

    /** Puts what changed of a seen set since it was read, under its person's id. The set stays as it is. */
    void putSeen(SeenSet seen);

    /** Removes a person's seen set if there is one: overwritten in the maps, then removed. */
    void removeSeen(long profileId);

    /** Puts an item, under its edition and id. */
    void putItem(ItemRecord item);

    /** Removes an item if there is one. */
    void removeItem(int edition, long itemId);

    /** Lets an identity lead to a profile, whatever it led to before. */
    void putIdentity(long high, long low, long profileId);

    /**
     * Removes an identity if there is one: overwritten in the map, then removed.
     *
     * @param profileId     the profile that it leads to
     * @param wasElsewhere whether older records of other profiles may name it: these are then looked for and overwritten,
     *     if a profile is removed in the same change
     */
    void removeIdentity(long high, long low, long profileId, boolean wasElsewhere);

    /** Adds an entry to the list of erasures; see {@link StateStore#forEachErasure}. */
    void addErasure(long high, long low, long timeMillis);

    /** Sets one of the state's numbers. */
    void putRegister(Register register, long value);

    /**
     * Makes it durable and visible: capacity is checked, one record goes to the log, then the maps are written. Nothing
     * put is a change of nothing: {@link Outcome#OK}, without a record.
     *
     * <p>Where profiles are removed, their parts of older records are overwritten in the log, and so are parts of others in which
     * an identity stands that is removed in the same change and was elsewhere.
     *
     * @return {@link Outcome#OK}; {@link Outcome#STORE_FULL}: nothing happened; {@link Outcome#STORAGE_FAILED}: the log
     *     or a map could not be written, the store takes no more changes, and whether this one is kept is decided at the
     *     next start
     * @throws IllegalStateException if it was committed before, or was not begun
     */
    Outcome commit();

    /** Returns the number of the record that {@link #commit()} appended; 0 if it appended none. */
    long sequence();

    /** Returns how many parts of older records {@link #commit()} overwrote in the log because a profile was removed; see {@link #takeRest}. */
    int scrubbedParts();

    /**
     * Takes over what {@link #commit()} left to be overwritten in the log, because of whom it removed there was very much: for
     * {@link StateStore#finish}, after this was closed. Whoever does not take it has it done by {@link #close()}, before others
     * may write.
     *
     * @return null if nothing is left
     */
    LogScrub takeRest();

    /** Lets go of the lock. What was not committed is forgotten. */
    @Override
    void close();
}
