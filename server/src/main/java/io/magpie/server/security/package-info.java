/** Who is on a connection and what they may do: tokens with scopes, TLS contexts, both reloaded while serving. */
package io.magpie.server.security;
