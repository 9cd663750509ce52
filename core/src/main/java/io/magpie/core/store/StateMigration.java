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
 * locked meanwhile. The new one has the old one's key, identities and list of erasures. Stateless.
 *
 * <p>Another dimension drops every vector: the slots and the items. Consent, what was seen, versions and redirects stay. A
 * source that is left out goes with its slots, consents and seen items; the names of events by which repeats are told are
 * forgotten where a source's number changes, because they are mixed with it. So are the hashes of identities, and nobody
 * knows any more what was hashed: a source that has identities keeps its number, or is left out with them.
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
     * @param identities   identities carried over
     * @param droppedIdentities identities of sources left out
     */
    public record Result(
            long profiles,
            long items,
            long droppedItems,
            long droppedSlots,
            long droppedSeen,
            long identities,
            long droppedIdentities) {}

    private final StateStore from;
    private final StateStore to;
    private final int[] newNumbers;
    private final boolean keepsVectors;
    private final boolean keepsEvents;
    private final MapReader.ProfileValue stored = new MapReader.ProfileValue();
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
    private long identities;
    private long droppedIdentities;

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
        Path partial = StateFiles.partialOf(target);
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
                takeKey(directory, partial);
                StateFiles.deleteTree(target);
                StateFiles.moveInto(partial, target);
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

    /** Gives the new directory the old one's key and list of erasures: the hashes that it holds are of that key. */
    private static void takeKey(Path directory, Path partial) throws IOException, StateStoreException {
        Path key = partial.resolve(StateFiles.IDENTITY_KEY);
        Files.delete(key);
        IdentityKeyFile.write(key, IdentityKeyFile.read(directory.resolve(StateFiles.IDENTITY_KEY)));
        Path list = partial.resolve(StateFiles.ERASURES);
        Files.copy(directory.resolve(StateFiles.ERASURES), list, StandardCopyOption.REPLACE_EXISTING);
        StateFiles.force(list);
        Manifest manifest = Manifest.read(partial);
        manifest.put(StateOpener.KEY_CHECK, Manifest.read(directory).text(StateOpener.KEY_CHECK));
        manifest.write(partial);
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
                case PROFILES -> from.maps().map(kind).forEachKey(this::copyProfile);
                case SEEN, IDENTITIES -> {
                    // Go with their profiles.
                }
                case ITEMS -> from.maps().map(kind).forEachKey(this::copyItem);
                default -> throw new IllegalStateException("a map that nobody carries over: " + kind);
            }
        }
        commit(change -> {
            for (Register register : Register.values()) {
                if (from.register(register) != 0) {
                    change.putRegister(register, from.register(register));
                }
            }
        });
        long held = from.maps().map(MapKind.IDENTITIES).size();
        if (identities + droppedIdentities != held) {
            throw new StateStoreException("The identities of the profiles are not those of the map: map=" + held
                    + " profiles=" + (identities + droppedIdentities) + ". Nothing was changed. Verify the directory.");
        }
        return new Result(profiles, items, droppedItems, droppedSlots, droppedSeen, identities, droppedIdentities);
    }

    /** Puts something into a change. */
    private interface ChangeStep {
        void put(Change change);
    }

    private void copyProfile(EntryKey key) throws StateStoreException {
        long id = key.getId();
        // As it lies there: one that was merged says only where it leads.
        stored.into = old;
        from.maps().profiles().read(key, stored);
        requireNumbers();
        droppedSlots += made.takeFrom(old, newNumbers, keepsVectors, keepsEvents);
        int kept = made.links().identityCount();
        identities += kept;
        droppedIdentities += old.links().identityCount() - kept;
        seen.clear(id);
        // What a merged profile had seen is in the one that it leads to.
        if (!old.isRedirect() && from.readSeen(id, oldSeen)) {
            droppedSeen += seen.takeFrom(oldSeen, newNumbers);
        }
        made.countSeen(seen);
        commit(change -> {
            change.putProfile(made);
            if (seen.chunkCount() > 0) {
                change.putSeen(seen);
            }
            for (int i = 0; i < kept; i++) {
                change.putIdentity(made.links().identityHigh(i), made.links().identityLow(i), id);
            }
        });
        profiles++;
    }

    private void requireNumbers() throws StateStoreException {
        for (int i = 0; i < old.links().identityCount(); i++) {
            int source = old.links().identitySource(i);
            if (source < newNumbers.length && newNumbers[source] != NEW && newNumbers[source] != source) {
                throw new StateStoreException("A source that has identities would get another number, by which they are"
                        + " hashed: source=" + from.configuration().sources().get(source) + " number=" + source
                        + " new=" + newNumbers[source]
                        + ". Nothing was changed. Keep its place; new sources go to the end.");
            }
        }
    }

    private void copyItem(EntryKey key) throws StateStoreException {
        if (!keepsVectors) {
            droppedItems++;
            return;
        }
        from.readItem(StateMaps.edition(key), key.getId(), item);
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
