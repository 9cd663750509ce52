package io.magpie.server.verb;

import io.magpie.protocol.Status;
import io.magpie.server.security.Session;
import io.netty.buffer.ByteBuf;

/** The other side of a request, as verbs see it. Every method but {@link #execute} is called by its event loop alone. */
public interface Exchange {
    /** Returns who asks. */
    Session session();

    /** Sends the replies after a pause, so that guessing is slow, and ends the connection; reads nothing more. */
    void refuse();

    /** Returns how much of its event loop's turn this connection has had. */
    Share share();

    /** Returns the buffer that replies are appended to, owned by the connection and sent at the end of the turn. */
    ByteBuf replyBuffer();

    /**
     * Says that a reply was appended.
     *
     * @param messageType  what was asked
     * @param status       how it ended
     * @param arrivalNanos {@link System#nanoTime()} when the request arrived
     */
    void replied(int messageType, Status status, long arrivalNanos);

    /** Says that a request was taken whose reply comes later. */
    void taken();

    /** Says that a request that was {@link #taken()} has been answered, or needs no answer any more. */
    void settled();

    /** Returns how many requests were taken and not settled. */
    int unanswered();

    /** Returns whether a reply can still be sent. */
    boolean isOpen();

    /** Runs a task on the event loop of this connection. Any thread. */
    void execute(Runnable task);
}
