package io.magpie.load;

import io.magpie.load.report.LoadResult;
import io.magpie.load.report.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the highest rate at which the 99th percentile holds its target, by runs at one rate after the other. A rate that
 * misses it is tried once more: others who take the processor for a moment look like too high a rate.
 */
final class StepSearch {
    /** Runs at one rate. */
    @FunctionalInterface
    interface Trial {
        LoadResult at(double ratePerSecond) throws Exception;
    }

    private static final double FACTOR = 1.5;
    /** Two rates nearer to each other than this are the same to a noisy machine. */
    private static final double CLOSE_ENOUGH = 1.06;

    private final Trial trial;
    private final double targetP99Micros;
    private final int mostRates;
    private final List<Step> steps = new ArrayList<>();
    private LoadResult best;
    private LoadResult last;

    /**
     * @param targetP99Micros what the 99th percentile may be
     * @param mostRates       rates to try at most
     */
    StepSearch(Trial trial, double targetP99Micros, int mostRates) {
        this.trial = trial;
        this.targetP99Micros = targetP99Micros;
        this.mostRates = mostRates;
    }

    /**
     * Searches upwards in steps of a half, downwards where the first rate is too high already, then between.
     *
     * @return the run at the highest rate that held, with all steps; one that failed if none held or an answer was wrong
     */
    LoadResult run(double startRate) throws Exception {
        double held = 0;
        double missed = Double.POSITIVE_INFINITY;
        double rate = startRate;
        for (int tried = 0; tried < mostRates && missed > held * CLOSE_ENOUGH; tried++) {
            if (holds(rate) || last.wrongAnswers() == 0 && holds(rate)) {
                held = rate;
            } else {
                missed = rate;
            }
            if (last.wrongAnswers() > 0) {
                return last.withSteps(steps); // a fast wrong answer is no answer
            }
            if (held == 0) {
                rate = missed / 2;
            } else {
                rate = Double.isInfinite(missed) ? held * FACTOR : Math.sqrt(held * missed);
            }
        }
        if (best == null) {
            return last.with(
                            List.of("no rate down to " + Math.round(missed) + " a second held p99 <= "
                                    + Math.round(targetP99Micros) + " us"),
                            List.of())
                    .withSteps(steps);
        }
        String bound =
                Double.isInfinite(missed) ? "no rate that was tried missed it" : Math.round(missed) + " missed it";
        return best.with(
                        List.of(),
                        List.of("the highest rate that held p99 <= " + Math.round(targetP99Micros) + " us is "
                                + Math.round(held) + " a second; " + bound))
                .withSteps(steps);
    }

    private boolean holds(double rate) throws Exception {
        last = trial.at(rate);
        double p99 = last.measurement().micros(99);
        boolean held = last.isPassed() && p99 <= targetP99Micros;
        steps.add(Step.of("", last, last.measurement().achievedRate(), held));
        if (held) {
            best = last;
        }
        return held;
    }
}
