package io.magpie.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Makes a data directory of a snapshot. People who were erased after it was taken are left out. What is made is a directory
 * as if it had been closed with the snapshot's last change, under its final name only when it is complete. Stateless.
 */
public final class StateRestore {
    /**
     * What was restored.
     *
     * @param sequence    number of the last change that is held
     * @param entries     entries of all maps
     * @param erasedParts entries that were left out, because who they belonged to was erased since
     */
    public record Result(long sequence, long entries, long erasedParts) {}

    /**
     * Profile ids that are not given out after a restore: some of them may have been after the snapshot was made, and
     * whoever noted one then must not meet another person under it.
     */
    private static final long IDS_LEFT_OUT = 1L << 40;

    private StateRestore() {}

    /**
     * Restores without the people who were erased since.
     *
     * @param snapshot    a finished snapshot; not changed
     * @param target      does not exist, or is an empty directory
     * @param maxProfiles room for profiles; 0 for as much as there was
     * @param maxItems    room for items; 0 for as much as there was
     * @param erasures    the newest list of erasures, or the data directory or snapshot that has it; not changed. The
     *     restored directory has it from then on
     * @throws StateStoreException if one of them is damaged, they do not belong together, or the target cannot be made;
     *     nothing is left of it then
     */
    public static Result restore(Path snapshot, Path target, long maxProfiles, long maxItems, Path erasures)
            throws StateStoreException {
        try (SnapshotContents contents = SnapshotContents.open(snapshot)) {
            return restore(contents, target, maxProfiles, maxItems, LaterErasures.read(contents, erasures));
        } catch (IOException e) {
            throw new StateStoreException(
                    "The list of erasures could not be read: " + e + ". snapshot=" + snapshot + " erasures=" + erasures
                            + ". Nothing was changed.",
                    e);
        }
    }

    /**
     * Restores with everybody whom the snapshot holds.
     *
     * @param snapshot    a finished snapshot; not changed
     * @param target      does not exist, or is an empty directory
     * @param maxProfiles room for profiles; 0 for as much as there was
     * @param maxItems    room for items; 0 for as much as there was
     * @throws StateStoreException if the snapshot is damaged, or the target cannot be made; nothing is left of it then
     */
    public static Result restore(Path snapshot, Path target, long maxProfiles, long maxItems)
            throws StateStoreException {
        return restore(snapshot, target, maxProfiles, maxItems, ErasedPeople.NOBODY);
    }

    static Result restore(Path snapshot, Path target, long maxProfiles, long maxItems, ErasedPeople erased)
            throws StateStoreException {
        try (SnapshotContents contents = SnapshotContents.open(snapshot)) {
            return restore(contents, target, maxProfiles, maxItems, erased);
        } catch (IOException e) {
            throw failed(snapshot, target, e);
        }
    }

    private static StateStoreException failed(Path snapshot, Path target, IOException e) {
        return new StateStoreException(
                "The snapshot could not be restored: " + e + ". snapshot=" + snapshot + " target=" + target, e);
    }

    private static Result restore(
            SnapshotContents contents, Path target, long maxProfiles, long maxItems, ErasedPeople erased)
            throws StateStoreException {
        Path partial = StateFiles.partialOf(target);
        try {
            if (StateFiles.classify(target) != StateFiles.Kind.EMPTY) {
                throw new StateStoreException("The directory is not empty: directory=" + target
                        + ". Nothing was changed. Restore into a new one.");
            }
            StateFiles.deleteTree(partial);
            Files.createDirectories(partial);
            try {
                Result result = fill(contents, partial, maxProfiles, maxItems, erased);
                StateFiles.deleteTree(target);
                StateFiles.moveInto(partial, target);
                return result;
            } finally {
                StateFiles.deleteTree(partial);
            }
        } catch (IOException e) {
            throw failed(contents.directory(), target, e);
        }
    }

    private static Result fill(
            SnapshotContents contents, Path directory, long maxProfiles, long maxItems, ErasedPeople erased)
            throws IOException, StateStoreException {
        StateConfiguration configuration = grown(contents, maxProfiles, maxItems);
        Manifest manifest = Manifest.create(configuration, Instant.now().toString());
        Files.createDirectory(directory.resolve(StateFiles.LOG));
        long[] seen = new long[MapKind.values().length];
        long[] left = new long[MapKind.values().length];
        contents.requireWhole();
        contents.copyKey(directory);
        EntryFilter filter = new EntryFilter(contents.configuration(), erased);
        StateMaps maps = StateMaps.create(directory, configuration);
        try {
            PartApplier applier = new PartApplier(configuration, maps, new long[Register.CAPACITY]);
            contents.forEach((map, id, sub, image, length) -> {
                seen[map.ordinal()]++;
                int kept = filter.keep(map, id, image, length);
                if (kept < 0) {
                    left[map.ordinal()]++;
                } else {
                    applier.apply(map.putKind(), id, sub, filter.image(), 0, kept);
                }
            });
            contents.forEachErasure(maps.erasures()::add);
            erased.forEachErasure(maps.erasures()::add);
            requireAll(contents, seen, left, maps);
            describe(contents, manifest, maps);
        } finally {
            maps.close();
        }
        maps.force();
        maps.describe(manifest);
        maps.describeBytes(manifest);
        manifest.put(StateOpener.CHECKPOINT, contents.sequence());
        manifest.put(StateOpener.CONDITION, StateOpener.CLEAN);
        manifest.put(StateOpener.KEY_CHECK, contents.manifest().text(StateOpener.KEY_CHECK));
        manifest.write(directory);
        return new Result(contents.sequence(), sum(seen) - sum(left), sum(left));
    }

    private static StateConfiguration grown(SnapshotContents contents, long maxProfiles, long maxItems)
            throws StateStoreException {
        StateConfiguration.Builder shape = contents.manifest().configuration(Path.of(""));
        StateConfiguration as = contents.configuration();
        if (maxProfiles > 0) {
            long chunks = Math.max(1, as.maxSeenChunks() / as.maxProfiles());
            long identities = Math.max(1, as.maxIdentities() / as.maxProfiles());
            shape.maxProfiles(maxProfiles)
                    .maxSeenChunks(Math.max(chunks * maxProfiles, contents.held(MapKind.SEEN)))
                    .maxIdentities(Math.max(identities * maxProfiles, contents.held(MapKind.IDENTITIES)));
        }
        if (maxItems > 0) {
            shape.maxItems(maxItems);
        }
        StateConfiguration configuration = shape.build();
        for (MapKind kind : MapKind.values()) {
            if (contents.held(kind) > kind.entries(configuration)) {
                throw new StateStoreException("The snapshot holds more than there would be room for: map="
                        + kind.title() + " held=" + contents.held(kind) + " room=" + kind.entries(configuration));
            }
        }
        return configuration;
    }

    private static void requireAll(SnapshotContents contents, long[] seen, long[] left, StateMaps maps)
            throws StateStoreException {
        for (MapKind kind : MapKind.values()) {
            long found = seen[kind.ordinal()];
            long stored = maps.map(kind).size() + left[kind.ordinal()];
            if (found != contents.held(kind) || stored != found) {
                throw new StateStoreException("The snapshot does not hold what it says: map=" + kind.title()
                        + " entries=" + found + " restored=" + stored + " expected=" + contents.held(kind)
                        + ". Use another one.");
            }
        }
    }

    private static void describe(SnapshotContents contents, Manifest manifest, StateMaps maps) {
        StateCounts counts = new StateCounts();
        counts.set(maps.sizes());
        counts.describe(manifest);
        contents.manifest()
                .withPrefix(StateOpener.REGISTER)
                .forEach((number, value) -> manifest.put(StateOpener.REGISTER + number, value));
        String next = StateOpener.REGISTER + Register.NEXT_PROFILE_ID.number();
        manifest.put(next, manifest.number(next) + IDS_LEFT_OUT);
    }

    private static long sum(long[] numbers) {
        long sum = 0;
        for (long number : numbers) {
            sum += number;
        }
        return sum;
    }
}
