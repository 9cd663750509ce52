package io.magpie.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the log, as their one writer sees them. Lines are gathered, then written together; where writing fails the
 * file is as it was before, and the same lines can be written again. Not thread-safe.
 */
final class AuditFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    private final Path dir;
    private final long mostBytes;
    private final AuditKey key;
    private final Clock clock;
    private final StringBuilder line = new StringBuilder(512);
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(1 << 14);

    private FileChannel file;
    private FileChannel head;
    private long fileBytes;
    private long writtenSeq; // what is gathered runs ahead of it
    private long seq;
    private byte[] mac = AuditFormat.GENESIS;
    private boolean rotate;
    private boolean dirty;

    private AuditFile(Path dir, long mostBytes, AuditKey key, Clock clock) {
        this.dir = dir;
        this.mostBytes = mostBytes;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Opens the log and checks its newest file. A last line that is not whole, as a kill leaves it, is cut off.
     *
     * @throws AuditException if it was changed, or cannot be read
     */
    static AuditFile open(Path dir, Path keyFile, long mostBytes, Clock clock) throws AuditException {
        try {
            Files.createDirectories(dir);
            AuditFile log = new AuditFile(dir, mostBytes, AuditKey.readOrMake(keyFile), clock);
            log.goOn();
            return log;
        } catch (IOException e) {
            throw new AuditException(
                    "the audit log cannot be opened: dir=" + dir + " reason=" + e
                            + " (audit.dir, audit.key-file; audit.enabled=false goes on without)",
                    e);
        }
    }

    private void goOn() throws IOException, AuditException {
        List<Path> files = AuditFormat.files(dir);
        AuditVerifier verifier = new AuditVerifier(key);
        if (!files.isEmpty()) {
            Path newest = files.get(files.size() - 1);
            AuditVerifier.Broken broken = verifier.file(newest);
            if (broken != null && broken.why().equals(AuditVerifier.NOT_WHOLE)) {
                cutTail(newest, verifier.wholeBytes());
            } else if (broken != null) {
                throw refusal(broken);
            }
            file = FileChannel.open(newest, StandardOpenOption.WRITE);
            fileBytes = verifier.wholeBytes();
            file.position(fileBytes);
            seq = verifier.lastSeq();
            mac = verifier.lastMac();
            writtenSeq = seq;
        }
        AuditVerifier.Broken missing = verifier.head(dir);
        if (missing != null) {
            throw refusal(missing);
        }
        head = FileChannel.open(dir.resolve(AuditFormat.HEAD), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        writeHead();
    }

    private static AuditException refusal(AuditVerifier.Broken broken) {
        return new AuditException(
                "the audit log was changed: file=" + broken.file() + " line=" + broken.line() + ": " + broken.why()
                        + ". Keep the directory as evidence (move it away), and start again with a new one",
                null);
    }

    private static void cutTail(Path file, long wholeBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            LOG.warn(
                    "the last line of the audit log was not whole, as after a kill, and is cut off: file={} bytes={}",
                    file,
                    channel.size() - wholeBytes);
            channel.truncate(wholeBytes);
        }
    }

    /** Gathers the lines of an entry. */
    void add(AuditEntry entry) {
        for (int i = 0; i < entry.lines(); i++) {
            if (gathered.size() == 0 && (seq == 0 || fileBytes >= mostBytes)) {
                beginFile(); // the file itself is made when it is written
            }
            line.setLength(0);
            line.append("{\"seq\":").append(++seq);
            entry.append(line, i, key);
            finishLine();
        }
    }

    private void beginFile() {
        rotate = true;
        line.setLength(0);
        line.append("{\"seq\":").append(++seq);
        line.append(",\"time\":\"").append(clock.instant()).append("\",\"verb\":\"begin\",\"after\":\"");
        line.append(HexFormat.of().formatHex(mac)).append('"');
        finishLine();
    }

    private void finishLine() {
        byte[] bytes = line.toString().getBytes(StandardCharsets.US_ASCII);
        mac = key.next(mac, bytes, 0, bytes.length);
        gathered.writeBytes(bytes);
        gathered.writeBytes(
                (",\"mac\":\"" + HexFormat.of().formatHex(mac) + "\"}\n").getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Writes what was gathered.
     *
     * @throws IOException if it cannot; nothing of it is in the file then, and the next call tries again
     */
    void write() throws IOException {
        if (gathered.size() == 0) {
            return;
        }
        if (rotate) {
            if (file != null && file.isOpen()) {
                file.force(true);
                file.close();
            }
            file = FileChannel.open(
                    dir.resolve(AuditFormat.fileName(writtenSeq + 1)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            fileBytes = 0;
            rotate = false;
        }
        try {
            file.truncate(fileBytes).position(fileBytes);
            ByteBuffer bytes = ByteBuffer.wrap(gathered.toByteArray());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            file.truncate(fileBytes);
            throw e;
        }
        fileBytes += gathered.size();
        gathered.reset();
        writtenSeq = seq;
        dirty = true;
        writeHead();
    }

    private void writeHead() throws IOException {
        head.write(ByteBuffer.wrap(AuditFormat.head(key, writtenSeq, mac)), 0);
    }

    /** Forces what was written to the device. */
    void force() throws IOException {
        if (dirty) {
            file.force(false);
            head.force(false);
            dirty = false;
        }
    }

    @Override
    public void close() throws IOException {
        force();
        if (file != null) {
            file.close();
        }
        head.close();
    }
}
