/** The command line: one class a command, under {@link io.magpie.server.cli.Main}. Nothing depends on it. */
package io.magpie.server.cli;
