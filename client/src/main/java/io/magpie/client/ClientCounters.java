package io.magpie.client;

import java.util.concurrent.atomic.LongAdder;

/** What a client counts over its life. Thread-safe. */
final class ClientCounters {
    final LongAdder timeouts = new LongAdder();
    final LongAdder lateReplies = new LongAdder();
    final LongAdder lostConnections = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder overloads = new LongAdder();
}
