/** Counters and latencies: written by each event loop for itself, read and added up by whoever asks. */
package io.magpie.server.metrics;
