package io.magpie.server.metrics;

import java.util.Locale;

/** What the time of a request goes into. What a batch does together counts for each of its requests by an equal share. */
public enum Stage {
    /** Waiting for others: from arrival until the request is begun, and behind the rest of its batch. */
    QUEUE,
    /** Reading the frame and checking what is asked. */
    DECODE,
    /** Recording what a write, or the events of a record-and-recommend, change: log, maps and index. */
    APPLY,
    /** Reading the profile or item, and making the query vector of it. */
    LOOKUP,
    /** Searching the index and ordering what it found. */
    SCAN,
    /** Writing the reply into the connection's buffer. */
    ENCODE,
    /** Handing the turn's replies to the sockets: the share of one reply. */
    FLUSH;

    /** Returns its name in counters, e.g. {@code decode}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
