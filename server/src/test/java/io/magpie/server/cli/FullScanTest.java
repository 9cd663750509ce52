package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.oracle.ScoreOracle;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Eval's full scan says what the oracle says, to the bit, ties and zeros among it. */
class FullScanTest {
    @Test
    void shouldEqualTheOracleWhenScoresTieOrAreZeroOrNegative() {
        Random random = new Random(7);
        for (int dimension = 1; dimension <= 41; dimension++) {
            int rows = 1 + random.nextInt(60);
            float[] items = new float[rows * dimension];
            for (int i = 0; i < items.length; i++) {
                // Few values, so that scores tie; some rows are all zeros.
                items[i] = i / dimension % 5 == 0 ? 0 : (random.nextInt(5) - 2) * (random.nextInt(9) == 0 ? 0.1f : 1);
            }
            for (int top : new int[] {1, 2, (rows + 1) / 2, rows}) {
                float[] query = new float[dimension];
                for (int i = 0; i < dimension; i++) {
                    query[i] = top == 2 ? -0.0f : random.nextFloat() - 0.7f;
                }
                int[] ids = new int[Math.min(top, rows)];
                float[] scores = new float[ids.length];
                new FullScan(items, rows, dimension, ids.length).search(query, ids, scores);
                ScoreOracle.Answer[] exact = ScoreOracle.top(
                        query, LongStream.range(0, rows).toArray(), items, null, ids.length, id -> true);
                for (int rank = 0; rank < ids.length; rank++) {
                    assertThat((long) ids[rank]).isEqualTo(exact[rank].itemId());
                    assertThat(Float.floatToRawIntBits(scores[rank]))
                            .isEqualTo(Float.floatToRawIntBits(exact[rank].score()));
                }
            }
        }
    }
}
