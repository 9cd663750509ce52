package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ErasureListTest {
    private static final int LISTS = 40;
    private static final int ENTRIES = 1_500;

    @TempDir
    private Path directory;

    private Path newList(String name) throws IOException {
        Path file = directory.resolve(name);
        ErasureList.create(file, "7");
        return file;
    }

    private static void add(Path file, int from, int to) throws IOException {
        try (ErasureList list = ErasureList.open(file)) {
            for (int i = from; i < to; i++) {
                list.add(i, 2L * i, 3L * i);
            }
        }
    }

    /** Returns how many entries there are, each of which must be the next one. */
    private static int read(Path file) throws IOException {
        int[] count = new int[1];
        ErasureList.read(file, (high, low, timeMillis) -> {
            assertThat(high).isEqualTo(count[0]++);
            assertThat(low).isEqualTo(2 * high);
            assertThat(timeMillis).isEqualTo(3 * high);
        });
        return count[0];
    }

    @Test
    void shouldHandOverWhatIsThereWhenAnotherGoesOnAdding() throws Exception {
        AtomicReference<IOException> failure = new AtomicReference<>();
        for (int i = 0; i < LISTS; i++) {
            Path file = newList("list-" + i);
            Thread writer = new Thread(() -> {
                try {
                    add(file, 0, ENTRIES);
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            writer.start();
            int most = 0;
            while (writer.isAlive()) {
                int now = read(file);
                assertThat(now).isGreaterThanOrEqualTo(most);
                most = now;
            }
            writer.join();
            assertThat(failure.get()).isNull();
            assertThat(read(file)).isEqualTo(ENTRIES);
        }
    }

    @Test
    void shouldLeaveOutATornEntryAndRefuseOneInTheMiddle() throws Exception {
        Path file = newList("list");
        add(file, 0, 5);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        assertThat(read(file)).isEqualTo(4);
        byte[] damaged = whole.clone();
        damaged[4 * ErasureList.ENTRY_LENGTH + 1] ^= 1;
        Files.write(file, damaged);
        assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class).hasMessageContaining("damaged");
        assertThatThrownBy(() -> ErasureList.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        add(file, 4, 6);
        assertThat(read(file)).isEqualTo(6);
    }
}
