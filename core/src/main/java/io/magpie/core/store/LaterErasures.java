package io.magpie.core.store;

import io.magpie.core.log.LogReader;
import io.magpie.core.profile.IdentityHasher;
import io.magpie.core.profile.ImageMemory;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileLinks;
import io.magpie.core.profile.ProfileRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who was erased after a snapshot was taken: who is on a newer list of erasures, but not on the snapshot's own. The list
 * only grows, so a newer one has all that the snapshot's has; one that has not is another directory's, or an older one, and
 * is refused. No clock is asked. For one thread.
 */
final class LaterErasures implements ErasedPeople {
    /** So often a log is read whose damage is another one each time. */
    private static final int MOST_TRIES = 100;

    private record Hash(long high, long low) {}

    private record Erasure(Hash hash, long timeMillis) {}

    private final IdentityHasher hasher;
    private final Set<Erasure> later;
    private final Set<Hash> hashes = new HashSet<>();
    /** Profiles that nobody but erased people led to. */
    private final Set<Long> nameless = new HashSet<>();

    private LaterErasures(IdentityHasher hasher, Set<Erasure> later) {
        this.hasher = hasher;
        this.later = later;
        later.forEach(each -> hashes.add(each.hash()));
    }

    /**
     * Reads.
     *
     * @param snapshot a finished snapshot; stays open
     * @param given    a list of erasures, or a data directory or snapshot that has one; nothing is written to it
     * @throws StateStoreException if the list is damaged, older than the snapshot, or of another directory
     */
    static LaterErasures read(SnapshotContents snapshot, Path given) throws IOException, StateStoreException {
        Set<Erasure> own = new HashSet<>();
        Set<Erasure> all = new LinkedHashSet<>();
        snapshot.requireWhole();
        snapshot.forEachErasure(into(own));
        byte[] key = snapshot.key();
        if (!Files.exists(given)) {
            throw new StateStoreException("There is no such list of erasures: file=" + given
                    + ". Nothing was changed. Name erasures.dat, or the data directory that has it.");
        }
        readGiven(given, IdentityKeyFile.check(key), all);
        if (!all.containsAll(own)) {
            throw new StateStoreException("The list of erasures lacks some that the snapshot has: file=" + given
                    + " snapshot=" + snapshot.directory()
                    + ". Nothing was changed. It is an older one, or another directory's: use the newest.");
        }
        all.removeAll(own);
        LaterErasures later = new LaterErasures(new IdentityHasher(key), all);
        later.findNameless(snapshot);
        return later;
    }

    /**
     * Finds profiles that are not on the list themselves, as they were merged into another one since and the identities
     * that had led to them were unlinked before they were erased. Whoever has an own id for a profile can still name it.
     */
    private void findNameless(SnapshotContents snapshot) throws IOException, StateStoreException {
        if (hashes.isEmpty()) {
            return;
        }
        ProfileRecord profile = snapshot.configuration().newProfileRecord();
        snapshot.forEach((map, id, sub, image, length) -> {
            if (map == MapKind.PROFILES
                    && ProfileCodec.decode(image, ImageMemory.BYTES, image.length, profile)
                    && isNameless(profile)) {
                nameless.add(id);
                for (int i = 0; i < profile.links().redirectCount(); i++) {
                    nameless.add(profile.links().redirect(i));
                }
            }
        });
    }

    private boolean isNameless(ProfileRecord profile) {
        ProfileLinks links = profile.links();
        boolean isNamed = links.identityCount() == 0 || !ProfileDescriptor.isAllotted(profile.profileId());
        for (int i = 0; i < links.redirectCount(); i++) {
            isNamed |= !ProfileDescriptor.isAllotted(links.redirect(i));
        }
        for (int i = 0; i < links.identityCount() && !isNamed; i++) {
            isNamed = !isErasedIdentity(links.identityHigh(i), links.identityLow(i));
        }
        return !isNamed;
    }

    private static void readGiven(Path given, String keyCheck, Set<Erasure> all)
            throws IOException, StateStoreException {
        Path list = Files.isDirectory(given) ? given.resolve(StateFiles.ERASURES) : given;
        if (!Files.exists(list)) {
            throw new StateStoreException("The directory has no list of erasures: directory=" + given
                    + ". Nothing was changed. Name a data directory, or a list.");
        }
        if (!ErasureList.isOfKey(list, keyCheck)) {
            throw new StateStoreException("The list of erasures is another directory's: file=" + list
                    + ". Nothing was changed. Use the one of the directory that the snapshot was taken of.");
        }
        if (SnapshotContents.isSnapshot(given)) {
            try (SnapshotContents contents = SnapshotContents.open(given)) {
                contents.requireWhole();
                contents.forEachErasure(into(all));
            }
            return;
        }
        // The log first: what a kill kept from the list is there, and what is let go of meanwhile is in the list.
        if (Files.isDirectory(given.resolve(StateFiles.LOG))) {
            readLog(given, all);
        }
        ErasureList.read(list, into(all));
    }

    /** A server may be writing to the log, and letting go of segments: what is wrong only then is not the same twice. */
    private static void readLog(Path directory, Set<Erasure> all) throws IOException, StateStoreException {
        String wrong = tryLog(directory, all);
        String before = null;
        for (int i = 1; i < MOST_TRIES && wrong != null && !wrong.equals(before); i++) {
            before = wrong;
            wrong = tryLog(directory, all);
        }
        if (wrong != null) {
            throw new StateStoreException("The erasures cannot be read, the update log is damaged: " + wrong
                    + ". Nothing was changed. Name the file " + StateFiles.ERASURES + " to do without the log.");
        }
    }

    /** Returns what is wrong with the log; null if it was read. */
    private static String tryLog(Path directory, Set<Erasure> all) throws IOException, StateStoreException {
        long checkpoint = Manifest.read(directory).number(StateOpener.CHECKPOINT);
        try (LogReader log = LogReader.open(directory.resolve(StateFiles.LOG), checkpoint)) {
            if (!log.damage().isEmpty()) {
                return log.damage().get(0);
            }
            ErasureList.replay(log, checkpoint, into(all));
            return null;
        } catch (NoSuchFileException e) {
            return "a segment is gone: file=" + e.getFile();
        }
    }

    private static ErasureList.Entry into(Set<Erasure> set) {
        return (high, low, timeMillis) -> set.add(new Erasure(new Hash(high, low), timeMillis));
    }

    @Override
    public boolean isErased(long profileId) {
        if (hashes.isEmpty()) {
            return false;
        }
        hasher.erasedProfile(profileId);
        return nameless.contains(profileId) || hashes.contains(new Hash(hasher.high(), hasher.low()));
    }

    @Override
    public boolean isErasedIdentity(long high, long low) {
        if (hashes.isEmpty()) {
            return false;
        }
        hasher.erasedIdentity(high, low);
        return hashes.contains(new Hash(hasher.high(), hasher.low()));
    }

    @Override
    public void forEachErasure(ErasureList.Entry each) throws IOException {
        for (Erasure erasure : later) {
            each.onErasure(erasure.hash().high(), erasure.hash().low(), erasure.timeMillis());
        }
    }
}
