package io.magpie.core.store;

import io.magpie.core.profile.ImageMemory;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileLinks;
import io.magpie.core.profile.ProfileRecord;
import org.agrona.UnsafeApi;

/**
 * Takes erased people out of what a snapshot hands over: their entries, and, where an erased identity led to somebody else
 * before, its hash in that one's profile. For one thread.
 */
final class EntryFilter {
    private final ErasedPeople erased;
    private final ProfileRecord profile;
    private final byte[] kept;
    private byte[] image;

    EntryFilter(StateConfiguration configuration, ErasedPeople erased) {
        this.erased = erased;
        profile = configuration.newProfileRecord();
        kept = new byte[StateMaps.profileLength(configuration)];
    }

    /**
     * Looks at an entry.
     *
     * @param bytes  as long as the map's longest part, zeros after the length
     * @return the length of what is to be kept in {@link #image()}, or -1 if the entry is an erased person's
     */
    int keep(MapKind map, long id, byte[] bytes, int length) {
        image = bytes;
        if (!map.isPersonal()) {
            return length;
        }
        if (erased.isErased(id)) {
            return -1;
        }
        return switch (map) {
            case IDENTITIES ->
                erased.isErasedIdentity(
                                UnsafeApi.getLong(bytes, ImageMemory.BYTES),
                                UnsafeApi.getLong(bytes, ImageMemory.BYTES + Long.BYTES))
                        ? -1
                        : length;
            case PROFILES -> keepLinks(bytes, length);
            default -> length;
        };
    }

    /** Returns the bytes of the entry that was kept last. */
    byte[] image() {
        return image;
    }

    private int keepLinks(byte[] bytes, int length) {
        if (!ProfileCodec.decode(bytes, ImageMemory.BYTES, bytes.length, profile)) {
            throw MapReader.damaged("profile");
        }
        ProfileLinks links = profile.links();
        int before = links.identityCount();
        for (int i = before - 1; i >= 0; i--) {
            if (erased.isErasedIdentity(links.identityHigh(i), links.identityLow(i))) {
                links.removeIdentity(i);
            }
        }
        if (links.identityCount() == before) {
            return length;
        }
        image = kept;
        return ProfileCodec.encode(profile, kept, 0);
    }
}
