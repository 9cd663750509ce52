/**
 * What is asked, over which data, and whether the answers were right: scenarios, the made catalogue, and a naive scorer
 * that shares no code with the server.
 */
package io.magpie.load.scenario;
