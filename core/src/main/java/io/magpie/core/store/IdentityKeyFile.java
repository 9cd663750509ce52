package io.magpie.core.store;

import io.magpie.core.profile.IdentityHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;

/**
 * The key of the hashes that stand for ids of people: random bytes, made with the data directory, in a file that its owner
 * alone may read. Whoever has the directory and the key can try ids against the hashes; so keep the file from whom may see
 * the rest.
 */
final class IdentityKeyFile {
    private IdentityKeyFile() {}

    /** Makes a key and its file; returns the key. */
    static byte[] create(Path file) throws IOException {
        byte[] key = new byte[IdentityHasher.KEY_LENGTH];
        new SecureRandom().nextBytes(key);
        write(file, key);
        return key;
    }

    /** Writes a key to a file that is not there yet. */
    static void write(Path file, byte[] key) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(
                file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
        }
    }

    static byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    /** Returns what tells this key from another one, and nothing else about it. */
    static String check(byte[] key) {
        IdentityHasher hasher = new IdentityHasher(key);
        hasher.check();
        return Long.toHexString(hasher.high());
    }

    /** Returns whether a file holds the key of this check. */
    static boolean isKey(Path file, String check) throws IOException {
        if (!Files.exists(file) || Files.size(file) != IdentityHasher.KEY_LENGTH) {
            return false;
        }
        return check(read(file)).equals(check);
    }

    /**
     * Reads the key of a directory that has one.
     *
     * @throws StateStoreException if it is missing, or is not the one that the directory was made with
     */
    static byte[] require(Path file, String check) throws IOException, StateStoreException {
        byte[] key = Files.exists(file) ? read(file) : new byte[0];
        if (key.length != IdentityHasher.KEY_LENGTH || !check(key).equals(check)) {
            throw new StateStoreException(
                    "The key of the identities is " + (key.length == 0 ? "missing" : "another one") + ": file=" + file
                            + ". Nothing was changed in the directory. Restore the file: without it no identity is found.");
        }
        return key;
    }
}
