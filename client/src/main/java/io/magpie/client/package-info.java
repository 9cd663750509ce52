/** The Java SDK: one client, many requests in flight. Depends on protocol. */
package io.magpie.client;
