package io.magpie.core.store;

import io.magpie.core.profile.ItemCodec;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenCodec;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import org.agrona.UnsafeApi;

/** Reads the maps for one thread, decoding straight from their memory. */
final class MapReader implements StateReader {
    private final StateMaps maps;
    private final int seenChunks;
    private final EntryKey key = EntryMap.newKey();
    private final ProfileValue profile = new ProfileValue();
    private final SeenValue seen = new SeenValue();
    private final ItemValue item = new ItemValue();
    private final RedirectValue redirect = new RedirectValue();
    private final IdentityValue identity = new IdentityValue();

    MapReader(StateMaps maps, int seenLimit) {
        this.maps = maps;
        seenChunks = SeenDescriptor.chunksFor(seenLimit);
    }

    @Override
    public long findIdentity(long high, long low) {
        key.setId(high);
        key.setPart(low);
        return maps.identities().read(key, identity) ? identity.profileId : NO_PROFILE;
    }

    @Override
    public boolean readProfile(long profileId, ProfileRecord into) {
        key.setId(profileId);
        key.setPart(0);
        profile.into = into;
        boolean found = maps.profiles().read(key, profile);
        // One step, as no redirect leads to another one; more only where a merge happens meanwhile. Each leads to a
        // lower id, so it ends.
        while (found && into.isRedirect()) {
            key.setId(into.redirectProfileId());
            found = maps.profiles().read(key, profile);
        }
        return found;
    }

    /** Returns the id under which {@link #readProfile}, if that was the last call, found a profile or found none. */
    long lastId() {
        return key.getId();
    }

    @Override
    public boolean readSeen(long profileId, SeenSet into) {
        long id = profileId;
        while (!readSeenOf(id, into)) {
            key.setId(id);
            key.setPart(0);
            if (!maps.profiles().read(key, redirect) || redirect.profileId == NO_PROFILE) {
                return false;
            }
            id = redirect.profileId;
        }
        return true;
    }

    private boolean readSeenOf(long profileId, SeenSet into) {
        into.clear(profileId);
        key.setId(profileId);
        seen.into = into;
        int chunk = 0;
        // Every chunk but the last is full, so one that is not ends the set.
        for (seen.entries = SeenDescriptor.CHUNK_ENTRIES;
                seen.entries == SeenDescriptor.CHUNK_ENTRIES && chunk < seenChunks;
                chunk++) {
            key.setPart(chunk);
            if (!maps.seen().read(key, seen)) {
                break;
            }
        }
        return chunk > 0;
    }

    @Override
    public boolean readItem(int edition, long itemId, ItemRecord into) {
        key.setId(itemId);
        key.setPart(StateMaps.itemPart(edition));
        into.edition(edition);
        item.into = into;
        return maps.items().read(key, item);
    }

    static IllegalStateException damaged(String what) {
        return new IllegalStateException("a stored " + what + " is damaged");
    }

    /** Decodes into a profile. */
    static final class ProfileValue extends EntryValue {
        ProfileRecord into;

        @Override
        void readFrom(long address, int length) {
            if (!ProfileCodec.decode(null, address, length, into)) {
                throw damaged("profile");
            }
        }
    }

    /** Decodes into an item. */
    static final class ItemValue extends EntryValue {
        ItemRecord into;

        @Override
        void readFrom(long address, int length) {
            if (!ItemCodec.decode(null, address, length, into)) {
                throw damaged("item");
            }
        }
    }

    private static final class RedirectValue extends EntryValue {
        private long profileId;

        @Override
        void readFrom(long address, int length) {
            profileId = ProfileCodec.redirect(null, address, NO_PROFILE);
        }
    }

    private static final class IdentityValue extends EntryValue {
        private long profileId;

        @Override
        void readFrom(long address, int length) {
            profileId = UnsafeApi.getLong(null, address);
        }
    }

    private static final class SeenValue extends EntryValue {
        private SeenSet into;
        private int entries;

        @Override
        void readFrom(long address, int length) {
            entries = SeenCodec.decode(null, address, length, into);
            if (entries < 0) {
                throw damaged("seen set");
            }
        }
    }
}
