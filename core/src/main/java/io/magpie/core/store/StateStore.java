package io.magpie.core.store;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ImageMemory;
import io.magpie.core.profile.ItemCodec;
import io.magpie.core.profile.ItemDescriptor;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenCodec;
import io.magpie.core.profile.SeenSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The durable state of one data directory. Thread-safe: any number of threads read, one at a time writes.
 *
 * <p>Use a fixed set of threads: what the maps keep for a thread stays for as long as the thread lives.
 */
public final class StateStore implements AutoCloseable {
    private final StateConfiguration configuration;
    private final ReentrantLock writerLock = new ReentrantLock();
    private final ConcurrentHashMap<Long, byte[]> profiles = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, byte[][]> seen = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, byte[]> items = new ConcurrentHashMap<>();
    private final long[] registers = new long[Register.CAPACITY];
    private final MemoryChange change = new MemoryChange();
    private final StateReader reader = new MemoryReader();

    private StateStore(StateConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Opens a data directory, or creates it where there is none or an empty one.
     *
     * @param directory     of this store alone
     * @param configuration what it must have been created with
     * @throws StateStoreException if it cannot be opened; the message says why and what to do; files are untouched then
     */
    public static StateStore open(Path directory, StateConfiguration configuration) throws StateStoreException {
        return new StateStore(configuration);
    }

    /** Returns what it was opened with. */
    public StateConfiguration configuration() {
        return configuration;
    }

    /** Makes a reader for the calling thread; see {@link StateReader}. */
    public StateReader newReader() {
        return reader;
    }

    /** Reads a profile through the calling thread's own reader; see {@link StateReader#readProfile}. */
    public boolean readProfile(long profileId, ProfileRecord into) {
        return reader.readProfile(profileId, into);
    }

    /** Reads a seen set through the calling thread's own reader; see {@link StateReader#readSeen}. */
    public boolean readSeen(long profileId, SeenSet into) {
        return reader.readSeen(profileId, into);
    }

    /** Reads an item through the calling thread's own reader; see {@link StateReader#readItem}. */
    public boolean readItem(long itemId, ItemRecord into) {
        return reader.readItem(itemId, into);
    }

    /**
     * Hands over every item, in no order. Meant for the start, before there are writers; an item that is changed
     * meanwhile may be handed over old or new.
     *
     * @param consumer gets one and the same record, overwritten for each item
     */
    public void forEachItem(Consumer<ItemRecord> consumer) {
        ItemRecord record = newItemRecord();
        items.keySet().forEach(id -> {
            if (readItem(id, record)) {
                consumer.accept(record);
            }
        });
    }

    /** Hands over every profile, like {@link #forEachItem}. */
    public void forEachProfile(Consumer<ProfileRecord> consumer) {
        ProfileRecord record = newProfileRecord();
        profiles.keySet().forEach(id -> {
            if (readProfile(id, record)) {
                consumer.accept(record);
            }
        });
    }

    /** Returns one of the state's numbers; 0 if it was never set. Any thread. */
    public long register(Register register) {
        synchronized (registers) {
            return registers[register.number()];
        }
    }

    /** Makes an empty record of the store's shape. */
    public ProfileRecord newProfileRecord() {
        return new ProfileRecord(
                configuration.sourceCapacity(), configuration.slotCapacity(), configuration.dimension());
    }

    /** Makes an empty seen set of the store's limit. */
    public SeenSet newSeenSet() {
        return new SeenSet(configuration.seenLimit());
    }

    /** Makes an empty item of the store's dimension. */
    public ItemRecord newItemRecord() {
        return new ItemRecord(configuration.dimension());
    }

    /** Returns how many profiles it holds. Any thread. */
    public long profileCount() {
        return profiles.size();
    }

    /** Returns how many items it holds. Any thread. */
    public long itemCount() {
        return items.size();
    }

    /** Returns figures. Any thread. */
    public StateStatistics statistics() {
        return new StateStatistics(
                profileCount(),
                configuration.maxProfiles(),
                itemCount(),
                configuration.maxItems(),
                0,
                configuration.maxSeenChunks(),
                0,
                0,
                0,
                false);
    }

    /** Begins a change; waits for the writer's lock. See {@link Change}. */
    public Change begin() {
        writerLock.lock();
        change.parts.clear();
        change.committed = false;
        return change;
    }

    /** Writes the maps to the device, notes in the manifest how far they reach, and cuts the log. Any thread. */
    public void checkpoint() throws StateStoreException {}

    /** Makes a checkpoint, marks the directory clean, and lets go of it. No reader may be at work. */
    @Override
    public void close() throws StateStoreException {}

    private final class MemoryReader implements StateReader {
        @Override
        public boolean readProfile(long profileId, ProfileRecord into) {
            byte[] image = profiles.get(profileId);
            return image != null && ProfileCodec.decode(image, ImageMemory.BYTES, image.length, into);
        }

        @Override
        public boolean readSeen(long profileId, SeenSet into) {
            into.clear(profileId);
            byte[][] chunks = seen.get(profileId);
            if (chunks == null) {
                return false;
            }
            for (byte[] chunk : chunks) {
                SeenCodec.decode(chunk, ImageMemory.BYTES, chunk.length, into);
            }
            return true;
        }

        @Override
        public boolean readItem(long itemId, ItemRecord into) {
            byte[] image = items.get(itemId);
            return image != null && ItemCodec.decode(image, ImageMemory.BYTES, image.length, into);
        }
    }

    private final class MemoryChange implements Change {
        private final List<Runnable> parts = new ArrayList<>();
        private boolean committed;

        @Override
        public void putProfile(ProfileRecord profile) {
            byte[] image = new byte[ProfileCodec.imageLength(profile)];
            ProfileCodec.encode(profile, image, 0);
            long id = profile.profileId();
            parts.add(() -> profiles.put(id, image));
        }

        @Override
        public void removeProfile(long profileId) {
            parts.add(() -> profiles.remove(profileId));
        }

        @Override
        public void putSeen(SeenSet set) {
            byte[][] chunks = new byte[set.chunkCount()][];
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = new byte[SeenCodec.imageLength(set, i)];
                SeenCodec.encode(set, i, chunks[i], 0);
            }
            long id = set.profileId();
            set.markClean();
            parts.add(() -> seen.put(id, chunks));
        }

        @Override
        public void removeSeen(long profileId) {
            parts.add(() -> seen.remove(profileId));
        }

        @Override
        public void putItem(ItemRecord item) {
            byte[] image = new byte[ItemDescriptor.imageLength(configuration.dimension())];
            ItemCodec.encode(item, image, 0);
            long id = item.itemId();
            parts.add(() -> items.put(id, image));
        }

        @Override
        public void removeItem(long itemId) {
            parts.add(() -> items.remove(itemId));
        }

        @Override
        public void putRegister(Register register, long value) {
            parts.add(() -> {
                synchronized (registers) {
                    registers[register.number()] = value;
                }
            });
        }

        @Override
        public Outcome commit() {
            if (committed || !writerLock.isHeldByCurrentThread()) {
                throw new IllegalStateException("this change was committed before, or was not begun");
            }
            committed = true;
            parts.forEach(Runnable::run);
            return Outcome.OK;
        }

        @Override
        public void close() {
            writerLock.unlock();
        }
    }
}
