package io.magpie.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;

/** Names of the files of a data directory, and the few ways in which they are touched. */
final class StateFiles {
    static final String MANIFEST = "magpie.manifest";
    static final String LOCK = "magpie.lock";
    /** There from the first to the last step of a creation. */
    static final String CREATING = "magpie.creating";

    static final String ERASURES = "erasures.dat";
    static final String IDENTITY_KEY = "identity.key";
    static final String LOG = "log";
    /** In the place of the manifest, where the directory is a snapshot. */
    static final String SNAPSHOT = "magpie.snapshot";
    /** The entries of a snapshot. */
    static final String ENTRIES = "entries";
    /** Ending of the name of what is not finished. */
    private static final String PARTIAL = ".partial";
    /** Ending of a map's name while it is written anew. */
    static final String FRESH = ".new";

    private static final int STRETCH = 1 << 20;
    private static final int BLOCK = 4096;
    private static final String CREATING_TEXT = "Magpie is creating this directory; nothing in it counts yet.\n";
    private static final Set<String> OWN = ownNames();

    /** What a directory is, judged by its names alone. */
    enum Kind {
        /** Not there, or nothing in it. */
        EMPTY,
        /** A creation of ours that did not come to its end. */
        UNFINISHED,
        /** It has a manifest. */
        STATE,
        /** Anything else. */
        FOREIGN
    }

    private StateFiles() {}

    private static Set<String> ownNames() {
        Set<String> names = new HashSet<>(Set.of(LOCK, CREATING, LOG, MANIFEST + ".tmp", CREATING + ".tmp"));
        names.addAll(lasting());
        names.add(IDENTITY_KEY);
        return names;
    }

    /** Returns the names of what is made with the directory and is never shorter later: the maps, the list of erasures. */
    static List<String> lasting() {
        List<String> names = new ArrayList<>();
        for (MapKind kind : MapKind.values()) {
            names.add(kind.file());
        }
        names.add(ERASURES);
        return names;
    }

    static Kind classify(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return Kind.EMPTY;
        }
        if (!Files.isDirectory(directory)) {
            return Kind.FOREIGN;
        }
        if (Files.exists(directory.resolve(MANIFEST))) {
            return Kind.STATE;
        }
        boolean empty = true;
        boolean own = true;
        try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
            for (Path file : list) {
                String name = file.getFileName().toString();
                empty &= name.equals(LOCK);
                own &= OWN.contains(name);
            }
        }
        if (empty) {
            return Kind.EMPTY;
        }
        Path creating = directory.resolve(CREATING);
        boolean marked =
                own && Files.exists(creating) && Files.readString(creating).equals(CREATING_TEXT);
        return marked ? Kind.UNFINISHED : Kind.FOREIGN;
    }

    static void markCreating(Path directory) throws IOException {
        replace(directory, CREATING, CREATING_TEXT);
    }

    /** Removes what a creation left, the marker last. */
    static void wipe(Path directory) throws IOException {
        Path log = directory.resolve(LOG);
        if (Files.isDirectory(log)) {
            try (DirectoryStream<Path> list = Files.newDirectoryStream(log)) {
                for (Path file : list) {
                    Files.delete(file);
                }
            }
            Files.delete(log);
        }
        for (String name : lasting()) {
            Files.deleteIfExists(directory.resolve(name));
        }
        for (String name : new String[] {IDENTITY_KEY, MANIFEST + ".tmp", CREATING + ".tmp", CREATING}) {
            Files.deleteIfExists(directory.resolve(name));
        }
    }

    /** Replaces a small file in one step: it has the old text or the new one, also after the machine was lost. */
    static void replace(Path directory, String name, String text) throws IOException {
        Path temporary = directory.resolve(name + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(directory);
    }

    /** Removes a directory and all that is in it, if it is there. */
    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Returns the place beside a directory where it is put together. */
    static Path partialOf(Path target) {
        return target.toAbsolutePath().resolveSibling(target.getFileName() + PARTIAL);
    }

    /** Gives a directory that is complete its final name, also for after the machine was lost. */
    static void moveInto(Path partial, Path target) throws IOException {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(target.toAbsolutePath().getParent());
    }

    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Forces a file to the device; on Linux this covers what was written to it through mapped memory. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Returns the CRC32C of a file. */
    static long checksum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocateDirect(STRETCH);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(bytes.clear()) >= 0) {
                crc.update(bytes.flip());
            }
        } finally {
            BufferUtil.free(bytes);
        }
        return crc.getValue();
    }

    /** Copies a file without the blocks that hold nothing but zeros: these become holes. */
    static void copySparse(Path file, Path target) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(STRETCH);
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            while (from.read(bytes.clear()) > 0) {
                int length = bytes.flip().limit();
                for (int block = 0; block < length; block += BLOCK) {
                    int end = Math.min(length, block + BLOCK);
                    bytes.limit(end).position(block);
                    if (!isZero(bytes, block, end - block)) {
                        long place = at + block;
                        while (bytes.hasRemaining()) {
                            place += to.write(bytes, place);
                        }
                    }
                }
                at += length;
            }
            if (at > 0 && to.size() < at) {
                to.write(ByteBuffer.allocate(1), at - 1);
            }
        } finally {
            BufferUtil.free(bytes);
        }
    }

    /**
     * Writes zeros over every stretch of a file that reads as zeros: a hole in it becomes a block on the disk, so that a
     * full disk is an error now, and not a signal when mapped memory is touched later. Nobody may be writing to the file.
     */
    static void allocate(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(STRETCH);
        ByteBuffer zeros = ByteBuffer.allocateDirect(STRETCH);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            for (long at = 0; at < size; at += STRETCH) {
                int length = (int) Math.min(STRETCH, size - at);
                bytes.clear().limit(length);
                while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
                    // Until the stretch is full.
                }
                allocateBlocks(channel, at, bytes.flip(), zeros);
            }
            channel.force(true);
        }
    }

    private static void allocateBlocks(FileChannel channel, long at, ByteBuffer bytes, ByteBuffer zeros)
            throws IOException {
        for (int from = 0; from < bytes.limit(); ) {
            int to = from;
            while (to < bytes.limit() && isZero(bytes, to, Math.min(BLOCK, bytes.limit() - to))) {
                to = Math.min(to + BLOCK, bytes.limit());
            }
            zeros.clear().limit(to - from);
            while (zeros.hasRemaining()) {
                channel.write(zeros, at + from + zeros.position());
            }
            // The block that is not zero is on the disk already.
            from = to + BLOCK;
        }
    }

    private static boolean isZero(ByteBuffer bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
