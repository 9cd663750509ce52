package io.magpie.load.report;

import io.magpie.load.generator.Measurement;

/**
 * One of several rates that were tried.
 *
 * @param name            what it is, such as {@code 2x}; empty where the rate says it
 * @param targetRate      requests a second, intended; of a closed loop, answered
 * @param achievedRate    answered, in time where there is a deadline
 * @param p50Micros       median
 * @param p99Micros       99th percentile
 * @param p999Micros      99.9th percentile
 * @param refusedShare    of requests, 0 to 1
 * @param refusedP99Micros 99th percentile of what a refusal took; 0 without one
 * @param held            whether the run was as it should be
 */
public record Step(
        String name,
        double targetRate,
        double achievedRate,
        double p50Micros,
        double p99Micros,
        double p999Micros,
        double refusedShare,
        double refusedP99Micros,
        boolean held) {
    /** A step of a run. */
    public static Step of(String name, LoadResult result, double achievedRate, boolean held) {
        Measurement run = result.measurement();
        return new Step(
                name,
                result.targetRate(),
                achievedRate,
                run.micros(50),
                run.micros(99),
                run.micros(99.9),
                run.refusedShare(),
                run.refusals().getValueAtPercentile(99) / 1e3,
                held);
    }
}
