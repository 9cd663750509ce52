package io.magpie.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Factor folders as they are handed out: sources in alphabetical order, evidence by column, lists by name. */
class FactorFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        vectors("items.fvecs", new float[][] {{1, 0}, {0, 1}, {0, 0}});
        Files.writeString(folder.resolve("items.txt"), "apple\nbread\ncheese\n");
        Files.writeString(folder.resolve("users.txt"), "ann\nbob\n");
        vectors("user_social.fvecs", new float[][] {{1, 0}, {0, 0}});
        vectors("user_commerce.fvecs.gz", new float[][] {{0, 1}, {1, 0}});
    }

    @Test
    void shouldReadEverythingWhenFolderIsWhole() throws IOException {
        Files.writeString(folder.resolve("groups.tsv"), "bob\ttest\t3\t4\t0\nann\ttune\tall\t7.5\t2\n");
        Files.writeString(folder.resolve("seen.tsv"), "ann\tcheese apple wine\nbob\t\n");
        Files.writeString(folder.resolve("test.tsv"), "bob\tbread\n");
        FactorFolder factors = FactorFolder.read(folder);
        assertThat(factors.sources()).containsExactly("commerce", "social");
        assertThat(factors.userVectors(0).row(0)).containsExactly(0, 1);
        assertThat(factors.group(0).half()).isEqualTo("tune");
        assertThat(factors.group(1).k()).isEqualTo("3");
        assertThat(factors.evidence(0, 0)).isEqualTo(7.5);
        assertThat(factors.evidence(1, 1)).isZero();
        assertThat(factors.seen(0)).containsExactly(2, 0);
        assertThat(factors.seen(1)).isEmpty();
        assertThat(factors.heldOut(0)).isEmpty();
        assertThat(factors.heldOut(1)).containsExactly(1);
        assertThat(factors.unknownItems()).isEqualTo(1);
    }

    @Test
    void shouldTakeOneColumnForAllSourcesWhenThereIsOne() throws IOException {
        Files.writeString(folder.resolve("groups.tsv"), "ann\ttune\tall\t5\nbob\ttest\tall\t6\n");
        FactorFolder factors = FactorFolder.read(folder);
        assertThat(factors.evidence(0, 0)).isEqualTo(5);
        assertThat(factors.evidence(1, 1)).isEqualTo(6);
    }

    @Test
    void shouldTakeOneForARowWithDirectionWhenGroupsAreMissing() throws IOException {
        FactorFolder factors = FactorFolder.read(folder);
        assertThat(factors.hasGroups()).isFalse();
        assertThat(factors.evidence(1, 0)).isEqualTo(1);
        assertThat(factors.evidence(1, 1)).isZero();
        assertThat(factors.seen(0)).isEmpty();
    }

    @Test
    void shouldNameTheFilesWhenTheyDisagreeOrAreMissing() throws IOException {
        Files.writeString(folder.resolve("groups.tsv"), "ann\ttune\tall\t5\n");
        assertRefused("has no line for user 'bob'");
        Files.writeString(folder.resolve("groups.tsv"), "ann\ttune\tall\t5\t6\t7\n");
        assertRefused("groups.tsv line 1: needs a user of users.txt");
        Files.writeString(folder.resolve("groups.tsv"), "ann\ttune\tall\tmany\n");
        assertRefused("groups.tsv line 1: evidence 'many' is not a number from 0 up");
        vectors("user_social.fvecs", new float[][] {{1, 0, 0}, {0, 0, 0}});
        assertRefused("user_social.fvecs: dimension=3, but items.fvecs has dimension=2");
        vectors("user_social.fvecs", new float[][] {{1, 0}});
        assertRefused("users.txt has rows=2 and user_social.fvecs has rows=1");
        Files.delete(folder.resolve("items.txt"));
        assertRefused("items.txt is missing");
    }

    private void assertRefused(String reason) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> FactorFolder.read(folder))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private void vectors(String name, float[][] rows) throws IOException {
        try (FvecsWriter writer = new FvecsWriter(folder.resolve(name))) {
            for (float[] row : rows) {
                writer.write(row);
            }
        }
    }
}
