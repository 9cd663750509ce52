/**
 * The Java SDK: {@link io.magpie.client.MagpieClient} for callers who wait, {@link io.magpie.client.MagpieAsyncClient}
 * for those who don't. Depends on protocol and Netty alone: needs no JVM flag and no native code.
 *
 * <p>Of its own threads only the event loops ({@code magpie-client-N}, daemons) exist; each connection belongs to one.
 * Nothing is printed; connects and losses are logged at DEBUG through {@link java.lang.System.Logger}.
 */
package io.magpie.client;
