package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.profile.IdentityHasher;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileLinks;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.Change;
import io.magpie.core.store.StateStore;
import java.time.Clock;

/**
 * Removes all that is held on a person: profile, seen set, identities, and the profiles that were merged into it, with every
 * trace of them in the log; the bytes are overwritten. Each id and identity goes to the list of erasures, as a keyed hash.
 * Used by the holder of the writer's lock.
 */
final class ProfileErasure {
    private final StateStore store;
    private final Clock clock;
    private final IdentityHasher hasher;
    private final ProfileRecord profile;
    private final SeenSet seen;

    ProfileErasure(StateStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        hasher = store.newIdentityHasher();
        profile = store.newProfileRecord();
        seen = store.newSeenSet();
    }

    ErasureReceipt erase(Change change, Person who) {
        long timeMillis = clock.millis();
        if (!who.read(store, profile)) {
            return new ErasureReceipt(Outcome.UNKNOWN_PROFILE, who.profileId(), 0, 0, 0, 0, 0, 0, 0, timeMillis);
        }
        long profileId = profile.profileId();
        int seenItems = store.readSeen(profileId, seen) ? seen.count() : 0;
        ProfileLinks links = profile.links();
        remove(change, profileId, timeMillis);
        change.removeSeen(profileId);
        for (int i = 0; i < links.redirectCount(); i++) {
            remove(change, links.redirect(i), timeMillis);
        }
        for (int i = 0; i < links.identityCount(); i++) {
            change.removeIdentity(links.identityHigh(i), links.identityLow(i), profileId, links.wasUnlinked(i));
            hasher.erasedIdentity(links.identityHigh(i), links.identityLow(i));
            change.addErasure(hasher.high(), hasher.low(), timeMillis);
        }
        Outcome outcome = change.commit();
        return new ErasureReceipt(
                outcome,
                profileId,
                profile.slotCount(),
                countConsents(),
                seenItems,
                links.identityCount(),
                links.redirectCount(),
                change.scrubbedParts(),
                change.sequence(),
                timeMillis);
    }

    private void remove(Change change, long profileId, long timeMillis) {
        change.removeProfile(profileId);
        hasher.erasedProfile(profileId);
        change.addErasure(hasher.high(), hasher.low(), timeMillis);
    }

    private int countConsents() {
        int consents = 0;
        for (int source = 0; source < profile.sourceCapacity(); source++) {
            for (int purpose = 0; purpose < ProfileDescriptor.PURPOSES; purpose++) {
                consents += profile.consentState(source, purpose) == ProfileDescriptor.CONSENT_UNSET ? 0 : 1;
            }
        }
        return consents;
    }
}
