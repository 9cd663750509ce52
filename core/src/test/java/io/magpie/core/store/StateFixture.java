package io.magpie.core.store;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import java.util.List;

/** Small stores, and entries whose whole content follows from an id and a number. */
final class StateFixture {
    static final int DIMENSION = 7;
    static final List<String> SOURCES = List.of("social", "payment", "commerce");

    private StateFixture() {}

    static StateConfiguration.Builder configuration() {
        return StateConfiguration.builder(DIMENSION, SOURCES)
                .maxProfiles(400)
                .maxItems(300)
                .maxSeenChunks(900)
                .seenLimit(200)
                .logSegmentBytes(64 << 10)
                .lockTimeoutMillis(0);
    }

    static ProfileRecord profile(StateStore store, long id, int number) {
        ProfileRecord profile = store.newProfileRecord();
        fill(profile, id, number);
        return profile;
    }

    static void fill(ProfileRecord profile, long id, int number) {
        profile.clear(id);
        profile.version(number);
        profile.consent(number % 3, number % 8, ProfileDescriptor.CONSENT_GRANTED, 1_000L + number);
        profile.addEvent(id * 31 + number);
        int slots = number % 4;
        for (int i = 0; i < slots; i++) {
            int slot = profile.addSlot(i, 1 + number % 2);
            profile.slotEvidence(slot, number + i / 8.0);
            profile.slotTimeMillis(slot, 1_700_000_000_000L + number);
            profile.slotNorm(slot, number * 2.5);
            for (int d = 0; d < profile.dimension(); d++) {
                profile.vectors()[profile.vectorOffset(slot) + d] = id * 1000 + number + d / 8f;
            }
        }
    }

    static boolean same(ProfileRecord a, ProfileRecord b) {
        boolean same = a.profileId() == b.profileId()
                && a.version() == b.version()
                && a.slotCount() == b.slotCount()
                && a.isRedirect() == b.isRedirect()
                && a.redirectProfileId() == b.redirectProfileId();
        for (int source = 0; same && source < a.sourceCapacity(); source++) {
            for (int purpose = 0; purpose < ProfileDescriptor.PURPOSES; purpose++) {
                same &= a.consentState(source, purpose) == b.consentState(source, purpose)
                        && a.consentTimeMillis(source, purpose) == b.consentTimeMillis(source, purpose);
            }
        }
        for (int slot = 0; same && slot < a.slotCount(); slot++) {
            same = a.slotSource(slot) == b.slotSource(slot)
                    && a.slotSpace(slot) == b.slotSpace(slot)
                    && a.slotEvidence(slot) == b.slotEvidence(slot)
                    && a.slotTimeMillis(slot) == b.slotTimeMillis(slot)
                    && a.slotNorm(slot) == b.slotNorm(slot);
            for (int d = 0; d < a.dimension(); d++) {
                same &= a.vectors()[a.vectorOffset(slot) + d] == b.vectors()[b.vectorOffset(slot) + d];
            }
        }
        return same;
    }

    static SeenSet seen(StateStore store, long id, int entries, int number) {
        SeenSet seen = store.newSeenSet();
        seen.clear(id);
        for (int i = 0; i < entries; i++) {
            seen.record(id * 10_000 + i, number + i, i % 3, SeenDescriptor.KIND_SEEN);
        }
        return seen;
    }

    static boolean same(SeenSet a, SeenSet b) {
        boolean same = a.profileId() == b.profileId() && a.count() == b.count() && a.truncated() == b.truncated();
        for (int i = 0; same && i < a.count(); i++) {
            same = a.itemId(i) == b.itemId(i)
                    && a.timeSeconds(i) == b.timeSeconds(i)
                    && a.source(i) == b.source(i)
                    && a.kind(i) == b.kind(i)
                    && a.count(i) == b.count(i);
        }
        return same;
    }

    static ItemRecord item(StateStore store, long id, int number) {
        ItemRecord item = store.newItemRecord();
        item.itemId(id);
        item.version(number);
        item.spaceId(1);
        item.bias(number / 4f);
        item.attributes(new ItemAttributes(number % 5, number * 100L, number % 2 == 0, number % 3 == 0, 7, number));
        for (int d = 0; d < item.dimension(); d++) {
            item.vector()[d] = id + number + d / 16f;
        }
        return item;
    }

    static boolean same(ItemRecord a, ItemRecord b) {
        return a.itemId() == b.itemId()
                && a.version() == b.version()
                && a.spaceId() == b.spaceId()
                && a.bias() == b.bias()
                && a.attributes().equals(b.attributes())
                && java.util.Arrays.equals(a.vector(), b.vector());
    }

    static Outcome put(StateStore store, ProfileRecord profile) {
        try (Change change = store.begin()) {
            change.putProfile(profile);
            return change.commit();
        }
    }

    static Outcome put(StateStore store, SeenSet seen) {
        try (Change change = store.begin()) {
            change.putSeen(seen);
            return change.commit();
        }
    }

    static Outcome put(StateStore store, ItemRecord item) {
        try (Change change = store.begin()) {
            change.putItem(item);
            return change.commit();
        }
    }
}
