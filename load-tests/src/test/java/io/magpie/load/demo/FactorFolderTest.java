package io.magpie.load.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorFolderTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("items.txt"), "a\nb\nc\n");
        Files.writeString(folder.resolve("users.txt"), "u\nv\n");
        vectors("items.fvecs", 2, 1, 2, 3, 4, 5, 6);
        vectors("user_tags.fvecs", 2, 7, 8, 9, 10);
        vectors("user_own.fvecs", 2, 11, 12, 13, 14);
    }

    private void vectors(String file, int dimension, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length / dimension * (Integer.BYTES + dimension * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            if (i % dimension == 0) {
                bytes.putInt(dimension);
            }
            bytes.putFloat(values[i]);
        }
        Files.write(folder.resolve(file), bytes.array());
    }

    @Test
    void shouldReadAllFilesWhenTheFolderIsWhole() throws IOException {
        Files.writeString(folder.resolve("seen.tsv"), "v\tc a unknown\n");
        Files.writeString(folder.resolve("groups.tsv"), "u\ttest\t3\t5\t2.5\n");
        Files.writeString(folder.resolve("items.tsv"), "id\tname\nb\tRED MUG\nc\tiPhone case\n");
        FactorFolder read = new FactorFolder(folder);
        assertThat(read.dimension()).isEqualTo(2);
        assertThat(read.itemCount()).isEqualTo(3);
        assertThat(read.userCount()).isEqualTo(2);
        assertThat(read.sources()).containsExactly("own", "tags");
        assertThat(read.items()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.seen(0)).isEmpty();
        assertThat(read.seen(1)).containsExactly(2, 0);
        assertThat(read.evidence(0, 0)).isEqualTo(5);
        assertThat(read.evidence(1, 0)).isEqualTo(2.5);
        assertThat(read.evidence(1, 1)).as("nothing is said").isEqualTo(1);
        assertThat(read.itemName(0)).as("no name: its id").isEqualTo("a");
        assertThat(read.itemName(1)).isEqualTo("Red mug");
        assertThat(read.itemName(2)).isEqualTo("IPhone case");
        assertThat(read.userName(1)).isEqualTo("v");
    }

    @Test
    void shouldTakeOneColumnForAllSourcesWhenThereIsButOne() throws IOException {
        Files.writeString(folder.resolve("groups.tsv"), "v\ttest\t3\t9\n");
        FactorFolder read = new FactorFolder(folder);
        assertThat(read.evidence(0, 1)).isEqualTo(9);
        assertThat(read.evidence(1, 1)).isEqualTo(9);
    }

    @Test
    void shouldSayWhichFileDoesNotFitWhenOneIsMissingOrShort() throws IOException {
        vectors("user_tags.fvecs", 2, 7, 8);
        assertThatThrownBy(() -> new FactorFolder(folder))
                .hasMessageContaining("not as many vectors as names")
                .hasMessageContaining("user_tags.fvecs");
        vectors("items.fvecs", 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThatThrownBy(() -> new FactorFolder(folder)).hasMessageContaining("user_own.fvecs");
        Files.delete(folder.resolve("users.txt"));
        assertThatThrownBy(() -> new FactorFolder(folder)).hasMessageContaining("users.txt is missing");
    }

    @Test
    void shouldSayThatThereAreNoSourcesWhenNoUserFileIsThere() throws IOException {
        Files.delete(folder.resolve("user_tags.fvecs"));
        Files.delete(folder.resolve("user_own.fvecs"));
        assertThatThrownBy(() -> new FactorFolder(folder)).hasMessageStartingWith("no user_SOURCE.fvecs");
    }
}
