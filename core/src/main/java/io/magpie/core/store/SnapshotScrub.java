package io.magpie.core.store;

import io.magpie.core.log.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a snapshot anew without the people who were erased since, and overwrites what the old one held of them. The new one
 * is as of the same change, and has the newer list of erasures. Stateless; a call that was cut short is done again.
 */
public final class SnapshotScrub {
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final int RECORD_BYTES = 64 << 10;
    /** The old snapshot's name while the new one gets it. */
    private static final String OLD = ".old";

    private SnapshotScrub() {}

    /**
     * Scrubs.
     *
     * @param snapshot a finished snapshot that nobody reads; there is room beside it for another of its size
     * @param erasures a newer list of erasures, or the data directory or snapshot that has it; not changed
     * @return how many entries were left out
     * @throws StateStoreException if one of them is damaged, they do not belong together, or it cannot be written; the
     *     snapshot then is as it was
     */
    public static long scrub(Path snapshot, Path erasures) throws StateStoreException {
        Path place = snapshot.toAbsolutePath();
        Path partial = StateFiles.partialOf(place);
        Path old = place.resolveSibling(place.getFileName() + OLD);
        try {
            if (!Files.exists(place) && SnapshotContents.isSnapshot(old)) {
                Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                ErasedPeople erased;
                long left;
                try (SnapshotContents contents = SnapshotContents.open(place)) {
                    erased = LaterErasures.read(contents, erasures);
                    StateFiles.deleteTree(partial);
                    Files.createDirectory(partial);
                    left = write(contents, partial, erased);
                }
                // There is one if a call was cut short after the new one had its name: nobody needs anything of it any
                // more.
                forget(old, id -> true);
                Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
                StateFiles.moveInto(partial, place);
                forget(old, erased);
                return left;
            } finally {
                StateFiles.deleteTree(partial);
            }
        } catch (IOException e) {
            throw new StateStoreException("The snapshot could not be scrubbed: " + e + ". snapshot=" + snapshot, e);
        }
    }

    /** Overwrites what the old one holds of the erased, half-way through which it is no snapshot any more, and deletes it. */
    private static void forget(Path old, ErasedPeople erased) throws IOException, StateStoreException {
        if (SnapshotContents.isSnapshot(old)) {
            SnapshotContents.scrub(old, erased);
        }
        StateFiles.deleteTree(old);
    }

    private static long write(SnapshotContents contents, Path partial, ErasedPeople erased)
            throws IOException, StateStoreException {
        Files.createDirectory(partial.resolve(StateFiles.ENTRIES));
        Files.createDirectory(partial.resolve(StateFiles.LOG));
        // Not that of the contents, which say by theirs what they hold.
        Manifest manifest = Manifest.read(contents.directory(), StateFiles.SNAPSHOT);
        EntryFilter filter = new EntryFilter(contents.configuration(), erased);
        long[] kept = new long[MapKind.values().length];
        long[] left = {0};
        try (LogWriter writer = new LogWriter(partial.resolve(StateFiles.ENTRIES), SEGMENT_BYTES, 1)) {
            writer.begin(PartKind.CHANGE);
            contents.forEach((map, id, sub, image, length) -> {
                int keeps = filter.keep(map, id, image, length);
                if (keeps < 0) {
                    left[0]++;
                    return;
                }
                kept[map.ordinal()]++;
                writer.part(map.putKind(), id, sub, filter.image(), 0, keeps);
                if (writer.pendingBytes() >= RECORD_BYTES) {
                    writer.commit();
                    writer.begin(PartKind.CHANGE);
                }
            });
            if (writer.pendingParts() > 0) {
                writer.commit();
            }
            writer.finish();
            manifest.put(SnapshotContents.RECORDS, writer.lastSequence());
        }
        // All changes are in the entries by now.
        manifest.put(SnapshotContents.FROM, contents.sequence());
        copyErasures(contents, erased, partial, manifest);
        StateCounts counts = new StateCounts();
        counts.set(kept);
        counts.describe(manifest);
        SnapshotContents.finish(partial, manifest, contents.configuration(), counts);
        return left[0];
    }

    private static void copyErasures(SnapshotContents contents, ErasedPeople erased, Path partial, Manifest manifest)
            throws IOException {
        contents.copyKey(partial);
        Path file = partial.resolve(StateFiles.ERASURES);
        ErasureList.create(file, manifest.text(StateOpener.KEY_CHECK));
        try (ErasureList list = ErasureList.open(file)) {
            contents.forEachErasure(list::add);
            erased.forEachErasure(list::add);
        }
        manifest.put(StateMaps.CHECKSUM + StateFiles.ERASURES, StateFiles.checksum(file));
        StateFiles.force(file);
    }
}
