package io.magpie.load.generator;

import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** What one event loop asks and how it reads the answers: a scenario's part in the generator. Used by that loop alone. */
public interface Exchange {
    /**
     * Appends one request frame.
     *
     * @param out           stays the caller's
     * @param correlationId the name of the request
     * @return a number of the exchange's own, handed back with the answer
     */
    long write(ByteBuf out, long correlationId);

    /**
     * Reads an answer that is no error reply.
     *
     * @param key    what {@link #write} returned
     * @param frame  valid within this call only
     * @param offset where the frame's length field lies
     * @param length bytes of the frame, its length field included
     * @return OK; the status of what was asked, where the answer says in its body that it was not done; null if it cannot be
     *         read, or is not what an answer to this request can be
     */
    Status read(long key, ByteBuf frame, int offset, int length);

    /** Returns the kinds of request that it mixes, whose latencies are told apart; empty if there is but one. */
    default List<String> kinds() {
        return List.of();
    }

    /**
     * Returns the kind of a request, its place in {@link #kinds}.
     *
     * @param key what {@link #write} returned
     */
    default int kind(long key) {
        return 0;
    }

    /** Returns how many answers it has compared, as they came, with what is right. Read when the run is over. */
    default long checkedCount() {
        return 0;
    }

    /**
     * Told that what was asked was not done: the answer was an error, or {@link #read} found one in it.
     *
     * @param key what {@link #write} returned
     */
    default void refused(long key) {}
}
