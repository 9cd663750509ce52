package io.magpie.core.store;

import io.magpie.core.BackgroundThread;
import io.magpie.core.log.LogScrub;
import io.magpie.core.log.NoSegmentException;
import io.magpie.core.log.UpdateLog;
import io.magpie.core.profile.IdentityHasher;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable state of one data directory: maps, the update log before them, and a manifest. Thread-safe: any number of
 * threads read, one at a time writes. What is read from it itself goes through a reader of the calling thread's own.
 *
 * <p>A change that was acknowledged survives the end of the process, however it ends. What the end of the machine leaves
 * is a matter of {@link StateConfiguration#syncMode()}.
 *
 * <p>Use a fixed set of threads, and no virtual ones: what the maps keep for a thread stays as long as the thread lives.
 */
public final class StateStore implements StateReader, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateStore.class);
    private static final long NO_ROOM_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path directory;
    private final StateConfiguration configuration;
    private final DirectoryLock directoryLock;
    private final ExecutorService preparer;
    private final StateMaps maps;
    private final UpdateLog log;
    private final StateCounts counts;
    private final long[] registers;
    private final byte[] identityKey;
    private final ReentrantLock writerLock = new ReentrantLock();
    private final StoreChange change;
    private final ScrubRests rests = new ScrubRests(writerLock);
    private final ThreadLocal<StateReader> readers = ThreadLocal.withInitial(this::newReader);
    private final SnapshotMaker snapshots;
    private final StateKeeper keeper;
    /** Held while a snapshot is made; {@link #close()} waits for it. */
    private final ReentrantLock snapshotLock = new ReentrantLock();

    private volatile SnapshotProgress snapshotUnderWay;
    /** Under the writer's lock. */
    private long noRoomToldNanos = System.nanoTime() - NO_ROOM_PAUSE_NANOS - 1;

    private volatile boolean failed;
    private volatile boolean closed;

    private StateStore(StateConfiguration configuration, StateOpener opened) {
        directory = opened.directory();
        this.configuration = configuration;
        directoryLock = opened.lock();
        preparer = opened.preparer();
        maps = opened.maps();
        log = opened.log();
        counts = opened.counts();
        registers = opened.registers();
        identityKey = opened.identityKey();
        snapshots = new SnapshotMaker(configuration, maps, log, counts, registers, writerLock);
        Owner owner = new Owner();
        keeper = new StateKeeper(opened, snapshots, writerLock, owner);
        change = new StoreChange(
                owner, configuration, maps, log, counts, new PartApplier(configuration, maps, registers), writerLock);
        log.prepareAhead();
        if (configuration.syncMode() == StateConfiguration.SyncMode.PERIODIC) {
            keeper.forceLogEvery(configuration.syncIntervalMillis());
        }
    }

    /**
     * Opens a data directory, or creates it where there is none or an empty one. After a crash the maps are recovered and
     * brought to the last record of the log; that takes a second and more.
     *
     * @param directory     of this store alone
     * @param configuration what it must have been created with
     * @throws StateStoreException if it cannot be opened; the message says why and what to do. A directory that is
     *     refused is left as it was
     */
    public static StateStore open(Path directory, StateConfiguration configuration) throws StateStoreException {
        return new StateStore(configuration, StateOpener.open(directory, configuration));
    }

    /** Makes the thread that prepares segments: one of its own, as a checkpoint may take longer than filling a segment. */
    static ExecutorService newPreparer() {
        return Executors.newSingleThreadExecutor(task -> BackgroundThread.of(task, "magpie-log-preparer"));
    }

    /** Returns what it was opened with. */
    public StateConfiguration configuration() {
        return configuration;
    }

    /** Makes a reader for the calling thread; see {@link StateReader}. */
    public StateReader newReader() {
        return new MapReader(maps, configuration.seenLimit());
    }

    /** Makes what hashes identities for the calling thread, with the key of this directory. */
    public IdentityHasher newIdentityHasher() {
        return new IdentityHasher(identityKey);
    }

    @Override
    public long findIdentity(long high, long low) {
        return readers.get().findIdentity(high, low);
    }

    @Override
    public boolean readProfile(long profileId, ProfileRecord into) {
        return readers.get().readProfile(profileId, into);
    }

    @Override
    public boolean readSeen(long profileId, SeenSet into) {
        return readers.get().readSeen(profileId, into);
    }

    @Override
    public boolean readItem(int edition, long itemId, ItemRecord into) {
        return readers.get().readItem(edition, itemId, into);
    }

    /**
     * Hands over every item of every edition, in no order. Meant for the start, before there are writers: a part of the map is locked
     * against writing while it is walked, and the consumer must not come back to the store.
     *
     * @param consumer gets one and the same record, overwritten for each item
     */
    public void forEachItem(Consumer<ItemRecord> consumer) {
        MapReader.ItemValue value = new MapReader.ItemValue();
        value.into = newItemRecord();
        EntryKey key = EntryMap.newKey();
        maps.items().forEach(key, value, () -> {
            value.into.edition(StateMaps.edition(key));
            consumer.accept(value.into);
        });
    }

    /** Hands over the ids of all items of one edition, in no order; as {@link #forEachItem}, but cheaper. */
    public void forEachItemId(int edition, LongConsumer consumer) {
        int part = StateMaps.itemPart(edition);
        maps.items().forEachKey(key -> {
            if (key.getPart() == part) {
                consumer.accept(key.getId());
            }
        });
    }

    /** Hands over every profile, as {@link #forEachItem} does items; also those that only lead to another one. */
    public void forEachProfile(Consumer<ProfileRecord> consumer) {
        MapReader.ProfileValue value = new MapReader.ProfileValue();
        value.into = newProfileRecord();
        maps.profiles().forEach(EntryMap.newKey(), value, () -> consumer.accept(value.into));
    }

    /** Takes an entry of the list of erasures. */
    @FunctionalInterface
    public interface ErasureConsumer {
        /**
         * Takes it.
         *
         * @param high       first half of the keyed hash; see {@link IdentityHasher#erasedProfile} and
         *     {@link IdentityHasher#erasedIdentity}
         * @param low        second half of it
         * @param timeMillis when it was erased, milliseconds since 1970
         */
        void accept(long high, long low, long timeMillis);
    }

    /**
     * Hands over who was erased and when, oldest first, some perhaps twice: for a snapshot that is older than an erasure.
     * Who restores one, or replays a log onto one, must drop every profile whose hash is here with a time at or after the
     * snapshot's, and every identity likewise, before anything is answered; and keep this list as that of what is restored.
     * Changes wait meanwhile.
     *
     * @throws StateStoreException if the list cannot be read
     */
    public void forEachErasure(ErasureConsumer consumer) throws StateStoreException {
        writerLock.lock();
        try {
            maps.erasures().forEach(consumer::accept);
        } catch (IOException e) {
            throw new StateStoreException("The list of erasures cannot be read: " + e + ". directory=" + directory, e);
        } finally {
            writerLock.unlock();
        }
    }

    /** Returns one of the state's numbers; 0 if it was never set. Any thread. */
    public long register(Register register) {
        synchronized (registers) {
            return registers[register.number()];
        }
    }

    /** Makes an empty record of the store's shape. */
    public ProfileRecord newProfileRecord() {
        return configuration.newProfileRecord();
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
        return counts.of(MapKind.PROFILES);
    }

    /** Returns how many items it holds. Any thread. */
    public long itemCount() {
        return counts.of(MapKind.ITEMS);
    }

    /** Returns figures. Any thread. */
    public StateStatistics statistics() {
        return new StateStatistics(
                counts.of(MapKind.PROFILES),
                configuration.maxProfiles(),
                counts.of(MapKind.ITEMS),
                configuration.maxItems(),
                counts.of(MapKind.SEEN),
                configuration.maxSeenChunks(),
                counts.of(MapKind.IDENTITIES),
                configuration.maxIdentities(),
                log.lastSequence(),
                keeper.checkpoint(),
                log.segmentCount(),
                failed);
    }

    /**
     * Begins a change; waits for the writer's lock. See {@link Change}.
     *
     * @throws IllegalStateException if the calling thread has begun one already, or the store is closed
     */
    public Change begin() {
        if (writerLock.isHeldByCurrentThread()) {
            throw new IllegalStateException("this thread has begun a change already");
        }
        writerLock.lock();
        if (closed) {
            writerLock.unlock();
            throw new IllegalStateException("the store is closed");
        }
        return change.begin();
    }

    /**
     * Overwrites in the log what a change left of whom it removed. Others write meanwhile, between pieces of some milliseconds.
     * When this returns, nothing is left.
     *
     * @param rest from {@link Change#takeRest()}, of a change that is closed
     * @return how many parts were overwritten
     */
    public int finish(LogScrub rest) {
        return rests.finish(rest);
    }

    /**
     * Forces the maps to the device, notes in the manifest how far they reach, and cuts the log. Reads and changes go on
     * meanwhile. Any thread but one that has begun a change.
     *
     * @throws StateStoreException if a file cannot be written; nothing is lost by that: the log keeps what it has
     */
    public void checkpoint() throws StateStoreException {
        keeper.askAndWait();
    }

    /**
     * Copies the state as of one change into a new directory, while reads and changes go on. One at a time; the calling
     * thread makes it, and may be held back on purpose. The log is kept meanwhile from where it was when this began.
     *
     * @param target         where; must not exist, and its parent must
     * @param bytesPerSecond how fast entries are copied at most; 0 for no limit
     * @param progress       is kept up to date, and may be told to give up
     * @throws StateStoreException if it cannot be made; nothing is left of it then, and the store is as it was
     */
    public void snapshot(Path target, long bytesPerSecond, SnapshotProgress progress) throws StateStoreException {
        if (!snapshotLock.tryLock()) {
            throw new StateStoreException("A snapshot is under way; wait until it has ended.");
        }
        try {
            snapshotUnderWay = progress;
            if (closed) {
                throw new StateStoreException("The store is closed.");
            }
            if (Files.exists(target)) {
                throw new StateStoreException("There is something of this name: " + target + ". Choose another one.");
            }
            snapshots.make(target, bytesPerSecond, progress);
        } catch (IOException e) {
            throw new StateStoreException("No snapshot could be made: " + e + ". target=" + target, e);
        } finally {
            snapshotUnderWay = null;
            snapshotLock.unlock();
        }
    }

    private void endSnapshot() {
        SnapshotProgress underWay = snapshotUnderWay;
        if (underWay != null) {
            underWay.cancel();
        }
        snapshotLock.lock();
        snapshotLock.unlock();
    }

    /**
     * Makes a checkpoint, marks the directory clean, and lets go of it. No reader may be at work. A second call does
     * nothing.
     *
     * @throws StateStoreException if the last checkpoint fails; the directory is let go of, and recovers at the next start
     */
    @Override
    public void close() throws StateStoreException {
        writerLock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            rests.awaitNone();
        } finally {
            writerLock.unlock();
        }
        endSnapshot();
        preparer.shutdown();
        try {
            keeper.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new StateStoreException(
                    "The store was closed without a checkpoint: " + e + ". Nothing is lost; the next start takes"
                            + " longer. directory=" + directory,
                    e);
        } finally {
            StateOpener.release(maps, log, directoryLock);
        }
    }

    StateMaps maps() {
        return maps;
    }

    /** Returns how many entries a map should hold. */
    long expected(MapKind kind) {
        return counts.of(kind);
    }

    /** What a change needs of the store. */
    private final class Owner implements StoreChange.Owner {
        @Override
        public boolean hasFailed() {
            return failed;
        }

        @Override
        public void fail(Throwable why) {
            failed = true;
            LOGGER.error("the store takes no more changes; what it acknowledged is kept: directory={}", directory, why);
        }

        @Override
        public void noRoom(NoSegmentException why) {
            long now = System.nanoTime();
            if (now - noRoomToldNanos > NO_ROOM_PAUSE_NANOS) {
                noRoomToldNanos = now;
                LOGGER.error("changes are refused until there is room on the disk: directory={}", directory, why);
                // Makes room where it can: it lets go of segments whose changes are in the maps.
                keeper.ask();
            }
        }

        @Override
        public void committed() {
            if (log.segmentCount() > configuration.checkpointSegments()) {
                keeper.ask();
            }
        }

        @Override
        public void tookRest() {
            rests.taken();
        }
    }
}
