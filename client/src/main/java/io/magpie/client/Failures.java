package io.magpie.client;

import io.magpie.protocol.ErrorReplyDecoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Words for what went wrong. */
final class Failures {
    private Failures() {}

    static String name(int statusCode) {
        Status status = Status.of(statusCode);
        return status == Status.UNRECOGNISED ? "status " + statusCode : status.name();
    }

    /** Returns what an answer says whose status is not OK. */
    static MagpieException said(
            int messageType, int code, ErrorReplyDecoder decoder, ByteBuf buffer, int offset, int length) {
        String text = "";
        long retryAfterMicros = 0;
        if (decoder.wrap(buffer, offset, length) == Status.OK) {
            text = decoder.message();
            retryAfterMicros = Integer.toUnsignedLong(decoder.retryAfterMicros());
        }
        String message = MessageType.name(messageType) + " failed: " + name(code) + (text.isEmpty() ? "" : ": " + text);
        if (code == Status.OVERLOADED.code()) {
            return new MagpieOverloadedException(message, retryAfterMicros);
        }
        // Only a server that failed half-way, or one newer than this client, leaves open what was done.
        Status status = Status.of(code);
        boolean open = status == Status.INTERNAL || status == Status.STORAGE_FAILED || status == Status.UNRECOGNISED;
        return new MagpieServerException(message, code, open && !MessageType.isRead(messageType));
    }

    static MagpieException timeout(Call call) {
        long micros = call.timeoutNanos() / 1_000;
        return new MagpieTimeoutException(
                MessageType.name(call.messageType()) + " got no answer in time: timeoutMicros=" + micros
                        + "; give it longer with withTimeout",
                call.mayHaveBeenApplied());
    }

    static MagpieException lost(Call call, SocketAddress address, Throwable cause) {
        return new MagpieConnectionException(
                "connection lost before the answer to " + MessageType.name(call.messageType()) + ": address=" + address,
                call.mayHaveBeenApplied(),
                cause);
    }

    static MagpieException notConnected(SocketAddress address, Throwable cause) {
        return new MagpieConnectionException("not connected: address=" + address, false, cause);
    }

    static MagpieException closed() {
        return new MagpieConnectionException("the client is closed", false, null);
    }

    static MagpieException overloaded(String limit, long value) {
        return new MagpieOverloadedException("too much in flight on every connection: " + limit + "=" + value, 0);
    }

    /** Returns an empty optional if the server said that there is no such thing; throws the failure otherwise. */
    static <T> Optional<T> emptyIf(Throwable failure, Status unknown) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof MagpieServerException said && said.status() == unknown) {
            return Optional.empty();
        }
        throw cause instanceof RuntimeException e ? e : new CompletionException(cause);
    }

    /** Returns a failure that was met on the event loop as one to be thrown here, the calling thread in its trace. */
    static RuntimeException rethrown(Throwable cause) {
        Throwable root = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        if (root instanceof RuntimeException e) {
            e.addSuppressed(new CallSite());
            return e;
        }
        return new CompletionException(root);
    }

    /** Where the blocking call was made; the failure itself was made on an event loop. */
    private static final class CallSite extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallSite() {
            super("the call was made here");
        }
    }
}
