/**
 * The wire format, docs/PROTOCOL.md in code. The server and the SDK depend on it, and a load generator may use it alone;
 * it depends on nothing of Magpie.
 *
 * <p>For each message a Descriptor (offsets, nothing else), an Encoder that appends a frame to a buffer, and a Decoder
 * that is laid over a frame: {@code wrap} checks every length and count and returns a
 * {@link io.magpie.protocol.Status}, after which fields are read in place. Encoders and decoders are reusable, belong to
 * one thread, and allocate nothing.
 *
 * <p>The rules of evolution are SBE's (a length for block and entries, unknown tails skipped). SBE's own code is not
 * used: it works on Agrona's buffers, which need a JVM flag on every caller, and Netty's would have to be wrapped.
 */
package io.magpie.protocol;
