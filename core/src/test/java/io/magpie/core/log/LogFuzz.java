package io.magpie.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/**
 * The files of a log, damaged: opening says what is damaged, or heals what a crash tore, and nothing else happens. The input
 * is a list of edits of a good log: which file, which offset, which bytes; or a length to cut it to.
 */
public final class LogFuzz {
    private static final int SEGMENT = 4096;
    private static final int EDIT_LENGTH = 8;
    private static Path good;
    private static Path work;

    private LogFuzz() {}

    private static void prepare() throws IOException {
        good = Files.createTempDirectory("magpie-fuzz-good");
        work = Files.createTempDirectory("magpie-fuzz-work");
        try (UpdateLog log = UpdateLog.open(good, SEGMENT, 0, false, Runnable::run, kind -> kind < 9)) {
            for (int record = 0; record < 30; record++) {
                byte[] bytes = new byte[50 * (record % 7) + 1];
                log.begin(1);
                log.part(1, record % 3, 0, bytes, 0, bytes.length);
                log.part(9, record, 0, bytes, 0, 1);
                log.commit();
            }
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (good == null) {
            prepare();
        }
        List<Path> files = copy();
        for (int at = 0; at + EDIT_LENGTH <= input.length; at += EDIT_LENGTH) {
            ByteBuffer edit = ByteBuffer.wrap(input, at, EDIT_LENGTH);
            Path file = files.get((edit.get() & 0x7F) % files.size());
            int how = edit.get();
            int offset = (edit.getShort() & 0xFFFF) % SEGMENT;
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                if ((how & 0xF) == 0xF) {
                    channel.truncate(offset);
                } else if (offset < channel.size()) {
                    channel.position(offset).write(edit);
                }
            }
        }
        try (LogReader reader = LogReader.open(work, 0)) {
            if (reader.damage().isEmpty()) {
                reader.replay(0, LogFuzz::read);
            }
        } catch (IOException expected) {
            requireText(expected);
        }
        openWith(false);
        openWith(true);
    }

    private static void openWith(boolean acceptLoss) {
        try (UpdateLog log = UpdateLog.open(work, SEGMENT, 0, acceptLoss, Runnable::run, kind -> kind < 9)) {
            log.replay(0, LogFuzz::read);
        } catch (IOException expected) {
            requireText(expected);
        }
    }

    private static void read(
            long sequence, int type, int kind, long id, int sub, DirectBuffer buffer, int offset, int length) {
        buffer.getBytes(offset, new byte[length]);
    }

    private static void requireText(IOException refusal) {
        if (refusal.getMessage() == null || refusal.getMessage().isEmpty()) {
            throw new AssertionError("it does not say what is wrong", refusal);
        }
    }

    private static List<Path> copy() throws IOException {
        try (Stream<Path> old = Files.list(work)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> names = Files.list(good)) {
            List<Path> files = names.sorted().toList();
            for (Path file : files) {
                Files.copy(file, work.resolve(file.getFileName()));
            }
            return files.stream().map(file -> work.resolve(file.getFileName())).toList();
        }
    }
}
