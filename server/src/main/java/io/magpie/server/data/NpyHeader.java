package io.magpie.server.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of a {@code .npy} file, as NumPy's format description (NEP 1) lays it out, versions 1 to 3. */
final class NpyHeader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])(\\d+)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

    private final char kind;
    private final int valueBytes;
    private final ByteOrder order;
    private final long[] shape;

    private NpyHeader(char kind, int valueBytes, ByteOrder order, long[] shape) {
        this.kind = kind;
        this.valueBytes = valueBytes;
        this.order = order;
        this.shape = shape;
    }

    static NpyHeader read(Path file, InputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DataException(file + ": does not start as a .npy file does: write it with numpy.save");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new DataException(file + ": .npy version=" + version + " is not known (1 to 3 are)");
        }
        byte[] lengthBytes = in.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = lengthBytes.length - 1; i >= 0; i--) {
            length = length << 8 | lengthBytes[i] & 0xFF;
        }
        if (length > MAX_HEADER_BYTES) {
            throw new DataException(file + ": header bytes=" + length + ", more than a .npy file of numbers needs");
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw new DataException(file + ": cut short within its header: copy or write the file again");
        }
        return parse(file, new String(text, StandardCharsets.UTF_8));
    }

    private static NpyHeader parse(Path file, String text) throws DataException {
        Matcher type = TYPE.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!type.find() || !fortran.find() || !shape.find()) {
            throw new DataException(file + ": holds no plain array of numbers: header=" + text.strip());
        }
        long[] extents;
        try {
            extents = Arrays.stream(shape.group(1).replace("L", "").split(","))
                    .map(String::strip)
                    .filter(extent -> !extent.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new DataException(file + ": shape=(" + shape.group(1) + ") is no shape", e);
        }
        if (fortran.group(1).equals("True") && extents.length > 1) {
            throw new DataException(file + ": is stored column by column: save numpy.ascontiguousarray(array)");
        }
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(type.group(2).charAt(0), Integer.parseInt(type.group(3)), order, extents);
    }

    /** Returns {@code f} for floating point, {@code i} and {@code u} for signed and unsigned integers, others as NumPy has them. */
    char kind() {
        return kind;
    }

    int valueBytes() {
        return valueBytes;
    }

    ByteOrder order() {
        return order;
    }

    /** Returns how many dimensions the array has. */
    int axes() {
        return shape.length;
    }

    long extent(int axis) {
        return shape[axis];
    }

    /** Returns the type as a person would name it, e.g. {@code float32}. */
    String typeName() {
        String name = kind == 'f' ? "float" : kind == 'i' ? "int" : kind == 'u' ? "uint" : "type '" + kind + "'";
        return name + valueBytes * 8;
    }
}
