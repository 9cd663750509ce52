/**
 * From the index's exact ranking to the answer: boosts, caps per category, diversity, pins and pages, in this order, each
 * exact or with its bound said. Depends on {@code index} and {@code vector} alone; knows no profiles and no stores.
 */
package io.magpie.core.ranking;
