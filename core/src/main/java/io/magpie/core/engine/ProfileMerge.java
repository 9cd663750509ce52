package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.fusion.Source;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileLinks;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenMerge;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.Change;
import io.magpie.core.store.StateStore;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Makes one profile out of two, in one change. The one of the lower id (unsigned) stays; the other leads there from then on,
 * and so does what had led to the other: never over two steps.
 *
 * <pre>
 *   slots     of the same source and space: decayed to the later time and added, evidence likewise; others are taken over
 *   seen      of one item and kind the later time, counts added; the latest stay
 *   events    the newest names of both, in turn
 *   consent   denied before granted before unset; of equal ones the later
 *   version   one more than the higher of both, so that neither had it before
 * </pre>
 *
 * Used by the holder of the writer's lock.
 */
final class ProfileMerge {
    private final StateStore store;
    private final List<Source> sources;
    private final SeenSet seen;
    private final SeenSet otherSeen;
    private final ProfileRecord redirect;

    ProfileMerge(StateStore store, List<Source> sources) {
        this.store = store;
        this.sources = sources;
        seen = store.newSeenSet();
        otherSeen = store.newSeenSet();
        redirect = store.newProfileRecord();
    }

    /**
     * Merges a profile into another one, and puts all that changes by it but the surviving profile itself.
     *
     * @param survivor  of the lower id; changed, to be thrown away on another outcome than {@link Outcome#OK}
     * @param other     the other one; as it is stored, or empty
     * @param isServed  says of which spaces slots stay when there is no room for all
     */
    Outcome merge(Change change, ProfileRecord survivor, ProfileRecord other, IntPredicate isServed) {
        if (!mergeSlots(survivor, other, isServed)) {
            return Outcome.OUT_OF_RANGE;
        }
        mergeConsent(survivor, other);
        survivor.mergeEvents(other);
        int version =
                Integer.compareUnsigned(survivor.version(), other.version()) > 0 ? survivor.version() : other.version();
        survivor.version(version);
        ProfileLinks links = other.links();
        if (!survivor.links().absorb(links, other.profileId())) {
            return Outcome.TOO_MANY_IDENTITIES;
        }
        mergeSeen(change, survivor, other.profileId());
        for (int i = 0; i < links.identityCount(); i++) {
            change.putIdentity(links.identityHigh(i), links.identityLow(i), survivor.profileId());
        }
        putRedirect(change, other.profileId(), survivor.profileId());
        for (int i = 0; i < links.redirectCount(); i++) {
            putRedirect(change, links.redirect(i), survivor.profileId());
        }
        change.removeSeen(other.profileId());
        return Outcome.OK;
    }

    private boolean mergeSlots(ProfileRecord survivor, ProfileRecord other, IntPredicate isServed) {
        for (int i = 0; i < other.slotCount(); i++) {
            int source = other.slotSource(i);
            int slot = survivor.findSlot(source, other.slotSpace(i));
            if (slot >= 0) {
                // A source that is no longer configured has no half-life: nothing is known of how it ages.
                long halfLifeMillis =
                        source < sources.size() ? sources.get(source).halfLifeMillis() : 0;
                if (!SlotUpdate.merge(survivor, slot, other, i, halfLifeMillis)) {
                    return false;
                }
            } else if (survivor.addSlot(other, i) < 0) {
                replaceOldest(survivor, other, i, isServed);
            }
        }
        return true;
    }

    /** Where all slots are in use, one of a space that is not served makes room, the oldest first, or is not taken over. */
    private static void replaceOldest(
            ProfileRecord survivor, ProfileRecord other, int otherSlot, IntPredicate isServed) {
        int oldest = -1;
        for (int i = 0; i < survivor.slotCount(); i++) {
            if (!isServed.test(survivor.slotSpace(i))
                    && (oldest < 0 || survivor.slotTimeMillis(i) < survivor.slotTimeMillis(oldest))) {
                oldest = i;
            }
        }
        boolean isLive = isServed.test(other.slotSpace(otherSlot));
        if (oldest >= 0 && (isLive || survivor.slotTimeMillis(oldest) < other.slotTimeMillis(otherSlot))) {
            survivor.removeSlot(oldest);
            survivor.addSlot(other, otherSlot);
        }
    }

    private static void mergeConsent(ProfileRecord survivor, ProfileRecord other) {
        for (int source = 0; source < survivor.sourceCapacity(); source++) {
            for (int purpose = 0; purpose < ProfileDescriptor.PURPOSES; purpose++) {
                int state = survivor.consentState(source, purpose);
                int otherState = other.consentState(source, purpose);
                long otherTime = other.consentTimeMillis(source, purpose);
                // Denied is 2, granted 1, unset 0.
                if (otherState > state
                        || otherState == state && otherTime > survivor.consentTimeMillis(source, purpose)) {
                    survivor.consent(source, purpose, otherState, otherTime);
                }
            }
        }
    }

    private void mergeSeen(Change change, ProfileRecord survivor, long otherId) {
        boolean hasSeen = store.readSeen(survivor.profileId(), seen);
        if (!hasSeen) {
            seen.clear(survivor.profileId());
        }
        if (store.readSeen(otherId, otherSeen)) {
            SeenMerge.merge(seen, otherSeen);
            change.putSeen(seen);
        }
        survivor.countSeen(seen);
    }

    private void putRedirect(Change change, long from, long to) {
        redirect.clear(from);
        redirect.version(1);
        redirect.redirectTo(to);
        change.putProfile(redirect);
    }
}
