package io.magpie.client;

/**
 * What a client counted since it was built.
 *
 * @param timeouts        calls that got no answer in time
 * @param lateReplies     answers that came after their call had ended, and were dropped
 * @param lostConnections connections lost after hello
 * @param retries         calls that were sent again
 * @param overloads       calls refused because too much was in flight
 */
public record ClientStatistics(long timeouts, long lateReplies, long lostConnections, long retries, long overloads) {}
