/**
 * The verbs: {@link io.magpie.core.engine.Engine} changes the state, a {@link io.magpie.core.engine.Recommender} per
 * thread answers from it. Whoever serves requests depends on this room; it knows no network.
 */
package io.magpie.core.engine;
