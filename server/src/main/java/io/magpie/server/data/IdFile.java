package io.magpie.server.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the ids that go with a file of vectors, row by row: text with one unsigned 64-bit id a line, or {@code .npy} with an
 * array {@code [rows]} of integers.
 */
public final class IdFile {
    private IdFile() {}

    /**
     * Reads all ids.
     *
     * @throws DataException if the file is missing or damaged, or a line holds no id; the message names the line
     */
    public static long[] read(Path file) throws IOException {
        return DataFiles.ending(file).equals("npy") ? readNpy(file) : readText(file);
    }

    private static long[] readText(Path file) throws IOException {
        long[] ids = new long[1024];
        int count = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(DataFiles.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (count == ids.length) {
                    ids = Arrays.copyOf(ids, 2 * count);
                }
                try {
                    ids[count++] = UnsignedId.parse(line);
                } catch (IllegalArgumentException e) {
                    throw DataException.atLine(file, count, e.getMessage());
                }
            }
        }
        return Arrays.copyOf(ids, count);
    }

    private static long[] readNpy(Path file) throws IOException {
        try (DataFiles.Source source = DataFiles.open(file)) {
            NpyHeader header = NpyHeader.read(file, source);
            boolean integers = header.kind() == 'i' || header.kind() == 'u';
            if (!integers || header.axes() != 1 || header.valueBytes() != 4 && header.valueBytes() != 8) {
                throw new DataException(
                        file + ": ids need an array [rows] of int64, uint64, int32 or uint32, this holds "
                                + header.typeName() + " with axes=" + header.axes());
            }
            int count = (int) Math.min(Integer.MAX_VALUE - 8, header.extent(0));
            long[] ids = new long[count];
            byte[] bytes = new byte[header.valueBytes()];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
            for (int row = 0; row < count; row++) {
                if (source.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw DataException.atRow(file, row, "cut short: copy or write the file again");
                }
                long id = bytes.length == 8 ? buffer.getLong(0) : buffer.getInt(0);
                if (header.kind() == 'u' && bytes.length == 4) {
                    id &= 0xFFFF_FFFFL;
                }
                if (header.kind() == 'i' && id < 0 || id == UnsignedId.RESERVED) {
                    throw DataException.atRow(file, row, "id " + id + " is negative or reserved");
                }
                ids[row] = id;
            }
            return ids;
        }
    }
}
