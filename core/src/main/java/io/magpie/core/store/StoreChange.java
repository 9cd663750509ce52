package io.magpie.core.store;

import io.magpie.core.Outcome;
import io.magpie.core.log.LogScrub;
import io.magpie.core.log.NoSegmentException;
import io.magpie.core.log.UpdateLog;
import io.magpie.core.profile.ItemCodec;
import io.magpie.core.profile.ItemDescriptor;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenCodec;
import io.magpie.core.profile.SeenSet;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.UnsafeBuffer;

/** The one change that there is at a time; belongs to who holds the writer's lock. */
final class StoreChange implements Change {
    /** What the change needs of its store. */
    interface Owner {
        /** Returns whether no more changes are taken. */
        boolean hasFailed();

        /** Stops the taking of changes. */
        void fail(Throwable why);

        /** Says that a change was refused because the disk is full; nothing happened. */
        void noRoom(NoSegmentException why);

        /** Called after each change, still under the lock. */
        void committed();

        /** Says that somebody will overwrite later what a change left. */
        void tookRest();
    }

    /** Parts that a change overwrites by itself: some milliseconds' work, and more than most people have. */
    static final int SCRUB_PIECE = 1_024;

    private static final MapKind[] KINDS = MapKind.values();

    private final Owner owner;
    private final StateConfiguration configuration;
    private final StateMaps maps;
    private final UpdateLog log;
    private final StateCounts counts;
    private final PartApplier applier;
    private final ReentrantLock lock;
    private final boolean syncEachCommit;

    private final PartList parts = new PartList();
    private final EntryKey key = EntryMap.newKey();
    private final MapReader reader;
    private final IdentityTraces traces;
    private final UnsafeBuffer number = new UnsafeBuffer(new byte[StateCounts.LENGTH]);
    /** How many entries each map has after the change. */
    private final long[] entries = new long[KINDS.length];

    /** Another one once this is somebody else's to finish. */
    private LogScrub scrub;

    /** The profile that this change read last, if it read one, and whether there is one: so it need not be looked for again. */
    private long readProfileId;

    private boolean hasRead;
    private boolean isReadThere;
    /** The same of the item. */
    private long readItemId;

    private int readItemEdition;
    private boolean hasReadItem;
    private boolean isReadItemThere;
    private boolean hasRest;
    private boolean open;
    private long sequence;
    private int scrubbedParts;

    StoreChange(
            Owner owner,
            StateConfiguration configuration,
            StateMaps maps,
            UpdateLog log,
            StateCounts counts,
            PartApplier applier,
            ReentrantLock lock) {
        this.owner = owner;
        this.configuration = configuration;
        this.maps = maps;
        this.log = log;
        this.counts = counts;
        this.applier = applier;
        this.lock = lock;
        reader = new MapReader(maps, configuration.seenLimit());
        syncEachCommit = configuration.syncMode() == StateConfiguration.SyncMode.EVERY_COMMIT;
        traces = new IdentityTraces(configuration);
        scrub = newScrub();
    }

    private LogScrub newScrub() {
        // What removes an identity goes last: killed half-way, no older part may bring the identity back.
        return log.newScrub(
                (kind, id, buffer, offset, length) -> PartKind.isPersonal(kind),
                (kind, id, buffer, offset, length) -> kind == PartKind.IDENTITY_REMOVE);
    }

    /** Called under the lock. */
    StoreChange begin() {
        parts.clear();
        open = true;
        sequence = 0;
        scrubbedParts = 0;
        hasRead = false;
        hasReadItem = false;
        traces.clear();
        return this;
    }

    @Override
    public long findIdentity(long high, long low) {
        return reader.findIdentity(high, low);
    }

    @Override
    public boolean readProfile(long profileId, ProfileRecord into) {
        isReadThere = reader.readProfile(profileId, into);
        readProfileId = reader.lastId();
        hasRead = true;
        return isReadThere;
    }

    @Override
    public boolean readSeen(long profileId, SeenSet into) {
        return reader.readSeen(profileId, into);
    }

    @Override
    public boolean readItem(int edition, long itemId, ItemRecord into) {
        isReadItemThere = reader.readItem(edition, itemId, into);
        readItemId = itemId;
        readItemEdition = edition;
        hasReadItem = true;
        return isReadItemThere;
    }

    @Override
    public void putProfile(ProfileRecord profile) {
        requireOpen();
        long id = profile.profileId();
        parts.forget(PartKind.PROFILE_PUT, PartKind.PROFILE_REMOVE, id);
        int offset = parts.reserve(ProfileCodec.imageLength(profile));
        int length = ProfileCodec.encode(profile, parts.images(), offset);
        boolean isThere = hasRead && readProfileId == id ? isReadThere : contains(maps.profiles(), id, 0);
        parts.add(PartKind.PROFILE_PUT, id, 0, length, isThere ? 0 : 1);
    }

    @Override
    public void removeProfile(long profileId) {
        requireOpen();
        parts.forget(PartKind.PROFILE_PUT, PartKind.PROFILE_REMOVE, profileId);
        if (contains(maps.profiles(), profileId, 0)) {
            parts.add(PartKind.PROFILE_REMOVE, profileId, 0, 0, -1);
        }
    }

    @Override
    public void putSeen(SeenSet seen) {
        requireOpen();
        long id = seen.profileId();
        parts.forget(PartKind.SEEN_PUT, PartKind.SEEN_REMOVE, id);
        int chunks = seen.chunkCount();
        int stored = storedChunks(id);
        for (int chunk = 0; chunk < chunks; chunk++) {
            if (chunk >= stored || seen.isChunkDirty(chunk)) {
                int offset = parts.reserve(SeenCodec.imageLength(seen, chunk));
                int length = SeenCodec.encode(seen, chunk, parts.images(), offset);
                parts.add(PartKind.SEEN_PUT, id, chunk, length, chunk < stored ? 0 : 1);
            }
        }
        if (stored > chunks) {
            addSeenRemoval(id, chunks, stored);
        }
    }

    @Override
    public void removeSeen(long profileId) {
        requireOpen();
        parts.forget(PartKind.SEEN_PUT, PartKind.SEEN_REMOVE, profileId);
        int stored = storedChunks(profileId);
        if (stored > 0) {
            addSeenRemoval(profileId, 0, stored);
        }
    }

    private int storedChunks(long profileId) {
        int stored = 0;
        while (contains(maps.seen(), profileId, stored)) {
            stored++;
        }
        return stored;
    }

    private void addSeenRemoval(long id, int from, int to) {
        int offset = parts.reserve(Integer.BYTES);
        number.putInt(0, to);
        number.getBytes(0, parts.images(), offset, Integer.BYTES);
        parts.add(PartKind.SEEN_REMOVE, id, from, Integer.BYTES, from - to);
    }

    @Override
    public void putItem(ItemRecord item) {
        requireOpen();
        long id = item.itemId();
        int edition = StateMaps.itemPart(item.edition());
        parts.forget(PartKind.ITEM_PUT, PartKind.ITEM_REMOVE, id, edition);
        int offset = parts.reserve(ItemDescriptor.imageLength(item.dimension()));
        int length = ItemCodec.encode(item, parts.images(), offset);
        boolean isThere = hasReadItem && readItemId == id && readItemEdition == item.edition()
                ? isReadItemThere
                : contains(maps.items(), id, edition);
        parts.add(PartKind.ITEM_PUT, id, edition, length, isThere ? 0 : 1);
    }

    @Override
    public void removeItem(int edition, long itemId) {
        requireOpen();
        int part = StateMaps.itemPart(edition);
        parts.forget(PartKind.ITEM_PUT, PartKind.ITEM_REMOVE, itemId, part);
        if (contains(maps.items(), itemId, part)) {
            parts.add(PartKind.ITEM_REMOVE, itemId, part, 0, -1);
        }
    }

    @Override
    public void putIdentity(long high, long low, long profileId) {
        requireOpen();
        forgetIdentity(high, low);
        addWords(PartKind.IDENTITY_PUT, profileId, 2, contains(maps.identities(), high, low) ? 0 : 1, high, low, 0);
    }

    @Override
    public void removeIdentity(long high, long low, long profileId, boolean wasElsewhere) {
        requireOpen();
        forgetIdentity(high, low);
        if (contains(maps.identities(), high, low)) {
            if (wasElsewhere) {
                traces.add(high, low);
            }
            addWords(PartKind.IDENTITY_REMOVE, profileId, 2, -1, high, low, 0);
        }
    }

    private void forgetIdentity(long high, long low) {
        for (int i = 0; i < parts.count(); i++) {
            int kind = parts.kind(i);
            if (kind == PartKind.IDENTITY_PUT || kind == PartKind.IDENTITY_REMOVE) {
                number.putBytes(0, parts.images(), parts.offset(i), 2 * Long.BYTES);
                if (number.getLong(0) == high && number.getLong(Long.BYTES) == low) {
                    parts.forget(i);
                }
            }
        }
    }

    @Override
    public void addErasure(long high, long low, long timeMillis) {
        requireOpen();
        addWords(PartKind.ERASURE, 0, 3, 0, high, low, timeMillis);
    }

    private void addWords(int kind, long id, int words, int growth, long first, long second, long third) {
        int length = words * Long.BYTES;
        int offset = parts.reserve(length);
        number.putLong(0, first);
        number.putLong(Long.BYTES, second);
        number.putLong(2 * Long.BYTES, third);
        number.getBytes(0, parts.images(), offset, length);
        parts.add(kind, id, 0, length, growth);
    }

    @Override
    public void putRegister(Register register, long value) {
        requireOpen();
        parts.forget(PartKind.REGISTER, PartKind.REGISTER, register.number());
        int offset = parts.reserve(Long.BYTES);
        number.putLong(0, value);
        number.getBytes(0, parts.images(), offset, Long.BYTES);
        parts.add(PartKind.REGISTER, register.number(), 0, Long.BYTES, 0);
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public int scrubbedParts() {
        return scrubbedParts;
    }

    @Override
    public Outcome commit() {
        requireOpen();
        open = false;
        if (owner.hasFailed()) {
            return Outcome.STORAGE_FAILED;
        }
        for (MapKind kind : KINDS) {
            long before = counts.of(kind);
            long after = before + growth(kind.putKind(), kind.removeKind());
            if (after > before && after > kind.entries(configuration)) {
                return Outcome.STORE_FULL;
            }
            entries[kind.ordinal()] = after;
        }
        if (!fillRecord()) {
            return Outcome.OK;
        }
        try {
            sequence = log.commit();
            if (syncEachCommit) {
                log.forceNewest();
            }
            apply();
            counts.set(entries);
            owner.committed();
            return Outcome.OK;
        } catch (NoSegmentException e) {
            owner.noRoom(e);
            return Outcome.STORAGE_FAILED;
        } catch (IOException | RuntimeException | Error e) {
            owner.fail(e);
            return Outcome.STORAGE_FAILED;
        }
    }

    private int growth(int put, int remove) {
        int growth = 0;
        for (int i = 0; i < parts.count(); i++) {
            int kind = parts.kind(i);
            if (kind == put || kind == remove) {
                growth += parts.growth(i);
            }
        }
        return growth;
    }

    private boolean fillRecord() {
        boolean any = false;
        log.begin(PartKind.CHANGE);
        for (int i = 0; i < parts.count(); i++) {
            if (parts.kind(i) != 0) {
                any = true;
                log.part(parts.kind(i), parts.id(i), parts.sub(i), parts.images(), parts.offset(i), parts.length(i));
            }
        }
        if (any) {
            StateCounts.encode(number, entries);
            log.part(PartKind.COUNTS, 0, 0, number.byteArray(), 0, StateCounts.LENGTH);
        }
        return any;
    }

    private void apply() throws IOException {
        for (int i = 0; i < parts.count(); i++) {
            applier.apply(parts.kind(i), parts.id(i), parts.sub(i), parts.images(), parts.offset(i), parts.length(i));
        }
        scrubRemoved();
    }

    private void scrubRemoved() {
        boolean any = false;
        for (int i = 0; i < parts.count(); i++) {
            any |= parts.kind(i) == PartKind.PROFILE_REMOVE;
        }
        if (!any) {
            return;
        }
        if (!traces.isEmpty()) {
            scrubbedParts += log.scrub((kind, id, buffer, offset, length) -> traces.isIn(kind, buffer, offset, length));
        }
        for (int i = 0; i < parts.count(); i++) {
            if (parts.kind(i) == PartKind.PROFILE_REMOVE) {
                scrub.add(parts.id(i));
            }
        }
        hasRest = !scrub.run(SCRUB_PIECE);
        scrubbedParts += scrub.takeCount();
    }

    @Override
    public LogScrub takeRest() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("this change was closed before, or is another thread's");
        }
        if (!hasRest) {
            return null;
        }
        LogScrub rest = scrub;
        scrub = newScrub();
        hasRest = false;
        owner.tookRest();
        return rest;
    }

    private boolean contains(EntryMap map, long id, long part) {
        key.setId(id);
        key.setPart(part);
        return map.contains(key);
    }

    private void requireOpen() {
        if (!open || !lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("this change was committed or closed before, or is another thread's");
        }
    }

    @Override
    public void close() {
        if (lock.isHeldByCurrentThread()) {
            open = false;
            if (hasRest) {
                hasRest = !scrub.run(Integer.MAX_VALUE);
                scrub.takeCount();
            }
            lock.unlock();
        }
    }
}
