package io.magpie.server.cli;

import io.magpie.server.data.VectorMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compares every answer of an evaluation with a {@link FullScan}, on all cores.
 *
 * @param recall       the share of the exact ids that were found
 * @param wrongQueries how many queries had another id, order or score, by a bit
 * @param examples     the first few differences, a line each
 * @param seconds      how long comparing took
 */
record EvaluationCheck(double recall, long wrongQueries, String examples, double seconds) {
    static EvaluationCheck run(
            EvaluationAnswers answers, VectorMatrix items, VectorMatrix queries, int top, Progress progress) {
        long start = System.nanoTime();
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        EvaluationAnswers.Comparison all = new EvaluationAnswers.Comparison();
        try {
            List<Future<EvaluationAnswers.Comparison>> parts = new ArrayList<>();
            for (int t = 1; t < threads; t++) {
                parts.add(pool.submit(() -> part(answers, items, queries, top, next, null)));
            }
            all.add(part(answers, items, queries, top, next, progress));
            for (Future<EvaluationAnswers.Comparison> each : parts) {
                all.add(each.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
        return new EvaluationCheck(all.recall(), all.wrongQueries(), all.examples(), (System.nanoTime() - start) / 1e9);
    }

    private static EvaluationAnswers.Comparison part(
            EvaluationAnswers answers,
            VectorMatrix items,
            VectorMatrix queries,
            int top,
            AtomicInteger next,
            Progress progress) {
        EvaluationAnswers.Comparison comparison = new EvaluationAnswers.Comparison();
        int kept = Math.min(top, items.rows());
        FullScan scan = new FullScan(items.values(), items.rows(), items.dimension(), kept);
        int[] ids = new int[kept];
        float[] scores = new float[kept];
        float[] query = new float[queries.dimension()];
        for (int i = next.getAndIncrement(); i < queries.rows(); i = next.getAndIncrement()) {
            queries.copyRow(i, query);
            scan.search(query, ids, scores);
            answers.compare(i, ids, scores, comparison);
            if (progress != null) {
                progress.at("comparing with a full scan", (double) i / queries.rows(), i);
            }
        }
        return comparison;
    }
}
