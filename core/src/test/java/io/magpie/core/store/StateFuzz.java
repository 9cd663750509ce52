package io.magpie.core.store;

import io.magpie.core.LeftFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a snapshot and the manifest of a data directory, damaged: they are read as they were, or refused with a text
 * that says what is wrong, and nothing else happens. The input is a list of edits of good files: which file, how, which
 * offset, which bytes.
 */
public final class StateFuzz {
    private static final int EDIT_LENGTH = 8;
    private static final int CUT = 15;

    private static Path good;
    private static Path work;

    private StateFuzz() {}

    private static void prepare() throws Exception {
        Path root = Files.createTempDirectory("magpie-fuzz-state");
        good = root.resolve("good");
        work = root.resolve("work");
        try (StateStore store = StateStore.open(
                root.resolve("data"), StateFixture.configuration().build())) {
            for (int id = 1; id <= 5; id++) {
                StateFixture.put(store, StateFixture.profile(store, id, id));
                StateFixture.put(store, StateFixture.seen(store, id, 3, 1));
                StateFixture.put(store, StateFixture.item(store, id, id));
            }
            try (Change change = store.begin()) {
                change.putIdentity(1, 2, 3);
                change.addErasure(4, 5, 6);
                change.commit();
            }
            store.snapshot(good, 0, new SnapshotProgress());
            Files.copy(root.resolve("data").resolve(StateFiles.MANIFEST), good.resolve(StateFiles.MANIFEST));
        }
        LeftFiles.remove(root.resolve("data"));
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (good == null) {
            prepare();
        }
        if (Files.exists(work)) {
            LeftFiles.remove(work);
        }
        LeftFiles.copy(good, work);
        List<Path> files;
        try (Stream<Path> all = Files.walk(work)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (int at = 0; at + EDIT_LENGTH <= input.length; at += EDIT_LENGTH) {
            edit(files, ByteBuffer.wrap(input, at, EDIT_LENGTH));
        }
        try {
            read();
        } catch (IOException | StateStoreException expected) {
            if (expected.getMessage() == null || expected.getMessage().isEmpty()) {
                throw new AssertionError("it does not say what is wrong", expected);
            }
        }
    }

    private static void edit(List<Path> files, ByteBuffer edit) throws IOException {
        Path file = files.get((edit.get() & 0x7F) % files.size());
        int how = edit.get() & 0xF;
        int length = (int) Files.size(file);
        if (length == 0) {
            return;
        }
        int offset = (edit.getShort() & 0xFFFF) % length;
        byte[] bytes = Files.readAllBytes(file);
        if (how == CUT) {
            bytes = java.util.Arrays.copyOf(bytes, offset);
        } else {
            int some = Math.min(edit.remaining(), Math.min(1 + how % 4, length - offset));
            edit.get(bytes, offset, some);
        }
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void read() throws IOException, StateStoreException {
        Manifest.read(work).configuration(work).build();
        try (SnapshotContents contents = SnapshotContents.open(work)) {
            contents.requireWhole();
            contents.forEach((map, id, sub, image, length) -> {});
            contents.forEachErasure((high, low, timeMillis) -> {});
            LaterErasures.read(contents, work);
        }
        ErasureList.open(work.resolve(StateFiles.ERASURES)).close();
    }
}
