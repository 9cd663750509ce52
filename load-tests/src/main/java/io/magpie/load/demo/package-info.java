/**
 * The first run of a newcomer: made-up retail data with real structure, and a story told with a real server's answers.
 * Speaks to the server through the SDK; nothing depends on it but the command line of this module.
 */
package io.magpie.load.demo;
