package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.Source;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.Change;
import io.magpie.core.store.StateStore;
import java.time.Clock;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which identities lead to which profile, and how that changes. One record of the log a change, as
 * {@link ProfileWriter} has it: a link happens wholly or not at all, and of two at the same time one comes first.
 * Thread-safe, for a fixed set of threads.
 */
public final class IdentityDirectory {
    private final StateStore store;
    private final Clock clock;
    private final PersonLookup lookup;
    private final ProfileMerge merge;
    private final IntPredicate isServed;

    // Scratch of whoever holds the writer lock.
    private final ProfileRecord first;
    private final ProfileRecord second;

    IdentityDirectory(StateStore store, List<Source> sources, Clock clock, PersonLookup lookup, IntPredicate isServed) {
        this.store = store;
        this.clock = clock;
        this.lookup = lookup;
        this.isServed = isServed;
        merge = new ProfileMerge(store, sources);
        first = store.newProfileRecord();
        second = store.newProfileRecord();
    }

    /**
     * Says that two are the same person. An identity that is not known then leads to the profile of the other; two that are
     * not known, to a new one. Two profiles become one: {@link ProfileMerge} says how; a profile id that is not known counts
     * as an empty profile of that id. Linked before, they stay as they are.
     *
     * @param one   an identity or a profile; notes which profile it leads to
     * @param other an identity or a profile; notes which profile it leads to
     * @return with {@link Outcome#OK}, {@link Outcome#RESERVED_ID}, {@link Outcome#UNKNOWN_SOURCE},
     *     {@link Outcome#UNKNOWN_PROFILE} for an unknown id that only the server gives out,
     *     {@link Outcome#TOO_MANY_IDENTITIES}, {@link Outcome#OUT_OF_RANGE} if a sum of slots leaves float32, or a failure
     *     of the store; on any but OK nothing has changed
     */
    public LinkReceipt link(Person one, Person other) {
        Outcome invalid = lookup.check(one);
        invalid = invalid == Outcome.OK ? lookup.check(other) : invalid;
        if (invalid != Outcome.OK) {
            return receipt(invalid, Person.NOBODY, Person.NOBODY);
        }
        try (Change change = store.begin()) {
            boolean isOneKnown = one.read(store, first);
            boolean isOtherKnown = other.read(store, second);
            if (isUnknownAllotted(one, isOneKnown) || isUnknownAllotted(other, isOtherKnown)) {
                return receipt(Outcome.UNKNOWN_PROFILE, Person.NOBODY, Person.NOBODY);
            }
            // An id is a profile, be it an empty one; an identity that leads nowhere is none.
            boolean isOneProfile = stand(one, isOneKnown, first);
            boolean isOtherProfile = stand(other, isOtherKnown, second);
            if (isOneProfile && isOtherProfile) {
                return first.profileId() == second.profileId()
                        ? commitSame(change, one, other, isOneKnown)
                        : commitMerge(change, one, other);
            }
            if (!isOneProfile && !isOtherProfile) {
                lookup.create(change, first);
            } else if (isOtherProfile) {
                first.copyFrom(second);
            }
            boolean fits = (isOneProfile || lookup.attach(change, one, first))
                    && (isOtherProfile || one.isSame(other) || lookup.attach(change, other, first));
            return fits
                    ? commit(change, one, other, Person.NOBODY)
                    : receipt(Outcome.TOO_MANY_IDENTITIES, Person.NOBODY, Person.NOBODY);
        }
    }

    private boolean isUnknownAllotted(Person who, boolean isKnown) {
        return !isKnown && !who.isIdentity() && ProfileDescriptor.isAllotted(who.profileId());
    }

    private static boolean stand(Person who, boolean isKnown, ProfileRecord into) {
        if (!isKnown && !who.isIdentity()) {
            into.clear(who.profileId());
        }
        return isKnown || !who.isIdentity();
    }

    private LinkReceipt commitSame(Change change, Person one, Person other, boolean isKnown) {
        return isKnown
                ? receipt(Outcome.OK, first.profileId(), Person.NOBODY)
                : commit(change, one, other, Person.NOBODY);
    }

    private LinkReceipt commitMerge(Change change, Person one, Person other) {
        boolean isFirstLower = Long.compareUnsigned(first.profileId(), second.profileId()) < 0;
        ProfileRecord merged = isFirstLower ? second : first;
        Outcome outcome = merge.merge(change, isFirstLower ? first : second, merged, isServed);
        if (outcome != Outcome.OK) {
            return receipt(outcome, Person.NOBODY, Person.NOBODY);
        }
        long mergedId = merged.profileId();
        if (!isFirstLower) {
            first.copyFrom(second);
        }
        return commit(change, one, other, mergedId);
    }

    /** Commits with {@link #first} as the profile that both lead to. */
    private LinkReceipt commit(Change change, Person one, Person other, long mergedId) {
        first.version(first.version() + 1);
        change.putProfile(first);
        Outcome outcome = change.commit();
        one.reached(first.profileId());
        other.reached(first.profileId());
        return receipt(outcome, first.profileId(), mergedId);
    }

    /**
     * Takes an identity away from its profile: it leads to a new, empty one from then on. What came by it stays blended into
     * the profile that it led to: nothing is known any more of what came by which.
     *
     * @param identity named by an identity; notes which profile it leads to then
     * @return with {@link Outcome#OK}, {@link Outcome#UNKNOWN_PROFILE} if it leads nowhere, {@link Outcome#OUT_OF_RANGE} if
     *     it is no identity, {@link Outcome#UNKNOWN_SOURCE}, or a failure of the store
     */
    public LinkReceipt unlink(Person identity) {
        Outcome invalid = identity.isIdentity() ? lookup.check(identity) : Outcome.OUT_OF_RANGE;
        if (invalid != Outcome.OK) {
            return receipt(invalid, Person.NOBODY, Person.NOBODY);
        }
        try (Change change = store.begin()) {
            if (!identity.read(store, first)) {
                return receipt(Outcome.UNKNOWN_PROFILE, Person.NOBODY, Person.NOBODY);
            }
            int index = first.links().findIdentity(identity.high(), identity.low());
            if (index >= 0) {
                first.links().removeIdentity(index);
            }
            first.version(first.version() + 1);
            change.putProfile(first);
            lookup.create(change, second);
            lookup.attach(change, identity, second);
            second.links().markUnlinked(0);
            second.version(1);
            change.putProfile(second);
            return receipt(change.commit(), second.profileId(), Person.NOBODY);
        }
    }

    private LinkReceipt receipt(Outcome outcome, long profileId, long mergedId) {
        return new LinkReceipt(outcome, profileId, mergedId, clock.millis());
    }
}
