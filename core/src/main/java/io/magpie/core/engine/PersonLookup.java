package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.Change;
import io.magpie.core.store.Register;
import io.magpie.core.store.StateStore;
import java.time.Clock;

/**
 * From a person to a profile, for those who change it: finds it, or makes it where a change is to create it. Used by the
 * holder of the writer's lock.
 *
 * <p>Ids from 2^63 up to 2^63 + 2^62 are the server's: it gives them, one after the other, to people who come by an
 * identity that is not known. A write by profile id does not create a profile there, because it could be mistaken for, or
 * later be given to, somebody else: own ids lie below 2^63 (or from 2^63 + 2^62 on).
 */
final class PersonLookup {
    private final StateStore store;
    private final int sourceCount;
    private final Clock clock;

    PersonLookup(StateStore store, int sourceCount, Clock clock) {
        this.store = store;
        this.sourceCount = sourceCount;
        this.clock = clock;
    }

    /** Returns {@link Outcome#RESERVED_ID} or {@link Outcome#UNKNOWN_SOURCE} if nobody can be named so. Any thread. */
    Outcome check(Person who) {
        if (!who.isIdentity()) {
            return who.profileId() == Person.NOBODY ? Outcome.RESERVED_ID : Outcome.OK;
        }
        return who.source() >= sourceCount ? Outcome.UNKNOWN_SOURCE : Outcome.OK;
    }

    /**
     * Reads the profile, or makes it empty in the record, and then puts its identity into the change; the profile itself is
     * put by the caller.
     *
     * @return {@link Outcome#OK}, or {@link Outcome#UNKNOWN_PROFILE} if only the server makes profiles of such ids
     */
    Outcome readOrCreate(Change change, Person who, ProfileRecord into) {
        if (who.read(change, into)) {
            return Outcome.OK;
        }
        if (!who.isIdentity()) {
            into.clear(who.profileId());
            return ProfileDescriptor.isAllotted(who.profileId()) ? Outcome.UNKNOWN_PROFILE : Outcome.OK;
        }
        create(change, into);
        attach(change, who, into);
        return Outcome.OK;
    }

    /** Makes the record an empty profile of an id that was never given out. */
    void create(Change change, ProfileRecord into) {
        long given = store.register(Register.NEXT_PROFILE_ID);
        while (change.readProfile(ProfileDescriptor.FIRST_ALLOTTED + given, into)) {
            given++;
        }
        into.clear(ProfileDescriptor.FIRST_ALLOTTED + given);
        change.putRegister(Register.NEXT_PROFILE_ID, given + 1);
    }

    /**
     * Lets an identity that leads nowhere lead to the profile in the record.
     *
     * @return false, and the change must be given up, if the profile has no room for it
     */
    boolean attach(Change change, Person who, ProfileRecord into) {
        if (!into.links().addIdentity(who.high(), who.low(), who.source(), clock.millis())) {
            return false;
        }
        change.putIdentity(who.high(), who.low(), into.profileId());
        who.reached(into.profileId());
        return true;
    }
}
