package io.magpie.load.generator;

/** Takes requests that are due. */
@FunctionalInterface
interface RequestSink {
    /**
     * Sends one request, unless there is no room for one now.
     *
     * @param intendedNanos when it was meant to be sent; its latency counts from there
     * @return false if there was no room: it will be offered again, with the same intended time
     */
    boolean trySend(long intendedNanos);
}
