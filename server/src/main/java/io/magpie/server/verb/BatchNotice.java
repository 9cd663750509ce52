package io.magpie.server.verb;

/** Told by the dispatcher of an event loop before it is busy for a while. */
@FunctionalInterface
public interface BatchNotice {
    /**
     * A batch is going to be answered: what has been said so far might as well be sent. Called by the event loop, maybe in the
     * midst of a request.
     *
     * @param predictedNanos how long it will take
     */
    void beforeBatch(double predictedNanos);
}
