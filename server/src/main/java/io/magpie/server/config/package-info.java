/** Configuration: options, where they come from, and the validated result. Depends on no other room of the server. */
package io.magpie.server.config;
