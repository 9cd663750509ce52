package io.magpie.core.store;

import io.magpie.core.profile.ImageMemory;
import io.magpie.core.profile.ItemCodec;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenCodec;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import org.agrona.UnsafeApi;

/** Says whether the bytes of an entry are what its map holds, under the key that they tell. Not thread-safe. */
interface EntryCheck {
    /**
     * Decodes an image.
     *
     * @param image the whole value, unused bytes zero
     * @return whether it is one, and belongs to this key
     */
    boolean isWhole(long id, long part, byte[] image);

    static EntryCheck ofProfiles(StateConfiguration configuration) {
        ProfileRecord into = configuration.newProfileRecord();
        return (id, part, image) -> part == 0
                && ProfileCodec.decode(image, ImageMemory.BYTES, image.length, into)
                && into.profileId() == id;
    }

    static EntryCheck ofSeen(StateConfiguration configuration) {
        SeenSet into = new SeenSet(configuration.seenLimit());
        return (id, part, image) -> {
            into.clear(id);
            return SeenCodec.decode(image, ImageMemory.BYTES, image.length, into) >= 0
                    && UnsafeApi.getLong(image, ImageMemory.BYTES + SeenDescriptor.PROFILE_ID_OFFSET) == id;
        };
    }

    static EntryCheck ofItems(StateConfiguration configuration) {
        ItemRecord into = new ItemRecord(configuration.dimension());
        return (id, part, image) ->
                ItemCodec.decode(image, ImageMemory.BYTES, image.length, into) && into.itemId() == id;
    }

    static EntryCheck ofIdentities() {
        // In the map the id of the profile; in a part, whose key is that id, the two words of the hash.
        return (id, part, image) ->
                image.length == Long.BYTES ? UnsafeApi.getLong(image, ImageMemory.BYTES) != -1L : id != -1L;
    }
}
