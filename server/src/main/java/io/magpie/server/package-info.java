/** The server: Netty pipeline, request handling, life cycle. */
package io.magpie.server;
