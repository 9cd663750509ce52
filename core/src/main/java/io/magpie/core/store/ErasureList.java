package io.magpie.core.store;

import io.magpie.core.log.RecordSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The list of erasures: who was erased and when, as keyed hashes, in the order of the erasures. It only grows, by 32 bytes
 * for each id that led to an erased person, and is part of the state: an entry is in the log before it is here, and
 * survives what the erasure survives. After a crash entries may be there twice.
 *
 * <p>It is there for snapshots, which are older than the erasures after them. Who restores one, or replays a log onto
 * one, takes the list of the newest state that there is, keeps it as the list of the restored state, and leaves out (or
 * erases at once, before anything is answered) every profile whose {@code IdentityHasher.erasedProfile} hash is in the
 * list, but not with that time in the snapshot's own list, and every identity whose {@code IdentityHasher.erasedIdentity}
 * hash is; see {@link LaterErasures}. The key is that of the data directory, which a snapshot holds too; the list tells by a
 * check of it whose it is. Erased before the snapshot and held in it means that somebody came back since.
 *
 * <pre>
 *   0            8               16    32
 *   +------------+---------------+-----+---------+---------+----
 *   | MAGPERA1   | key check     | 0   | entry 0 | entry 1 | ...
 *   +------------+---------------+-----+---------+---------+----
 *
 *   entry: 0           8          16          24       28     32
 *   +-----------+----------+------------+--------+------+
 *   | hash high | hash low | time in ms | crc32c | zero |
 *   +-----------+----------+------------+--------+------+
 * </pre>
 *
 * Appended to by the holder of the writer's lock.
 */
final class ErasureList implements AutoCloseable {
    /** Takes an entry of the list. */
    @FunctionalInterface
    interface Entry {
        void onErasure(long high, long low, long timeMillis) throws IOException;
    }

    static final int ENTRY_LENGTH = 32;
    private static final int KEY_CHECK_OFFSET = 8;
    private static final long MAGIC = 0x31415245_5047414DL;
    private static final int CHECKED_LENGTH = 3 * Long.BYTES;

    private final FileChannel channel;
    private final ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private long end;

    private ErasureList(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes an empty list of a directory with a key of this {@link IdentityKeyFile#check}. */
    static void create(Path file, String keyCheck) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(ENTRY_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, MAGIC);
        header.putLong(KEY_CHECK_OFFSET, Long.parseUnsignedLong(keyCheck, 16));
        try (FileChannel made = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            made.write(header);
            made.force(true);
        }
    }

    /** Opens the list; an entry that a crash tore at the end is cut off, as the log has it still. */
    static ErasureList open(Path file) throws IOException {
        ErasureList list = new ErasureList(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        try {
            list.readHeader(file);
            list.end = list.forEach((high, low, timeMillis) -> {});
            if (list.channel.size() - list.end > ENTRY_LENGTH) {
                throw new IOException("the list of erasures is damaged: file=" + file + " position=" + list.end);
            }
            list.channel.truncate(list.end);
            return list;
        } catch (IOException | RuntimeException | Error e) {
            list.close();
            throw e;
        }
    }

    /** Hands over the entries of a list that others may be adding to, and changes nothing; one that is torn is left out. */
    static void read(Path file, Entry each) throws IOException {
        try (ErasureList list = new ErasureList(FileChannel.open(file, StandardOpenOption.READ))) {
            list.readHeader(file);
            // Before: what is added while this reads is no damage behind the last entry that it saw.
            long size = list.channel.size();
            long end = list.forEach(each);
            if (size - end > ENTRY_LENGTH) {
                throw new IOException("the list of erasures is damaged: file=" + file + " position=" + end);
            }
        }
    }

    /** Hands over what the records above a number add to a list. */
    static void replay(RecordSource log, long aboveSequence, Entry each) throws IOException {
        log.replay(aboveSequence, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            if (kind == PartKind.ERASURE) {
                each.onErasure(
                        buffer.getLong(offset),
                        buffer.getLong(offset + Long.BYTES),
                        buffer.getLong(offset + 2 * Long.BYTES));
            }
        });
    }

    /** Returns whether a list is of a directory with the key of this check. */
    static boolean isOfKey(Path file, String keyCheck) throws IOException {
        try (ErasureList list = new ErasureList(FileChannel.open(file, StandardOpenOption.READ))) {
            list.readHeader(file);
            return list.entry.getLong(KEY_CHECK_OFFSET) == Long.parseUnsignedLong(keyCheck, 16);
        }
    }

    private void readHeader(Path file) throws IOException {
        if (!fill(0) || entry.getLong(0) != MAGIC) {
            throw new IOException("not a list of erasures: file=" + file);
        }
    }

    private boolean fill(long position) throws IOException {
        entry.clear();
        while (entry.hasRemaining()) {
            if (channel.read(entry, position + entry.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Hands over the entries, oldest first; returns where the last whole one ends. Under the writer's lock. */
    long forEach(Entry each) throws IOException {
        long position = ENTRY_LENGTH;
        while (fill(position) && entry.getInt(CHECKED_LENGTH) == crc()) {
            each.onErasure(entry.getLong(0), entry.getLong(Long.BYTES), entry.getLong(2 * Long.BYTES));
            position += ENTRY_LENGTH;
        }
        return position;
    }

    void add(long high, long low, long timeMillis) throws IOException {
        entry.clear();
        entry.putLong(0, high);
        entry.putLong(Long.BYTES, low);
        entry.putLong(2 * Long.BYTES, timeMillis);
        entry.putInt(CHECKED_LENGTH, crc());
        entry.putInt(CHECKED_LENGTH + Integer.BYTES, 0);
        entry.clear();
        while (entry.hasRemaining()) {
            channel.write(entry, end + entry.position());
        }
        end += ENTRY_LENGTH;
    }

    private int crc() {
        CRC32C crc = new CRC32C();
        crc.update(entry.duplicate().position(0).limit(CHECKED_LENGTH));
        return (int) crc.getValue();
    }

    long count() {
        return end / ENTRY_LENGTH - 1;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost by it: what was written is the kernel's.
            end = 0;
        }
    }
}
