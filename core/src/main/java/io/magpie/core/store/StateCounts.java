package io.magpie.core.store;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** How many entries the maps hold, counted by the one who writes. Written under the writer's lock, read by anyone. */
final class StateCounts {
    static final int LENGTH = 4 * Long.BYTES;

    volatile long profiles;
    volatile long seenChunks;
    volatile long items;
    volatile long identities;

    void set(long profiles, long seenChunks, long items, long identities) {
        this.profiles = profiles;
        this.seenChunks = seenChunks;
        this.items = items;
        this.identities = identities;
    }

    /** Returns how many entries a map should hold. */
    long of(MapKind kind) {
        return switch (kind) {
            case PROFILES -> profiles;
            case SEEN -> seenChunks;
            case ITEMS -> items;
            case IDENTITIES -> identities;
        };
    }

    static void encode(UnsafeBuffer into, long profiles, long seenChunks, long items, long identities) {
        into.putLong(0, profiles);
        into.putLong(Long.BYTES, seenChunks);
        into.putLong(2 * Long.BYTES, items);
        into.putLong(3 * Long.BYTES, identities);
    }

    void decode(DirectBuffer from, int offset) {
        set(
                from.getLong(offset),
                from.getLong(offset + Long.BYTES),
                from.getLong(offset + 2 * Long.BYTES),
                from.getLong(offset + 3 * Long.BYTES));
    }

    void describe(Manifest manifest) {
        manifest.put("count.profiles", profiles);
        manifest.put("count.seenChunks", seenChunks);
        manifest.put("count.items", items);
        manifest.put("count.identities", identities);
    }

    void read(Manifest manifest) {
        set(
                manifest.number("count.profiles"),
                manifest.number("count.seenChunks"),
                manifest.number("count.items"),
                manifest.number("count.identities"));
    }
}
