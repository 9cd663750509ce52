package io.magpie.server.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Opens files for the readers and writers of this package, packed or not. Thread-safe: it holds no state. */
final class DataFiles {
    static final int BUFFER_BYTES = 1 << 16;

    private DataFiles() {}

    /** A stream of what a file holds, unpacked, that knows how much of the file itself has been read. */
    static final class Source extends InputStream {
        private final Path file;
        private final CountingStream counting;
        private final InputStream unpacked;
        private final long fileBytes;

        private Source(Path file) throws IOException {
            this.file = file;
            fileBytes = Files.size(file);
            counting = new CountingStream(Files.newInputStream(file));
            try {
                unpacked = isPacked(file) && fileBytes > 0
                        ? new BufferedInputStream(new GZIPInputStream(counting, BUFFER_BYTES), BUFFER_BYTES)
                        : new BufferedInputStream(counting, BUFFER_BYTES);
            } catch (IOException e) {
                counting.close();
                throw e;
            }
        }

        /** Returns the share of the file that has been read, 0 to 1. */
        double progress() {
            return fileBytes == 0 ? 1.0 : Math.min(1.0, (double) counting.bytes / fileBytes);
        }

        @Override
        public int read() throws IOException {
            try {
                return unpacked.read();
            } catch (IOException e) {
                throw explained(file, e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return unpacked.read(into, offset, length);
            } catch (IOException e) {
                throw explained(file, e);
            }
        }

        @Override
        public void close() throws IOException {
            unpacked.close();
        }
    }

    private static final class CountingStream extends InputStream {
        private final InputStream below;
        private long bytes;

        private CountingStream(InputStream below) {
            this.below = below;
        }

        @Override
        public int read() throws IOException {
            int read = below.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = below.read(into, offset, length);
            bytes += Math.max(0, read);
            return read;
        }

        @Override
        public int available() throws IOException {
            // Files packed in several parts: GZIPInputStream looks for a next part only where this says there is more.
            return below.available();
        }

        @Override
        public void close() throws IOException {
            below.close();
        }
    }

    static boolean isPacked(Path file) {
        return lowerName(file).endsWith(".gz");
    }

    /** Returns the file's ending without {@code .gz}, in lower case and without its dot; empty if there is none. */
    static String ending(Path file) {
        String name = lowerName(file);
        if (name.endsWith(".gz")) {
            name = name.substring(0, name.length() - 3);
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    static Source open(Path file) throws DataException {
        if (!Files.exists(file)) {
            throw new DataException(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new DataException(file + ": is a folder, and a file is needed");
        }
        if (!Files.isReadable(file)) {
            throw new DataException(file + ": may not be read by this user");
        }
        try {
            return new Source(file);
        } catch (IOException e) {
            throw explained(file, e);
        }
    }

    static OutputStream create(Path file) throws DataException {
        try {
            OutputStream raw = Files.newOutputStream(file);
            return new BufferedOutputStream(
                    isPacked(file) ? new GZIPOutputStream(raw, BUFFER_BYTES) : raw, BUFFER_BYTES);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    static DataException notWritten(Path file, IOException e) {
        return new DataException(
                file + ": cannot be written (" + e.getClass().getSimpleName()
                        + "): give a path in a folder that exists",
                e);
    }

    private static DataException explained(Path file, IOException e) {
        if (e instanceof EOFException) {
            return new DataException(file + ": the packed file is cut short: copy it again", e);
        }
        if (e instanceof ZipException) {
            return new DataException(
                    file + ": cannot be unpacked (" + e.getMessage() + "): is it gzip, as .gz in its name says?", e);
        }
        return new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }

    private static String lowerName(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    }
}
