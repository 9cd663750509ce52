package io.magpie.core.store;

import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** Brings parts of changes into the maps: of a change just logged, of a log that is replayed, of a snapshot. Not thread-safe. */
final class PartApplier {
    private final StateMaps maps;
    private final long[] registers;
    private final EntryKey key = EntryMap.newKey();
    private final ImageValue[] values = new ImageValue[MapKind.values().length];
    private final UnsafeBuffer words = new UnsafeBuffer(new byte[3 * Long.BYTES]);

    PartApplier(StateConfiguration configuration, StateMaps maps, long[] registers) {
        this.maps = maps;
        this.registers = registers;
        for (MapKind kind : MapKind.values()) {
            values[kind.ordinal()] = new ImageValue(kind.valueLength(configuration));
        }
    }

    /** Brings one part into the maps; doing it again changes nothing. */
    void apply(int kind, long id, int sub, byte[] images, int offset, int length) throws IOException {
        key.setId(id);
        key.setPart(sub);
        switch (kind) {
            case 0, PartKind.COUNTS -> {
                // Void, or not for the maps.
            }
            case PartKind.PROFILE_PUT -> write(MapKind.PROFILES, images, offset, length);
            case PartKind.PROFILE_REMOVE -> maps.profiles().remove(key);
            case PartKind.SEEN_PUT -> write(MapKind.SEEN, images, offset, length);
            case PartKind.SEEN_REMOVE -> {
                words.putBytes(0, images, offset, Integer.BYTES);
                // From the last: what is left when this is cut short is still a set.
                for (int chunk = words.getInt(0) - 1; chunk >= sub; chunk--) {
                    key.setPart(chunk);
                    maps.seen().remove(key);
                }
            }
            case PartKind.ITEM_PUT -> write(MapKind.ITEMS, images, offset, length);
            case PartKind.ITEM_REMOVE -> maps.items().remove(key);
            case PartKind.REGISTER -> {
                words.putBytes(0, images, offset, Long.BYTES);
                synchronized (registers) {
                    registers[(int) id] = words.getLong(0);
                }
            }
            case PartKind.IDENTITY_PUT, PartKind.IDENTITY_REMOVE -> applyIdentity(kind, id, images, offset);
            case PartKind.ERASURE -> {
                words.putBytes(0, images, offset, 3 * Long.BYTES);
                maps.erasures().add(words.getLong(0), words.getLong(Long.BYTES), words.getLong(2 * Long.BYTES));
            }
            default -> throw new IllegalStateException("unknown kind of part: kind=" + kind);
        }
    }

    private void applyIdentity(int kind, long profileId, byte[] images, int offset) {
        words.putBytes(0, images, offset, 2 * Long.BYTES);
        key.setId(words.getLong(0));
        key.setPart(words.getLong(Long.BYTES));
        if (kind == PartKind.IDENTITY_REMOVE) {
            maps.identities().remove(key);
        } else {
            words.putLong(0, profileId);
            write(MapKind.IDENTITIES, words.byteArray(), 0, Long.BYTES);
        }
    }

    private void write(MapKind map, byte[] images, int offset, int length) {
        maps.map(map).write(key, values[map.ordinal()].wrap(images, offset, length));
    }
}
