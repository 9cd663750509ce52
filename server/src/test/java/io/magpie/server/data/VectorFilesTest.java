package io.magpie.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of vectors: what is written is read back, and each kind of damage is named with its row. */
class VectorFilesTest {
    private static final float[][] ROWS = {{1.5f, -0.0f, Float.MIN_VALUE}, {0, 0, 0}, {3e38f, -2, 7}};

    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatWasWrittenWhenFvecsIsPlainOrPacked() throws IOException {
        for (String name : new String[] {"a.fvecs", "a.fvecs.gz", "A.FVECS.GZ"}) {
            Path file = write(name, ROWS);
            VectorMatrix matrix = VectorMatrix.read(file);
            assertThat(matrix.rows()).isEqualTo(3);
            assertThat(matrix.dimension()).isEqualTo(3);
            for (int row = 0; row < 3; row++) {
                assertThat(matrix.row(row)).containsExactly(ROWS[row]);
                assertThat(matrix.isZero(row)).isEqualTo(row == 1);
            }
        }
    }

    @Test
    void shouldReadManyRowsWhenTheyFillMoreThanABuffer() throws IOException {
        float[][] rows = new float[20_000][17];
        for (int row = 0; row < rows.length; row++) {
            Arrays.fill(rows[row], row);
        }
        for (String name : new String[] {"big.fvecs", "big.fvecs.gz"}) {
            VectorMatrix matrix = VectorMatrix.read(write(name, rows));
            assertThat(matrix.rows()).isEqualTo(20_000);
            assertThat(matrix.values()).hasSize(340_000);
            assertThat(matrix.row(19_999)).containsOnly(19_999f);
        }
    }

    @Test
    void shouldReadAllMembersWhenPackedFileIsJoinedFromTwo() throws IOException {
        byte[] one = Files.readAllBytes(write("one.fvecs.gz", new float[][] {{1, 2}}));
        byte[] two = Files.readAllBytes(write("two.fvecs.gz", new float[][] {{3, 4}}));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(one);
        joined.write(two);
        Path file = bytes("joined.fvecs.gz", joined.toByteArray());
        assertThat(VectorMatrix.read(file).values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shouldHoldNoRowWhenFileIsEmpty() throws IOException {
        assertThat(VectorMatrix.read(bytes("empty.fvecs", new byte[0])).rows()).isZero();
        assertThat(VectorMatrix.read(bytes("empty.fvecs.gz", new byte[0])).rows())
                .isZero();
        assertThat(VectorMatrix.read(npy("<f4", "(0, 64)", new byte[0])).rows()).isZero();
    }

    @Test
    void shouldNameTheRowWhenDimensionsDiffer() throws IOException {
        Path file = write("mixed.fvecs", new float[][] {{1, 2}, {3, 4}, {5, 6, 7}});
        assertRefused(file, "mixed.fvecs row 2 (counted from 0): dimension=3, but row 0 has dimension=2");
    }

    @Test
    void shouldNameTheRowWhenAValueIsNotFinite() throws IOException {
        assertRefused(
                write("nan.fvecs", new float[][] {{1, 2}, {3, Float.NaN}}), "row 1 (counted from 0): value 1 is NaN");
        assertRefused(
                write("inf.fvecs", new float[][] {{Float.NEGATIVE_INFINITY, 2}}),
                "row 0 (counted from 0): value 0 is -Infinity");
    }

    @Test
    void shouldNameTheRowWhenCutShortAtAnyByte() throws IOException {
        byte[] whole = Files.readAllBytes(write("whole.fvecs", ROWS));
        for (int length = 1; length < whole.length; length++) {
            Path file = bytes("cut.fvecs", Arrays.copyOf(whole, length));
            if (length % 16 == 0) {
                assertThat(VectorMatrix.read(file).rows()).isEqualTo(length / 16);
            } else {
                assertRefused(file, "row " + length / 16 + " (counted from 0): cut short");
            }
        }
    }

    @Test
    void shouldSayCutShortWhenPackedFileIs() throws IOException {
        byte[] whole = Files.readAllBytes(write("whole.fvecs.gz", ROWS));
        assertRefused(
                bytes("cut.fvecs.gz", Arrays.copyOf(whole, whole.length - 9)),
                "cut.fvecs.gz: the packed file is cut short");
        assertRefused(
                bytes("not.fvecs.gz", new byte[] {3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}),
                "not.fvecs.gz: cannot be unpacked");
    }

    @Test
    void shouldRefuseWhenDimensionIsOutOfRange() throws IOException {
        assertRefused(bytes("zero.fvecs", new byte[4]), "dimension=0 is not in 1..1024");
        assertRefused(bytes("text.fvecs", "not vectors".getBytes(StandardCharsets.UTF_8)), "is this an .fvecs file?");
        assertThat(VectorMatrix.read(write("longest.fvecs", new float[][] {new float[1024]}))
                        .dimension())
                .isEqualTo(1024);
        assertRefused(write("longer.fvecs", new float[][] {new float[1025]}), "dimension=1025 is not in 1..1024");
    }

    @Test
    void shouldSayWhichFileWhenItIsMissingOrAFolderOrOfAnotherKind() throws IOException {
        assertRefused(folder.resolve("none.fvecs"), "none.fvecs: no such file");
        Files.createDirectory(folder.resolve("dir.fvecs"));
        assertRefused(folder.resolve("dir.fvecs"), "dir.fvecs: is a folder");
        assertRefused(bytes("a.txt", new byte[1]), "a.txt: vectors are read from .fvecs and .npy files");
    }

    @Test
    void shouldReadEveryFloatTypeWhenNpy() throws IOException {
        ByteBuffer little = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i <= 6; i++) {
            little.putFloat(i * 0.5f);
        }
        assertThat(VectorMatrix.read(npy("<f4", "(2, 3)", little.array())).values())
                .containsExactly(0.5f, 1, 1.5f, 2, 2.5f, 3);
        ByteBuffer big = ByteBuffer.allocate(16).putDouble(0.1).putDouble(-2);
        assertThat(VectorMatrix.read(npy(">f8", "(1, 2)", big.array())).values())
                .containsExactly(0.1f, -2);
        ByteBuffer half = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        half.putShort((short) 0x3C00)
                .putShort((short) 0xC000)
                .putShort((short) 0x0001)
                .putShort((short) 0x7BFF);
        assertThat(VectorMatrix.read(npy("<f2", "(4,)", half.array())).values())
                .containsExactly(1, -2, 0x1p-24f, 65504);
        assertThat(Float.floatToRawIntBits(NpyReader.halfToFloat((short) 0x8000)))
                .isEqualTo(0x80000000);
        assertThat(NpyReader.halfToFloat((short) 0x7C00)).isInfinite();
        assertThat(NpyReader.halfToFloat((short) 0x7E00)).isNaN();
    }

    @Test
    void shouldSayTheFixWhenNpyIsOfAnotherKind() throws IOException {
        assertRefused(
                npy("<i4", "(1, 1)", new byte[4]),
                "holds int32, and vectors need float32: save array.astype('float32')");
        assertRefused(npy("<f4", "(1, 1, 1)", new byte[4]), "has 3 axes");
        assertRefused(npy("<f4", "(1, 2000)", new byte[8000]), "dimension=2000 is not in 1..1024");
        assertRefused(
                npy("<f4", "(2, 1)", new byte[5]), "row 1 (counted from 0): cut short, and the header names 2 rows");
        assertRefused(npy("<f4", "(2, 1)", new byte[12]), "goes on behind the 2 rows");
        assertRefused(bytes("bad.npy", new byte[20]), "does not start as a .npy file does");
        Path fortran = npyHeader("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", new byte[8]);
        assertRefused(fortran, "stored column by column");
    }

    @Test
    void shouldReadIdsWhenTextOrNpy() throws IOException {
        Path text = bytes("ids.txt", "5\n 18446744073709551614 \r\n0\n".getBytes(StandardCharsets.UTF_8));
        assertThat(IdFile.read(text)).containsExactly(5, -2, 0);
        ByteBuffer ids = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(7)
                .putLong(-3);
        assertThat(IdFile.read(npy("<u8", "(2,)", ids.array()))).containsExactly(7, -3);
        assertThat(IdFile.read(npy("<u4", "(1,)", new byte[] {-1, -1, -1, -1}))).containsExactly(0xFFFF_FFFFL);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> IdFile.read(npy("<i8", "(2,)", ids.array())))
                .withMessageContaining("row 1 (counted from 0): id -3 is negative or reserved");
    }

    @Test
    void shouldNameTheLineWhenAnIdIsNone() throws IOException {
        for (String bad : new String[] {"x", "-1", "1.0", "", "18446744073709551615", "18446744073709551616"}) {
            Path text = bytes("ids.txt", ("5\n" + bad + "\n").getBytes(StandardCharsets.UTF_8));
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> IdFile.read(text))
                    .withMessageContaining("ids.txt line 2: id ");
        }
    }

    @Test
    void shouldReadBackWhatWasWrittenWhenIvecs() throws IOException {
        for (String name : new String[] {"a.ivecs", "a.ivecs.gz"}) {
            Path file = folder.resolve(name);
            try (IvecsWriter writer = new IvecsWriter(file)) {
                writer.write(new int[] {3, -1, 9}, 2);
                writer.write(new int[0], 0);
            }
            try (IvecsReader reader = new IvecsReader(file)) {
                assertThat(reader.next()).containsExactly(3, -1);
                assertThat(reader.next()).isEmpty();
                assertThat(reader.next()).isNull();
            }
        }
    }

    private void assertRefused(Path file, String reason) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> VectorMatrix.read(file))
                .withMessageContaining(reason)
                .withMessageContaining(file.getFileName().toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private Path write(String name, float[][] rows) throws IOException {
        Path file = folder.resolve(name);
        try (FvecsWriter writer = new FvecsWriter(file)) {
            for (float[] row : rows) {
                writer.write(row);
            }
        }
        return file;
    }

    private Path bytes(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path npy(String type, String shape, byte[] values) throws IOException {
        return npyHeader("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }", values);
    }

    private Path npyHeader(String header, byte[] values) throws IOException {
        Path file = folder.resolve("array.npy.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (header.length() + 1), 0});
            out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
            out.write(values);
        }
        return file;
    }
}
