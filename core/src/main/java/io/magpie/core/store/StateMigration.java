package io.magpie.core.store;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a data directory of another shape out of one: another dimension, other sources, other room. The old one stays as it
 * is (it is recovered first if a crash left it so); the new one has its name only when it is complete. Offline: both are
 * locked meanwhile. Stateless.
 *
 * <p>Another dimension drops every vector: the slots and the items. Consent, what was seen, versions and redirects stay. A
 * source that is left out goes with its slots, consents and seen items; the names of events by which repeats are told are
 * forgotten where a source's number changes, because they are mixed with it.
 */
public final class StateMigration {
    /** A source that is new. */
    private static final int NEW = -1;

    /**
     * What was carried over, and what was not.
     *
     * @param profiles     profiles carried over
     * @param items        items carried over, of all editions
     * @param droppedItems items of another dimension
     * @param droppedSlots slots of another dimension, of sources left out, or for which there is no room
     * @param droppedSeen  seen and shown items of sources left out, or for which there is no room
     */
    public record Result(long profiles, long items, long droppedItems, long droppedSlots, long droppedSeen) {}

    private final StateStore from;
    private final StateStore to;
    private final int[] newNumbers;
    private final boolean keepsVectors;
    private final boolean keepsEvents;
    private final ProfileRecord old;
    private final ProfileRecord made;
    private final SeenSet oldSeen;
    private final SeenSet seen;
    private final ItemRecord item;
    private long profiles;
    private long items;
    private long droppedItems;
    private long droppedSlots;
    private long droppedSeen;

    private StateMigration(StateStore from, StateStore to, int[] newNumbers) {
        this.from = from;
        this.to = to;
        this.newNumbers = newNumbers;
        keepsVectors = from.configuration().dimension() == to.configuration().dimension();
        boolean keeps = true;
        for (int i = 0; i < newNumbers.length; i++) {
            keeps &= newNumbers[i] == i || newNumbers[i] == NEW;
        }
        keepsEvents = keeps;
        old = from.newProfileRecord();
        made = to.newProfileRecord();
        oldSeen = from.newSeenSet();
        seen = to.newSeenSet();
        item = from.newItemRecord();
    }

    /**
     * Returns the shape that a directory was made with.
     *
     * @throws StateStoreException if it is none, or damaged
     */
    public static StateConfiguration shapeOf(Path directory) throws StateStoreException {
        try {
            if (StateFiles.classify(directory) != StateFiles.Kind.STATE) {
                throw new StateStoreException("The directory is not one of Magpie's: directory=" + directory
                        + ". Nothing was changed. Name the data directory of a server.");
            }
            return Manifest.read(directory).configuration(directory).build();
        } catch (IOException e) {
            throw new StateStoreException("The data directory cannot be read: " + e + ". directory=" + directory, e);
        }
    }

    /**
     * Copies.
     *
     * @param directory  of a store that is closed; not changed, but recovered if need be
     * @param target     does not exist, or is an empty directory
     * @param shape      what the target is made with
     * @param formerly   for each source of the shape the name that it has in the old directory, or null for a new one
     * @throws StateStoreException if one of them cannot be used, or not everything fits; nothing is left of the target then
     */
    public static Result migrate(Path directory, Path target, StateConfiguration shape, List<String> formerly)
            throws StateStoreException {
        StateConfiguration old = shapeOf(directory);
        int[] newNumbers = newNumbers(old.sources(), shape.sources(), formerly);
        Path partial = target.toAbsolutePath().resolveSibling(target.getFileName() + StateFiles.PARTIAL);
        try {
            if (StateFiles.classify(target) != StateFiles.Kind.EMPTY) {
                throw new StateStoreException("The directory is not empty: directory=" + target
                        + ". Nothing was changed. Migrate into a new one.");
            }
            try (StateStore from = StateStore.open(directory, old)) {
                StateFiles.deleteTree(partial);
                Result result;
                try (StateStore to = StateStore.open(partial, shape)) {
                    result = new StateMigration(from, to, newNumbers).copy();
                }
                StateFiles.deleteTree(target);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                StateFiles.forceDirectory(target.toAbsolutePath().getParent());
                return result;
            } finally {
                StateFiles.deleteTree(partial);
            }
        } catch (IOException e) {
            throw new StateStoreException(
                    "The new directory cannot be made: " + e + ". target=" + target
                            + ". Nothing of it is left. Is there room on its disk?",
                    e);
        }
    }

    /** Returns for each old source its new number, or {@link #NEW} if it is left out. */
    private static int[] newNumbers(List<String> old, List<String> names, List<String> formerly)
            throws StateStoreException {
        int[] numbers = new int[old.size()];
        Arrays.fill(numbers, NEW);
        for (int i = 0; i < names.size(); i++) {
            String was = formerly.get(i);
            int number = was == null ? NEW : old.indexOf(was);
            if (was != null && (number < 0 || numbers[number] != NEW)) {
                throw new StateStoreException("The old directory has no such source, or it was named twice: source="
                        + was + " sources=" + String.join(",", old) + ". Nothing was changed.");
            }
            if (was != null) {
                numbers[number] = i;
            }
        }
        return numbers;
    }

    private Result copy() throws StateStoreException {
        for (MapKind kind : MapKind.values()) {
            switch (kind) {
                case PROFILES -> forEachKey(kind, key -> copyProfile(key.getId()));
                case SEEN -> {
                    // Goes with its profile.
                }
                case ITEMS -> forEachKey(kind, this::copyItem);
                default -> requireEmpty(kind);
            }
        }
        commit(change -> {
            for (Register register : Register.values()) {
                if (from.register(register) != 0) {
                    change.putRegister(register, from.register(register));
                }
            }
        });
        return new Result(profiles, items, droppedItems, droppedSlots, droppedSeen);
    }

    private void requireEmpty(MapKind kind) throws StateStoreException {
        if (from.maps().map(kind).size() > 0) {
            throw new StateStoreException(
                    "The directory holds what cannot be carried over: " + kind.title() + ". Nothing was changed.");
        }
    }

    /** Does something with a key. */
    private interface KeyStep {
        void take(EntryKey key) throws StateStoreException;
    }

    /** Puts something into a change. */
    private interface ChangeStep {
        void put(Change change);
    }

    private void forEachKey(MapKind kind, KeyStep step) throws StateStoreException {
        EntryMap map = from.maps().map(kind);
        KeyList keys = new KeyList();
        EntryKey key = EntryMap.newKey();
        for (int segment = 0; segment < map.segments(); segment++) {
            map.keys(segment, keys);
            for (int i = 0; i < keys.count(); i++) {
                keys.get(i, key);
                step.take(key);
            }
        }
    }

    private void copyProfile(long id) throws StateStoreException {
        from.readProfile(id, old);
        if (old.profileId() != id || old.links().redirectCount() > 0) {
            throw new StateStoreException(
                    "The directory holds what cannot be carried over: merged profiles. Nothing was changed.");
        }
        droppedSlots += made.takeFrom(old, newNumbers, keepsVectors, keepsEvents);
        seen.clear(id);
        if (from.readSeen(id, oldSeen)) {
            droppedSeen += seen.takeFrom(oldSeen, newNumbers);
        }
        made.countSeen(seen);
        commit(change -> {
            change.putProfile(made);
            if (seen.chunkCount() > 0) {
                change.putSeen(seen);
            }
        });
        profiles++;
    }

    private void copyItem(EntryKey key) throws StateStoreException {
        if (!keepsVectors) {
            droppedItems++;
            return;
        }
        from.readItem((int) key.getPart() + ItemRecord.FIRST_EDITION, key.getId(), item);
        commit(change -> change.putItem(item));
        items++;
    }

    private void commit(ChangeStep step) throws StateStoreException {
        try (Change change = to.begin()) {
            step.put(change);
            Outcome outcome = change.commit();
            if (outcome != Outcome.OK) {
                throw new StateStoreException("Not everything fits into the new directory: outcome=" + outcome
                        + " profiles=" + from.profileCount() + " items=" + from.itemCount()
                        + ". Nothing of it is left. Give it more room.");
            }
        }
    }
}
