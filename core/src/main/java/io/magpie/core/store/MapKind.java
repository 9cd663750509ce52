package io.magpie.core.store;

import io.magpie.core.log.LogWriter;
import io.magpie.core.profile.ImageMemory;
import io.magpie.core.profile.ItemDescriptor;
import io.magpie.core.profile.SeenDescriptor;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.agrona.UnsafeApi;

/**
 * The maps of a data directory, each with what is different about it. Whatever goes over all of the state (opening,
 * snapshots, verification, counts) goes over these: a new map is one more constant here, the last one, as records hold the
 * counts in their order.
 */
enum MapKind {
    /** Profiles, by profile id. */
    PROFILES(
            "profiles",
            "profiles",
            PartKind.PROFILE_PUT,
            PartKind.PROFILE_REMOVE,
            StateConfiguration::maxProfiles,
            StateMaps::profileLength,
            EntryCheck::ofProfiles),
    /** Chunks of seen sets, by profile id and chunk. */
    SEEN(
            "seen",
            "seenChunks",
            PartKind.SEEN_PUT,
            PartKind.SEEN_REMOVE,
            StateConfiguration::maxSeenChunks,
            configuration -> SeenDescriptor.CHUNK_LENGTH,
            EntryCheck::ofSeen),
    /** Items, by item id. */
    ITEMS(
            "items",
            "items",
            PartKind.ITEM_PUT,
            PartKind.ITEM_REMOVE,
            StateConfiguration::maxItems,
            configuration -> ItemDescriptor.imageLength(configuration.dimension()),
            EntryCheck::ofItems),
    /** Ids of profiles, by an identity's keyed hash. */
    IDENTITIES(
            "identities",
            "identities",
            PartKind.IDENTITY_PUT,
            PartKind.IDENTITY_REMOVE,
            StateConfiguration::maxIdentities,
            configuration -> Long.BYTES,
            configuration -> EntryCheck.ofIdentities()) {
        /** The hash is the payload, so that the part is found, and overwritten, by the profile's id. */
        @Override
        void part(LogWriter writer, EntryKey key, byte[] image, int length) {
            byte[] hash = new byte[IDENTITY_PART_LENGTH];
            UnsafeApi.putLong(hash, ImageMemory.BYTES, key.getId());
            UnsafeApi.putLong(hash, ImageMemory.BYTES + Long.BYTES, key.getPart());
            writer.part(putKind(), UnsafeApi.getLong(image, ImageMemory.BYTES), 0, hash, 0, hash.length);
        }

        @Override
        int partLength(StateConfiguration configuration) {
            return IDENTITY_PART_LENGTH;
        }
    };

    private static final int IDENTITY_PART_LENGTH = 2 * Long.BYTES;

    private final String title;
    private final String counted;
    private final int putKind;
    private final int removeKind;
    private final ToLongFunction<StateConfiguration> entries;
    private final ToIntFunction<StateConfiguration> valueLength;
    private final Function<StateConfiguration, EntryCheck> check;

    MapKind(
            String title,
            String counted,
            int putKind,
            int removeKind,
            ToLongFunction<StateConfiguration> entries,
            ToIntFunction<StateConfiguration> valueLength,
            Function<StateConfiguration, EntryCheck> check) {
        this.title = title;
        this.counted = counted;
        this.putKind = putKind;
        this.removeKind = removeKind;
        this.entries = entries;
        this.valueLength = valueLength;
        this.check = check;
    }

    /** Returns how many entries the map has room for. */
    long entries(StateConfiguration configuration) {
        return entries.applyAsLong(configuration);
    }

    /** Returns the constant length of its values. */
    int valueLength(StateConfiguration configuration) {
        return valueLength.applyAsInt(configuration);
    }

    /** Returns the longest payload of a part that puts an entry. */
    int partLength(StateConfiguration configuration) {
        return valueLength(configuration);
    }

    /** Returns what says whether an entry is a whole one. */
    EntryCheck newCheck(StateConfiguration configuration) {
        return check.apply(configuration);
    }

    /** Adds the part that puts an entry. */
    void part(LogWriter writer, EntryKey key, byte[] image, int length) {
        writer.part(putKind, key.getId(), (int) key.getPart(), image, 0, length);
    }

    /** Returns its name, for people. */
    String title() {
        return title;
    }

    /** Returns what its entries are called where they are counted: for people, and in the manifest. */
    String counted() {
        return counted;
    }

    /** Returns the name of its file. */
    String file() {
        return title + ".dat";
    }

    /** Returns the kind of part that puts an entry of this map. */
    int putKind() {
        return putKind;
    }

    /** Returns the kind of part that removes an entry of this map. */
    int removeKind() {
        return removeKind;
    }

    /** Returns whether its entries belong to people. */
    boolean isPersonal() {
        return PartKind.isPersonal(putKind);
    }

    /** Returns the map whose entries this kind of part puts, or null. */
    static MapKind ofPut(int putKind) {
        for (MapKind kind : values()) {
            if (kind.putKind == putKind) {
                return kind;
            }
        }
        return null;
    }
}
