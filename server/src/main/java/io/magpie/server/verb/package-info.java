/**
 * How each verb is answered: a request in place, the engine, a reply appended to a buffer. One set of handlers an event
 * loop. Knows nothing of channels: {@link io.magpie.server.verb.Exchange} stands for the connection.
 */
package io.magpie.server.verb;
