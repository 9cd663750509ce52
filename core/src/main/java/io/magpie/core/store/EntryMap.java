package io.magpie.core.store;

import io.magpie.core.CLibrary;
import io.magpie.core.profile.ImageMemory;
import java.io.File;
import java.io.IOException;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.hash.ChecksumEntry;
import net.openhft.chronicle.hash.ChronicleHashCorruption;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.hash.serialization.SizeMarshaller;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;
import net.openhft.chronicle.values.Values;
import org.agrona.UnsafeApi;

/**
 * One persisted map of images of constant length under an {@link EntryKey}. Thread-safe as Chronicle Map is; keys belong
 * to the calling thread. Its threads are a fixed set: contexts are kept for a thread for as long as it lives.
 */
final class EntryMap implements AutoCloseable {
    private static final byte[] ZEROS = new byte[4096];

    private final ChronicleMap<EntryKey, EntryValue> map;
    private final int valueLength;

    private EntryMap(ChronicleMap<EntryKey, EntryValue> map, int valueLength) {
        this.map = map;
        this.valueLength = valueLength;
    }

    static EntryKey newKey() {
        return Values.newHeapInstance(EntryKey.class);
    }

    /** Opens a map that was closed cleanly, or creates its file. */
    static EntryMap open(File file, String name, long entries, int valueLength) throws IOException {
        return new EntryMap(builder(name, entries, valueLength).createPersistedTo(file), valueLength);
    }

    /** Opens a map after a crash: frees locks, drops entries whose checksum fails, rebuilds what hangs on them. */
    static EntryMap recover(
            File file, String name, long entries, int valueLength, ChronicleHashCorruption.Listener listener)
            throws IOException {
        return new EntryMap(builder(name, entries, valueLength).recoverPersistedTo(file, true, listener), valueLength);
    }

    private static ChronicleMapBuilder<EntryKey, EntryValue> builder(String name, long entries, int valueLength) {
        int segments = segments(entries);
        long mean = (entries + segments - 1) / segments;
        // Six standard deviations of what chance puts into one segment: no segment needs a further tier, which would
        // make the file grow while it is in use.
        long slack = segments == 1 ? 8 : (long) (6 * Math.sqrt(mean)) + 16;
        return ChronicleMapBuilder.of(EntryKey.class, EntryValue.class)
                .name(name)
                .valueMarshaller(EntryMarshaller.INSTANCE)
                .valueSizeMarshaller(SizeMarshaller.constant(valueLength))
                .actualSegments(segments)
                .entriesPerSegment(mean + slack)
                .putReturnsNull(true)
                .removeReturnsNull(true)
                .checksumEntries(true)
                .skipCloseOnExitHook(true);
    }

    private static int segments(long entries) {
        return (int) Math.max(1, Math.min(64, Long.highestOneBit(entries / 2048)));
    }

    /** Reads a value; allocates nothing. */
    boolean read(EntryKey key, EntryValue into) {
        return map.getUsing(key, into) != null;
    }

    boolean contains(EntryKey key) {
        return map.containsKey(key);
    }

    /**
     * Writes a value. Replacing is done in place under the entry's lock and allocates nothing; a new entry allocates a
     * little in Chronicle.
     *
     * @return whether the entry is new
     */
    boolean write(EntryKey key, ImageValue value) {
        try (ExternalMapQueryContext<EntryKey, EntryValue, ?> context = map.queryContext(key)) {
            context.writeLock().lock();
            MapEntry<EntryKey, EntryValue> entry = context.entry();
            if (entry == null) {
                context.insert(context.absentEntry(), context.wrapValueAsData(value));
                return true;
            }
            long address = address(entry.value());
            UnsafeApi.copyMemory(value.image(), ImageMemory.BYTES + value.offset(), null, address, value.length());
            clear(address + value.length(), address + valueLength);
            ((ChecksumEntry) entry).updateChecksum();
            return false;
        }
    }

    /**
     * Removes an entry, its bytes overwritten with zeros.
     *
     * @return whether there was one
     */
    boolean remove(EntryKey key) {
        try (ExternalMapQueryContext<EntryKey, EntryValue, ?> context = map.queryContext(key)) {
            context.writeLock().lock();
            MapEntry<EntryKey, EntryValue> entry = context.entry();
            if (entry == null) {
                return false;
            }
            long address = address(entry.value());
            Data<EntryKey> storedKey = entry.key();
            long keyAddress = address(storedKey);
            long keyLength = storedKey.size();
            UnsafeApi.setMemory(null, address, valueLength, (byte) 0);
            context.remove(entry);
            // Still under the segment's lock: nobody has been given this memory yet.
            UnsafeApi.setMemory(null, keyAddress, keyLength, (byte) 0);
            return true;
        }
    }

    /** Copies zeros, which is done 32 bytes at a time; to fill memory is a call of the virtual machine. */
    private static void clear(long from, long to) {
        for (long at = from; at < to; at += ZEROS.length) {
            UnsafeApi.copyMemory(ZEROS, ImageMemory.BYTES, null, at, Math.min(ZEROS.length, to - at));
        }
    }

    private static long address(Data<?> data) {
        RandomDataInput bytes = data.bytes();
        return bytes.addressForRead(data.offset());
    }

    /** Reads every entry into one key and value, and tells after each; a part of the map is locked against writing. */
    void forEach(EntryKey key, EntryValue into, Runnable each) {
        map.forEachEntry(entry -> {
            entry.key().getUsing(key);
            entry.value().getUsing(into);
            each.run();
        });
    }

    /**
     * Takes a key, the same object each time.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    interface KeyHandler<E extends Exception> {
        void onKey(EntryKey key) throws E;
    }

    /**
     * Hands over every key. A part of the map is locked against writing only while its keys are noted, some thousand in a
     * millisecond, and not while they are handed over: an entry may be gone by then.
     */
    <E extends Exception> void forEachKey(KeyHandler<E> handler) throws E {
        KeyList keys = new KeyList();
        EntryKey key = newKey();
        for (int segment = 0; segment < map.segments(); segment++) {
            note(segment, key, keys);
            for (int i = 0; i < keys.count(); i++) {
                keys.get(i, key);
                handler.onKey(key);
            }
        }
    }

    private void note(int segment, EntryKey key, KeyList into) {
        into.clear();
        try (MapSegmentContext<EntryKey, EntryValue, ?> context = map.segmentContext(segment)) {
            context.forEachSegmentEntry(entry -> {
                entry.key().getUsing(key);
                into.add(key.getId(), key.getPart());
            });
        }
    }

    /** Copies every entry into an empty map of the same kind. Nobody may be writing. */
    void copyTo(EntryMap target) {
        EntryKey key = newKey();
        ImageValue value = new ImageValue(valueLength);
        map.forEachEntry(entry -> {
            entry.value().getUsing(value);
            target.write(entry.key().getUsing(key), value);
        });
    }

    long size() {
        return map.longSize();
    }

    /** Makes it cheap to force the file to the device; see {@link CLibrary#unmapPages}. */
    synchronized void unmapPages() {
        if (map.isOpen()) {
            VanillaChronicleHash<?, ?, ?, ?> hash = (VanillaChronicleHash<?, ?, ?, ?>) map;
            CLibrary.unmapPages(hash.bsAddress(), hash.sizeInBytesWithoutTiers());
        }
    }

    /** Frees the memory; a second call does nothing. */
    @Override
    public synchronized void close() {
        map.close();
    }
}
