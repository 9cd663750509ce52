/** Ratios of a server on one processor to what it is held to: its own ping, its index alone, and Redis. */
package io.magpie.benchmarks.loopback;
