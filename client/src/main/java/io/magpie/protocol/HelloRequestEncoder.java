package io.magpie.protocol;

import static io.magpie.protocol.HelloRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.HelloRequestDescriptor.CLIENT_NAME_GROUP;
import static io.magpie.protocol.HelloRequestDescriptor.FEATURES_OFFSET;
import static io.magpie.protocol.HelloRequestDescriptor.MAX_VERSION_OFFSET;
import static io.magpie.protocol.HelloRequestDescriptor.MIN_VERSION_OFFSET;
import static io.magpie.protocol.HelloRequestDescriptor.TOKEN_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code HelloRequest}. Hello, the first message of a connection: which versions and features the client knows, and who it is.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link HelloRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class HelloRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public HelloRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.HELLO, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code minVersion}, uint8: lowest protocol version that the client speaks. */
    public HelloRequestEncoder minVersion(int minVersion) {
        buffer().setByte(blockOffset() + MIN_VERSION_OFFSET, minVersion);
        return this;
    }

    /** Sets {@code maxVersion}, uint8: highest protocol version that the client speaks. */
    public HelloRequestEncoder maxVersion(int maxVersion) {
        buffer().setByte(blockOffset() + MAX_VERSION_OFFSET, maxVersion);
        return this;
    }

    /** Sets {@code features}, uint64: bits of {@link Feature} that the client knows. */
    public HelloRequestEncoder features(long features) {
        buffer().setLongLE(blockOffset() + FEATURES_OFFSET, features);
        return this;
    }

    /** Writes the credentials, opaque bytes; empty for none. */
    public HelloRequestEncoder token(CharSequence text) {
        writeText(TOKEN_GROUP, text);
        return this;
    }

    /** Writes who is calling, for logs; UTF-8. */
    public HelloRequestEncoder clientName(CharSequence text) {
        writeText(CLIENT_NAME_GROUP, text);
        return this;
    }
}
