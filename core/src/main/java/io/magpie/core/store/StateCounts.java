package io.magpie.core.store;

import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How many entries the maps hold, counted by the one who writes, in the order of {@link MapKind}. Written under the writer's
 * lock, read by anyone.
 */
final class StateCounts {
    private static final MapKind[] KINDS = MapKind.values();
    static final int LENGTH = KINDS.length * Long.BYTES;

    private final AtomicLongArray counts = new AtomicLongArray(KINDS.length);

    /** Returns how many entries a map should hold. */
    long of(MapKind kind) {
        return counts.get(kind.ordinal());
    }

    /** Sets the counts of all maps. */
    void set(long... entries) {
        for (int i = 0; i < KINDS.length; i++) {
            counts.set(i, entries[i]);
        }
    }

    static void encode(UnsafeBuffer into, long... entries) {
        for (int i = 0; i < KINDS.length; i++) {
            into.putLong(i * Long.BYTES, entries[i]);
        }
    }

    void decode(DirectBuffer from, int offset) {
        for (int i = 0; i < KINDS.length; i++) {
            counts.set(i, from.getLong(offset + i * Long.BYTES));
        }
    }

    void describe(Manifest manifest) {
        for (MapKind kind : KINDS) {
            manifest.put(name(kind), of(kind));
        }
    }

    void read(Manifest manifest) {
        for (MapKind kind : KINDS) {
            counts.set(kind.ordinal(), manifest.number(name(kind)));
        }
    }

    private static String name(MapKind kind) {
        return "count." + kind.counted();
    }
}
