package io.magpie.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of an audit log. Two keys are made of it: one chains the lines, one hashes ids, so that a hash of the one kind
 * says nothing of the other. Not thread-safe.
 */
public final class AuditKey {
    /** Bytes of a link of the chain. */
    static final int MAC_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac chain;
    private final Mac subjects;

    private AuditKey(byte[] key) {
        chain = mac(mac(key).doFinal("magpie audit chain".getBytes(StandardCharsets.US_ASCII)));
        subjects = mac(mac(key).doFinal("magpie audit subject".getBytes(StandardCharsets.US_ASCII)));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * Reads a key: 64 hexadecimal digits.
     *
     * @throws IOException if the file cannot be read or holds none
     */
    public static AuditKey read(Path file) throws IOException {
        try {
            byte[] key = HexFormat.of().parseHex(Files.readString(file).trim());
            if (key.length == MAC_BYTES) {
                return new AuditKey(key);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no key, name it with --key-file: file=" + file, e);
        } catch (IllegalArgumentException e) {
            // said below, and without what the file holds
        }
        throw new IOException("the file holds no key of 64 hexadecimal digits: file=" + file);
    }

    /** Reads a key; makes one that only its owner can read where there is none. */
    static AuditKey readOrMake(Path file) throws IOException {
        byte[] key = new byte[MAC_BYTES];
        new SecureRandom().nextBytes(key);
        FileAttribute<?>[] owner =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(java.nio.ByteBuffer.wrap(
                    (HexFormat.of().formatHex(key) + '\n').getBytes(StandardCharsets.US_ASCII)));
            return new AuditKey(key);
        } catch (FileAlreadyExistsException e) {
            return read(file);
        }
    }

    /** Returns the link that follows {@code previous} over a line's bytes. */
    byte[] next(byte[] previous, byte[] line, int offset, int length) {
        chain.update(previous);
        chain.update(line, offset, length);
        return chain.doFinal();
    }

    /** Returns what stands in the log for whoever has this id: 32 hexadecimal digits. */
    public String subject(byte[] id) {
        return HexFormat.of().formatHex(subjects.doFinal(id), 0, MAC_BYTES / 2);
    }
}
