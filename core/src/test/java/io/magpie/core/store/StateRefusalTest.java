package io.magpie.core.store;

import static io.magpie.core.store.StateFixture.DIMENSION;
import static io.magpie.core.store.StateFixture.configuration;
import static io.magpie.core.store.StateFixture.profile;
import static io.magpie.core.store.StateFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be opened is refused with a message that says what differs and what to do, and is left as it was. */
class StateRefusalTest {
    @TempDir
    Path root;

    private Path directory;

    @BeforeEach
    void writeAState() throws Exception {
        directory = root.resolve("data");
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            for (int id = 0; id < 100; id++) {
                put(store, profile(store, id, 3));
            }
        }
    }

    private static Map<String, String> picture(Path directory) throws IOException {
        Map<String, String> picture = new TreeMap<>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                picture.put(
                        directory.relativize(file).toString(),
                        Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return picture;
    }

    private void requireRefusal(StateConfiguration configuration, String... parts) throws IOException {
        Map<String, String> before = picture(directory);
        assertThatThrownBy(() -> StateStore.open(directory, configuration).close())
                .isInstanceOf(StateStoreException.class)
                .hasMessageContainingAll(parts);
        assertThat(picture(directory)).isEqualTo(before);
    }

    @Test
    void shouldNameEveryDifferenceWhenTheConfigurationIsAnother() throws Exception {
        requireRefusal(
                StateConfiguration.builder(8, StateFixture.SOURCES)
                        .maxProfiles(400)
                        .maxItems(300)
                        .maxSeenChunks(900)
                        .seenLimit(200)
                        .build(),
                "dimension is 7 there and 8 here",
                "Start with the values of the directory");
        requireRefusal(
                StateConfiguration.builder(DIMENSION, List.of("payment", "social", "commerce"))
                        .maxProfiles(400)
                        .maxItems(300)
                        .maxSeenChunks(900)
                        .seenLimit(100)
                        .build(),
                "sources is social,payment,commerce there and payment,social,commerce here",
                "seenLimit is 200 there and 100 here");
        requireRefusal(configuration().maxItems(301).build(), "maxItems is 300 there and 301 here");
    }

    @Test
    void shouldRefuseWhenTheManifestIsDamaged() throws Exception {
        Path manifest = directory.resolve(StateFiles.MANIFEST);
        byte[] whole = Files.readAllBytes(manifest);
        for (int at = 0; at < whole.length; at += 41) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 4;
            Files.write(manifest, bytes);
            requireRefusal(configuration().build(), "manifest is damaged", "Nothing was changed");
        }
        for (int length : new int[] {0, 1, 20, whole.length - 1}) {
            Files.write(manifest, Arrays.copyOf(whole, length));
            requireRefusal(configuration().build(), "manifest is damaged", "Nothing was changed");
        }
    }

    @Test
    void shouldRefuseWhenTheFormatIsAnother() throws Exception {
        Manifest manifest = Manifest.read(directory);
        manifest.put("format", Manifest.FORMAT + 1);
        manifest.write(directory);
        requireRefusal(configuration().build(), "another format", "format=3 known=2", "Use the Magpie that wrote it");
    }

    @Test
    void shouldRefuseWhenTheDirectoryIsSomebodyElses() throws Exception {
        directory = Files.createDirectory(root.resolve("foreign"));
        Files.writeString(directory.resolve("thesis.tex"), "years of work");
        requireRefusal(configuration().build(), "not empty, and not Magpie's", "Use an empty directory");
        directory = root.resolve("file");
        Files.writeString(directory, "a file");
        requireRefusal(configuration().build(), "not Magpie's");
    }

    @Test
    void shouldRefuseWhenAStateHasLostItsManifest() throws Exception {
        Files.delete(directory.resolve(StateFiles.MANIFEST));
        requireRefusal(configuration().build(), "it has no magpie.manifest");
    }

    @Test
    void shouldRefuseWhenAMapIsCutOffOrMissing() throws Exception {
        Path map = directory.resolve(MapKind.PROFILES.file());
        long length = Files.size(map);
        try (FileChannel channel = FileChannel.open(map, java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(length - 4096);
        }
        requireRefusal(configuration().build(), "is cut off", "profiles.dat", "Restore");
        Files.delete(map);
        requireRefusal(configuration().build(), "is missing", "profiles.dat", "Restore");
    }

    @Test
    void shouldRefuseWhenTheHeadOfAMapIsDamaged() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve(MapKind.PROFILES.file()).toFile(), "rw")) {
            file.seek(40);
            file.write(new byte[200]);
        }
        assertThatThrownBy(() -> StateStore.open(directory, configuration().build()))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("Restore");
    }

    @Test
    void shouldRefuseWhenTheDirectoryIsOpenInThisProcess() throws Exception {
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            assertThatThrownBy(() -> StateStore.open(directory, configuration().build()))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("open in this process already");
            assertThat(put(store, profile(store, 1, 2))).isEqualTo(io.magpie.core.Outcome.OK);
        }
        StateStore.open(directory, configuration().build()).close();
    }

    @Test
    void shouldMakeADirectoryAgainWhenItsCreationWasCutShort() throws Exception {
        directory = Files.createDirectory(root.resolve("new"));
        StateFiles.markCreating(directory);
        Files.write(directory.resolve(MapKind.PROFILES.file()), new byte[1000]);
        Files.createDirectory(directory.resolve(StateFiles.LOG));
        Files.write(directory.resolve(StateFiles.LOG).resolve("0000000000000001.log.tmp"), new byte[10]);
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            put(store, profile(store, 1, 2));
        }
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            assertThat(store.profileCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAnUnfinishedCreationWhenItHoldsAnythingElse() throws Exception {
        directory = Files.createDirectory(root.resolve("new"));
        StateFiles.markCreating(directory);
        Files.writeString(directory.resolve("thesis.tex"), "years of work");
        requireRefusal(configuration().build(), "not empty, and not Magpie's");
    }
}
