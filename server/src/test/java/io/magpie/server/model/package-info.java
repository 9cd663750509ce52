/** The whole server against a plain model of it: random verbs, every answer compared. */
package io.magpie.server.model;
