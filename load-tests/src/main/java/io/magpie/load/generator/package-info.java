/**
 * Sends requests at their intended times and measures from those. Knows nothing of what is asked: a scenario of {@code
 * io.magpie.load.scenario} writes the requests and reads the answers.
 */
package io.magpie.load.generator;
