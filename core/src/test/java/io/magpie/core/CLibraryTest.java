package io.magpie.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CLibraryTest {
    private static final int LENGTH = 1 << 20;

    @TempDir
    Path directory;

    private Path file;
    private MappedByteBuffer mapping;

    @BeforeEach
    void map() throws IOException {
        file = Files.write(directory.resolve("mapped"), new byte[LENGTH]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapping = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
        }
        mapping.order(ByteOrder.LITTLE_ENDIAN);
    }

    @AfterEach
    void unmap() {
        BufferUtil.free(mapping);
    }

    private boolean unmapPages() {
        return CLibrary.unmapPages(BufferUtil.address(mapping), LENGTH);
    }

    private void fill(long value) {
        for (int at = 0; at < LENGTH; at += 512) {
            mapping.putLong(at, value);
        }
    }

    private void assertFilledWith(long value) throws IOException {
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < LENGTH; at += 512) {
            assertThat(mapping.getLong(at)).isEqualTo(value);
            assertThat(written.getLong(at)).isEqualTo(value);
        }
    }

    @Test
    void shouldKeepWhatWasWrittenWhenPagesAreUnmapped() throws IOException {
        fill(7);
        assertThat(MappedFile.residentKilobytes(file)).isEqualTo(LENGTH >> 10);
        assertThat(unmapPages()).isTrue();
        assertThat(MappedFile.residentKilobytes(file)).isZero();
        assertFilledWith(7);
        fill(8);
        assertFilledWith(8);
    }

    @Test
    void shouldLoseNothingWhenAnotherThreadWritesMeanwhile() throws IOException {
        int rounds = 300;
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int round = 1; round <= rounds; round++) {
                fill(round);
            }
        });
        while (!writer.isDone()) {
            unmapPages();
            mapping.force();
        }
        writer.join();
        unmapPages();
        assertFilledWith(rounds);
    }

    @Test
    void shouldSayNoWhenTheRangeIsNotMapped() {
        assertThat(CLibrary.unmapPages(BufferUtil.address(mapping) + 1, LENGTH)).isFalse();
    }
}
