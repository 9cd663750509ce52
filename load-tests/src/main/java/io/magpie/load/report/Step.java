package io.magpie.load.report;

/**
 * One rate of a search for the highest.
 *
 * @param targetRate   requests a second, intended
 * @param achievedRate answered
 * @param p50Micros    median
 * @param p99Micros    99th percentile
 * @param p999Micros   99.9th percentile
 * @param held         whether the run passed and the 99th percentile was within its target
 */
public record Step(
        double targetRate, double achievedRate, double p50Micros, double p99Micros, double p999Micros, boolean held) {}
