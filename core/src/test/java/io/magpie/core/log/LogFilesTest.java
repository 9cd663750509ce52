package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overwriting in a log that is open, and logs that are written and read as finished files. */
class LogFilesTest {
    private static final int SEGMENT = 64 << 10;
    private static final int PEOPLE = 200;

    @TempDir
    Path root;

    private Path live;
    private Path copy;

    @BeforeEach
    void makeDirectories() throws IOException {
        live = Files.createDirectory(root.resolve("live"));
        copy = Files.createDirectory(root.resolve("copy"));
    }

    private static byte[] payload(long sequence) {
        byte[] bytes = new byte[200 + (int) (sequence % 50)];
        new SplittableRandom(sequence).nextBytes(bytes);
        return bytes;
    }

    private static void append(UpdateLog log, long sequence) throws IOException {
        log.begin(1);
        byte[] bytes = payload(sequence);
        log.part(1, sequence % PEOPLE, 0, bytes, 0, bytes.length);
        log.part(2, sequence % PEOPLE, 0, bytes, 0, bytes.length);
        log.part(9, sequence % PEOPLE, 0, bytes, 0, 8);
        log.commit();
    }

    private UpdateLog open() throws IOException {
        return UpdateLog.open(live, SEGMENT, 0, false, Runnable::run, kind -> kind < 9);
    }

    private static List<String> parts(RecordSource source, long above) throws IOException {
        List<String> parts = new ArrayList<>();
        source.replay(above, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            parts.add(sequence + " " + type + " " + kind + " " + id + " " + sub + " " + Arrays.hashCode(bytes));
        });
        return parts;
    }

    static int scrub(UpdateLog log, long id, PartMatcher which) {
        LogScrub scrub = log.newScrub(which, (kind, other, buffer, offset, length) -> false);
        scrub.add(id);
        assertThat(scrub.run(Integer.MAX_VALUE)).isTrue();
        return scrub.takeCount();
    }

    @Test
    void shouldOverwriteInPiecesWhatWasThereWhenOthersAppendAndCutMeanwhile() throws IOException {
        try (UpdateLog log = open()) {
            for (long sequence = 1; sequence <= 2_000; sequence++) {
                append(log, sequence);
            }
            LogScrub scrub = log.newScrub(
                    (kind, id, buffer, offset, length) -> kind == 1, (kind, id, buffer, offset, length) -> kind == 2);
            scrub.add(17);
            scrub.add(18);
            int pieces = 1;
            long sequence = 2_000;
            while (!scrub.run(1)) {
                // Parts of the last kind stay until all others are gone.
                assertThat(of17(log, 2_000, 2)).isPositive();
                append(log, ++sequence);
                if (pieces++ == 5) {
                    log.cut(600);
                }
            }
            assertThat(pieces).isGreaterThan(20);
            assertThat(of17(log, 2_000, 1)).isZero();
            assertThat(of17(log, 2_000, 2)).isZero();
            long before = sequence;
            while (sequence < 4_000) {
                append(log, ++sequence);
            }
            // What came later stays, whenever that was, and it may be used again.
            assertThat(of17(log, 4_000, 1)).isEqualTo(10);
            assertThat(before).isLessThan(4_000);
            assertThat(scrub.takeCount()).isBetween(24, 40);
            scrub.add(17);
            assertThat(scrub.run(Integer.MAX_VALUE)).isTrue();
            assertThat(scrub.takeCount()).isEqualTo(20);
            assertThat(of17(log, 4_000, 1)).isZero();
        }
        try (LogReader reader = LogReader.open(live, 0)) {
            assertThat(reader.damage()).isEmpty();
        }
    }

    /** Returns how many parts of a kind of number 17 are left up to a record. */
    private static int of17(UpdateLog log, long until, int wanted) throws IOException {
        int[] found = new int[1];
        log.replay(0, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            found[0] += id == 17 && kind == wanted && sequence <= until ? 1 : 0;
        });
        return found[0];
    }

    @Test
    void shouldOverwriteExactlyTheOnesAskedForWhenTheLogIsOpen() throws IOException {
        try (UpdateLog log = open()) {
            for (long sequence = 1; sequence <= 2_000; sequence++) {
                append(log, sequence);
            }
            assertThat(log.segmentCount()).isGreaterThan(10);
            List<String> before = parts(log, 0);
            assertThat(scrub(log, 17, (kind, id, buffer, offset, length) -> kind == 1))
                    .isEqualTo(10);
            assertThat(scrub(log, 17, (kind, id, buffer, offset, length) -> kind == 1))
                    .isZero();
            assertThat(scrub(log, 18, (kind, id, buffer, offset, length) -> kind < 9))
                    .isEqualTo(20);
            assertThat(scrub(log, PEOPLE, (kind, id, buffer, offset, length) -> kind < 9))
                    .isZero();
            before.removeIf(part -> part.matches("[0-9]+ 1 1 17 .*|[0-9]+ 1 [12] 18 .*"));
            assertThat(parts(log, 0)).isEqualTo(before);
            // What comes later is found too, and segments that were cut are not touched.
            log.cut(1_000);
            append(log, 2_017);
            assertThat(scrub(log, 17, (kind, id, buffer, offset, length) -> kind == 2))
                    .isBetween(6, 7);
        }
        for (long sequence = 18; sequence <= 2_000; sequence += PEOPLE) {
            String text = new String(payload(sequence), java.nio.charset.StandardCharsets.ISO_8859_1);
            try (var files = Files.list(live)) {
                for (Path file : files.toList()) {
                    assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .doesNotContain(text);
                }
            }
        }
        try (LogReader reader = LogReader.open(live, 0)) {
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void shouldReadWhatWasCopiedWhenTheLogGoesOn() throws IOException {
        try (UpdateLog log = open()) {
            for (long sequence = 1; sequence <= 300; sequence++) {
                append(log, sequence);
            }
            LogCursor cursor = log.end();
            ByteBuffer buffer = ByteBuffer.allocate(4_096);
            try (LogWriter writer = new LogWriter(copy, SEGMENT, cursor.nextSequence())) {
                for (long sequence = 301; sequence <= 1_500; sequence++) {
                    append(log, sequence);
                    log.read(cursor, 1_400, buffer.clear());
                    writer.records(buffer.flip());
                }
                while (cursor.nextSequence() <= 1_400) {
                    log.read(cursor, 1_400, buffer.clear());
                    writer.records(buffer.flip());
                }
                writer.finish();
            }
            List<String> expected = parts(log, 300);
            expected.removeIf(part -> Integer.parseInt(part.substring(0, part.indexOf(' '))) > 1_400);
            try (LogReader reader = LogReader.open(copy, 300)) {
                assertThat(reader.damage()).isEmpty();
                assertThat(reader.lastSequence()).isEqualTo(1_400);
                assertThat(parts(reader, 300)).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldNoticeEveryFlippedBitWhenReadingAFinishedLog() throws IOException {
        try (LogWriter writer = new LogWriter(copy, SEGMENT, 1)) {
            for (long sequence = 1; sequence <= 20; sequence++) {
                byte[] bytes = payload(sequence);
                writer.begin(2);
                writer.part(1, sequence, 0, bytes, 0, bytes.length);
                writer.commit();
            }
            writer.finish();
        }
        Path file = LogSegment.fileOf(copy, 1);
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = whole.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
            try (LogReader reader = LogReader.open(copy, 0)) {
                boolean noticed = !reader.damage().isEmpty() || reader.lastSequence() != 20;
                // Bytes that no checksum covers mean nothing: padding, and the reserved ones.
                assertThat(noticed || parts(reader, 0).size() == 20)
                        .as("at=%d", at)
                        .isTrue();
                if (!noticed) {
                    Files.write(file, whole);
                    try (LogReader untouched = LogReader.open(copy, 0)) {
                        assertThat(parts(reader, 0)).as("at=%d", at).isEqualTo(parts(untouched, 0));
                    }
                }
            }
        }
    }

    @Test
    void shouldOverwriteChosenPartsWhenTheLogIsFinished() throws IOException {
        try (LogWriter writer = new LogWriter(copy, SEGMENT, 1)) {
            for (long sequence = 1; sequence <= 1_000; sequence++) {
                byte[] bytes = payload(sequence);
                writer.begin(2);
                writer.part(1, sequence % 3, 0, bytes, 0, bytes.length);
                writer.commit();
            }
            writer.finish();
        }
        assertThat(LogReader.scrub(copy, 0, (sequence, kind, id) -> id == 2)).isEqualTo(333);
        try (LogReader reader = LogReader.open(copy, 0)) {
            assertThat(reader.damage()).isEmpty();
            assertThat(reader.lastSequence()).isEqualTo(1_000);
            assertThat(parts(reader, 0)).hasSize(667).noneMatch(part -> part.contains(" 2 1 2 "));
        }
    }
}
