/** The admin HTTP port: is it alive, is it ready, what are its figures. Knows the server only through what it is handed. */
package io.magpie.server.admin;
