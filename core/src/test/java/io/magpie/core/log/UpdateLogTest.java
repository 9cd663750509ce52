package io.magpie.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.magpie.core.MappedFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UpdateLogTest {
    private static final int SEGMENT = 8192;

    @TempDir
    Path root;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(root.resolve("log"));
    }

    private UpdateLog open(long checkpoint, boolean acceptLoss) throws IOException {
        return UpdateLog.open(directory, SEGMENT, checkpoint, acceptLoss, Runnable::run, kind -> kind != 6);
    }

    private static byte[] payload(long sequence, int part) {
        SplittableRandom random = new SplittableRandom(sequence * 31 + part);
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void append(UpdateLog log, long sequence) throws IOException {
        log.begin(1);
        int parts = 1 + (int) (sequence % 3);
        for (int part = 0; part < parts; part++) {
            byte[] bytes = payload(sequence, part);
            log.part(5 + part, sequence % 7, part, bytes, 0, bytes.length);
        }
        assertThat(log.commit()).isEqualTo(sequence);
    }

    private void fill(int records) throws IOException {
        try (UpdateLog log = open(0, false)) {
            for (int sequence = 1; sequence <= records; sequence++) {
                append(log, sequence);
            }
        }
    }

    /** Returns the numbers of the records whose parts came, each of which must be as it was written. */
    private static List<Long> replay(UpdateLog log, long above) throws IOException {
        List<Long> sequences = new ArrayList<>();
        log.replay(above, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            assertThat(bytes).isEqualTo(payload(sequence, sub));
            assertThat(type).isEqualTo(1);
            assertThat(kind).isEqualTo(5 + sub);
            assertThat(id).isEqualTo(sequence % 7);
            if (sub == 0) {
                sequences.add(sequence);
            }
        });
        return sequences;
    }

    private static List<Long> range(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (long n = from; n <= to; n++) {
            numbers.add(n);
        }
        return numbers;
    }

    private Path segment(int number) {
        return LogSegment.fileOf(directory, number);
    }

    /** Returns where a record of a segment starts, counted from 0, and where the last one ends. */
    private static List<Integer> positions(byte[] segment) {
        ByteBuffer bytes = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> positions = new ArrayList<>();
        int at = LogDescriptor.SEGMENT_HEADER_LENGTH;
        while (at + 4 <= segment.length && bytes.getInt(at) != 0) {
            positions.add(at);
            at += bytes.getInt(at);
        }
        positions.add(at);
        return positions;
    }

    @Test
    void shouldHandBackEveryPartInOrderWhenReplayed() throws IOException {
        fill(200);
        try (UpdateLog log = open(0, false)) {
            assertThat(log.segmentCount()).isGreaterThan(3);
            assertThat(log.damage()).isEmpty();
            assertThat(log.lastSequence()).isEqualTo(200);
            assertThat(replay(log, 0)).isEqualTo(range(1, 200));
            assertThat(replay(log, 150)).isEqualTo(range(151, 200));
            append(log, 201);
        }
        try (UpdateLog log = open(0, false)) {
            assertThat(replay(log, 0)).isEqualTo(range(1, 201));
        }
    }

    @Test
    void shouldDropTheNewestRecordWhenItIsTornAnywhere() throws IOException {
        fill(10);
        byte[] whole = Files.readAllBytes(segment(1));
        List<Integer> positions = positions(whole);
        int last = positions.get(positions.size() - 2);
        int end = positions.get(positions.size() - 1);
        for (int torn = last; torn < end; torn += 4) {
            byte[] bytes = whole.clone();
            Arrays.fill(bytes, torn, end, (byte) 0);
            // A record that is the same without its last zeros is not torn.
            boolean changed = !Arrays.equals(bytes, whole);
            Files.write(segment(1), bytes);
            try (UpdateLog log = open(0, false)) {
                assertThat(replay(log, 0)).as("torn at %d", torn).isEqualTo(range(1, changed ? 9 : 10));
                assertThat(log.damage()).hasSize(changed && torn > last ? 1 : 0);
            }
        }
    }

    @Test
    void shouldOverwriteTheTornTailWhenOpened() throws IOException {
        fill(10);
        byte[] whole = Files.readAllBytes(segment(1));
        List<Integer> positions = positions(whole);
        int last = positions.get(positions.size() - 2);
        // As a killed process leaves it: the body is there, the commit word is not.
        Arrays.fill(whole, last, last + 8, (byte) 0);
        Files.write(segment(1), whole);
        open(0, false).close();
        byte[] tidied = Files.readAllBytes(segment(1));
        assertThat(Arrays.copyOfRange(tidied, last, tidied.length)).containsOnly(0);
    }

    @Test
    void shouldNeverHandOverAChangedRecordWhenABitIsFlipped() throws IOException {
        fill(10);
        byte[] whole = Files.readAllBytes(segment(1));
        int end = positions(whole).get(positions(whole).size() - 1);
        for (int at = 0; at < end; at += 3) {
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << (at & 7));
            Files.write(segment(1), bytes);
            try (UpdateLog log = open(0, false)) {
                assertThat(replay(log, 0).size()).isBetween(9, 10);
            } catch (LogDamagedException e) {
                assertThat(Files.readAllBytes(segment(1))).isEqualTo(bytes);
            }
        }
    }

    @Test
    void shouldRefuseAndTouchNothingWhenARecordInTheMiddleIsDamaged() throws IOException {
        fill(100);
        byte[] bytes = Files.readAllBytes(segment(1));
        int third = positions(bytes).get(2);
        bytes[third + 60] ^= 1;
        Files.write(segment(1), bytes);
        assertThatThrownBy(() -> open(0, false))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("sequences=3..3")
                .hasMessageContaining("0000000000000001.log");
        assertThat(Files.readAllBytes(segment(1))).isEqualTo(bytes);
        List<Long> expected = range(1, 100);
        expected.remove(3L);
        try (UpdateLog log = open(0, true)) {
            assertThat(log.damage()).singleElement().asString().contains("sequences=3..3");
            assertThat(replay(log, 0)).isEqualTo(expected);
        }
    }

    @Test
    void shouldRefuseWhenAWholeRecordStandsInThePlaceOfAnother() throws IOException {
        try (UpdateLog log = open(0, false)) {
            for (int i = 0; i < 10; i++) {
                log.begin(1);
                log.part(5, i, 0, new byte[100], 0, 100);
                log.commit();
            }
        }
        byte[] bytes = Files.readAllBytes(segment(1));
        List<Integer> at = positions(bytes);
        System.arraycopy(bytes, at.get(2), bytes, at.get(3), at.get(3) - at.get(2));
        Files.write(segment(1), bytes);
        assertThatThrownBy(() -> open(0, false))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("sequences=4..4");
    }

    @Test
    void shouldNotMindDamageWhenTheCheckpointIsBeyondIt() throws IOException {
        fill(100);
        byte[] bytes = Files.readAllBytes(segment(1));
        bytes[positions(bytes).get(2) + 60] ^= 1;
        Files.write(segment(1), bytes);
        try (UpdateLog log = open(3, false)) {
            assertThat(replay(log, 3)).isEqualTo(range(4, 100));
        }
    }

    @Test
    void shouldRefuseWhenASegmentIsMissingCutOffOrForeign() throws IOException {
        fill(100);
        byte[] second = Files.readAllBytes(segment(2));
        Files.delete(segment(2));
        assertThatThrownBy(() -> open(0, false))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("are lost");
        Files.write(segment(2), Arrays.copyOf(second, second.length - 4096));
        assertThatThrownBy(() -> open(0, false))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("length=4096 made=8192");
        Files.write(segment(2), new byte[SEGMENT]);
        assertThatThrownBy(() -> open(0, false)).isInstanceOf(LogDamagedException.class);
        byte[] flipped = second.clone();
        flipped[LogDescriptor.SEGMENT_FORMAT_OFFSET] ^= 4;
        Files.write(segment(2), flipped);
        // A damaged number is not taken for the one of another Magpie's format.
        assertThatThrownBy(() -> open(0, false))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("its header is damaged");
        Files.write(segment(2), second);
        Files.delete(segment(1));
        assertThatThrownBy(() -> open(0, false))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("sequences=1..");
    }

    @Test
    void shouldLeaveNoByteAndAWholeLogWhenScrubbed() throws IOException {
        fill(100);
        try (UpdateLog log = open(0, false)) {
            assertThat(LogFilesTest.scrub(log, 3, (kind, id, buffer, offset, length) -> kind != 6))
                    .isPositive();
            log.replay(
                    0,
                    (sequence, type, kind, id, sub, buffer, offset, length) ->
                            assertThat(id == 3 && kind != 6 && length > 0).isFalse());
        }
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        for (long sequence = 1; sequence <= 100; sequence++) {
            byte[] bytes = payload(sequence, 0);
            if (bytes.length >= 8) {
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                assertThat(all.indexOf(text) >= 0).isEqualTo(sequence % 7 != 3);
            }
        }
        try (UpdateLog log = open(0, false)) {
            assertThat(log.damage()).isEmpty();
            assertThat(log.lastSequence()).isEqualTo(100);
        }
    }

    @Test
    void shouldFinishScrubbingWhenItWasCutShort() throws IOException {
        fill(5);
        byte[] bytes = Files.readAllBytes(segment(1));
        int part = positions(bytes).get(1) + LogDescriptor.RECORD_HEADER_LENGTH;
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(part + LogDescriptor.PART_SCRUBBED_OFFSET, LogDescriptor.SCRUBBED);
        Files.write(segment(1), bytes);
        try (UpdateLog log = open(0, false)) {
            assertThat(replay(log, 0)).isEqualTo(List.of(1L, 3L, 4L, 5L));
        }
        byte[] tidied = Files.readAllBytes(segment(1));
        int from = part + LogDescriptor.PART_HEADER_LENGTH;
        assertThat(Arrays.copyOfRange(tidied, from, from + payload(2, 0).length))
                .containsOnly(0);
    }

    @Test
    void shouldLetGoOfOldSegmentsOnlyWhenCut() throws IOException {
        try (UpdateLog log = open(0, false)) {
            for (int sequence = 1; sequence <= 100; sequence++) {
                append(log, sequence);
            }
            int before = log.segmentCount();
            List<Path> gone = log.cut(50);
            assertThat(gone).isNotEmpty();
            assertThat(log.segmentCount()).isEqualTo(before - gone.size());
            for (Path file : gone) {
                Files.delete(file);
            }
            append(log, 101);
        }
        try (UpdateLog log = open(50, false)) {
            assertThat(replay(log, 50)).isEqualTo(range(51, 101));
        }
        assertThatThrownBy(() -> open(0, false)).isInstanceOf(LogDamagedException.class);
    }

    @Test
    void shouldAppendNothingWhenNoSegmentCanBeMade() throws IOException {
        try (UpdateLog log = open(0, false)) {
            append(log, 1);
            // Nothing can be made in a directory that is gone.
            Files.move(directory, root.resolve("gone"));
            long last = 1;
            try {
                while (last < 1000) {
                    append(log, last + 1);
                    last++;
                }
            } catch (IOException e) {
                assertThat(log.lastSequence()).isEqualTo(last);
            }
            assertThat(last).isLessThan(1000);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldUnmapPagesAndAppendOnWhenForced() throws IOException {
        try (UpdateLog log = open(0, false)) {
            for (int sequence = 1; sequence <= 3; sequence++) {
                append(log, sequence);
                Path first;
                try (Stream<Path> files = Files.list(directory)) {
                    first = files.sorted().findFirst().orElseThrow();
                }
                assertThat(MappedFile.residentKilobytes(first)).isPositive();
                log.force();
                assertThat(MappedFile.residentKilobytes(first)).isZero();
            }
            assertThat(replay(log, 0)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    @Timeout(60)
    void shouldMakeTheRestOfASegmentItselfWhenItsPreparerIsSlow() throws Exception {
        ExecutorService preparer = Executors.newSingleThreadExecutor();
        int large = 4 << 20;
        byte[] payload = new byte[1 << 20];
        try (UpdateLog log = UpdateLog.open(directory, large, 0, false, preparer, kind -> true)) {
            log.prepareAhead();
            // Each segment is full after three records: it is needed long before a thread of its own has made it.
            for (int i = 1; i <= 60; i++) {
                Arrays.fill(payload, (byte) i);
                log.begin(1);
                log.part(1, i, 0, payload, 0, payload.length);
                assertThat(log.commit()).isEqualTo(i);
            }
            assertThat(log.segmentCount()).isEqualTo(20);
        } finally {
            preparer.shutdown();
            assertThat(preparer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".log"));
        }
        try (UpdateLog log = UpdateLog.open(directory, large, 0, false, Runnable::run, kind -> true)) {
            List<Integer> found = new ArrayList<>();
            log.replay(
                    0,
                    (sequence, type, kind, id, sub, buffer, offset, length) -> found.add((int) buffer.getByte(offset)));
            assertThat(found).hasSize(60).first().isEqualTo(1);
            assertThat(found).isSorted();
        }
    }

    @Test
    void shouldLeaveNothingWhenAHalfMadeSegmentIsGivenUp() throws IOException {
        SegmentMaker maker = new SegmentMaker(directory, 1, 4 << 20);
        assertThat(maker.makePiece()).isNull();
        maker.abandon();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseARecordWhenItIsLargerThanASegment() throws IOException {
        try (UpdateLog log = open(0, false)) {
            log.begin(1);
            assertThatThrownBy(() -> log.part(1, 1, 1, new byte[SEGMENT], 0, SEGMENT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("logSegmentBytes=8192");
            append(log, 1);
        }
    }

    @Test
    void shouldAllocateNothingWhenAppending() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        byte[] bytes = new byte[1000];
        try (UpdateLog log = UpdateLog.open(directory, 16 << 20, 0, false, task -> {}, kind -> true)) {
            long least = Long.MAX_VALUE;
            for (int window = 0; window < 5; window++) {
                long before = threads.getThreadAllocatedBytes(self);
                for (int i = 0; i < 2_000; i++) {
                    log.begin(1);
                    log.part(1, i, 0, bytes, 0, 1000);
                    log.part(2, i, 1, bytes, 0, 100);
                    log.commit();
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
            }
            assertThat(least).isZero();
        }
    }
}
