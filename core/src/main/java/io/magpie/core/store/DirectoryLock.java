package io.magpie.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Makes a data directory belong to one store in one process. The operating system lets go of it when the process ends,
 * however it ends. Chronicle's own locks are no use here: waiting for them has no end.
 */
final class DirectoryLock implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;
    /** Locks of a process do not keep out the process itself. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the directory.
     *
     * @throws StateStoreException if another store has it and keeps it
     */
    static DirectoryLock take(Path directory, int timeoutMillis) throws IOException, StateStoreException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new StateStoreException("The data directory is open in this process already: directory=" + real
                    + ". Close the other store first.");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    real.resolve(StateFiles.LOCK),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (tryLock(channel, false) == null) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new StateStoreException("The data directory is in use by " + owner(channel) + ": directory="
                            + real + ". Stop that process, or use another directory.");
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return new DirectoryLock(real, channel);
        } catch (IOException | StateStoreException | InterruptedException e) {
            HELD.remove(real);
            if (channel != null) {
                channel.close();
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the data directory", e);
            }
            if (e instanceof StateStoreException busy) {
                throw busy;
            }
            throw (IOException) e;
        }
    }

    /**
     * Returns the lock, or null if another process, or another place in this one, has it.
     *
     * @param isShared for one who only reads; the channel need not be writable then
     */
    static FileLock tryLock(FileChannel channel, boolean isShared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, isShared);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Leaves the number of this process for those who find the directory taken. */
    void sign() throws IOException {
        String text = "process " + ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        return text.matches("process [0-9]+") ? text : "another process";
    }

    @Override
    public void close() throws IOException {
        HELD.remove(directory);
        channel.close();
    }
}
