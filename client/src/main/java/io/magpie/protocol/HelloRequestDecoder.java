package io.magpie.protocol;

import static io.magpie.protocol.HelloRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.HelloRequestDescriptor.CLIENT_NAME_GROUP;
import static io.magpie.protocol.HelloRequestDescriptor.FEATURES_OFFSET;
import static io.magpie.protocol.HelloRequestDescriptor.MAX_VERSION_OFFSET;
import static io.magpie.protocol.HelloRequestDescriptor.MIN_VERSION_OFFSET;
import static io.magpie.protocol.HelloRequestDescriptor.TOKEN_GROUP;

/**
 * Reads {@code HelloRequest} in place. Hello, the first message of a connection: which versions and features the client knows, and who it is.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class HelloRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public HelloRequestDecoder() {
        super(BLOCK_LENGTH, 2);
        declareText(TOKEN_GROUP, ProtocolLimits.MAX_TOKEN_LENGTH);
        declareText(CLIENT_NAME_GROUP, ProtocolLimits.MAX_TEXT_LENGTH);
    }

    /** Returns {@code minVersion}, uint8: lowest protocol version that the client speaks. */
    public int minVersion() {
        return buffer().getUnsignedByte(blockOffset() + MIN_VERSION_OFFSET);
    }

    /** Returns {@code maxVersion}, uint8: highest protocol version that the client speaks. */
    public int maxVersion() {
        return buffer().getUnsignedByte(blockOffset() + MAX_VERSION_OFFSET);
    }

    /** Returns {@code features}, uint64: bits of {@link Feature} that the client knows. */
    public long features() {
        return buffer().getLongLE(blockOffset() + FEATURES_OFFSET);
    }

    /** Returns the credentials, opaque bytes; empty for none. Allocates. */
    public String token() {
        return text(TOKEN_GROUP);
    }

    /** Returns the bytes of token. */
    public int tokenLength() {
        return count(TOKEN_GROUP);
    }

    /** Returns a byte of the token, so that it can be compared in constant time. */
    public byte tokenByte(int index) {
        return buffer().getByte(entry(TOKEN_GROUP, index));
    }

    /** Returns who is calling, for logs; UTF-8. Allocates. */
    public String clientName() {
        return text(CLIENT_NAME_GROUP);
    }

    /** Returns the bytes of clientName. */
    public int clientNameLength() {
        return count(CLIENT_NAME_GROUP);
    }
}
