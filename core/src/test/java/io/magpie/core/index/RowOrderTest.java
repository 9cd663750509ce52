package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowOrderTest {
    private static final int DIMENSION = 16;
    /** Not a multiple of anything, so that bins end amid blocks. */
    private static final int ITEMS = 40_009;

    private static double gaussian(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Items whose norms vary log-normally, as those of factors do. */
    private static LiveItemIndex index(double biasSpread) {
        SplittableRandom random = new SplittableRandom(3);
        LiveItemIndex index = new LiveItemIndex(DIMENSION);
        for (int id = 0; id < ITEMS; id++) {
            float[] vector = new float[DIMENSION];
            double norm = Math.exp(0.5 * gaussian(random)) / Math.sqrt(DIMENSION);
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = (float) (norm * gaussian(random));
            }
            index.put(id + 1, id, vector, (float) (biasSpread * gaussian(random)), ItemAttributes.NONE);
        }
        index.settle();
        return index;
    }

    private static BlockCodes codes(LiveItemIndex index) {
        return index.view().segments()[0].codes;
    }

    private static double scannedAQuery(LiveItemIndex index) {
        SplittableRandom random = new SplittableRandom(5);
        ItemIndex.Searcher searcher = index.newSearcher();
        ItemQuery[] queries = {new ItemQuery(DIMENSION)};
        long scanned = 0;
        int count = 100;
        for (int q = 0; q < count; q++) {
            for (int i = 0; i < DIMENSION; i++) {
                queries[0].vector()[i] = (float) (gaussian(random) / Math.sqrt(DIMENSION));
            }
            searcher.search(queries, 1);
            scanned += queries[0].scannedItems();
        }
        return (double) scanned / count;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.5, 5})
    void shouldNumberGroupsBestFirstWhateverTheBiases(double biasSpread) {
        BlockCodes codes = codes(index(biasSpread));
        assertThat(codes.groups).isGreaterThan(20);
        for (int group = 1; group < codes.groups; group++) {
            assertThat(codes.norm[group] + codes.bias[group])
                    .as("group %d of %d", group, codes.groups)
                    .isLessThanOrEqualTo(codes.norm[group - 1] + codes.bias[group - 1]);
        }
    }

    @Test
    void shouldScanLittleMoreWhenBiasesVaryALittle() {
        double without = scannedAQuery(index(0));
        assertThat(without).isLessThan(ITEMS / 2.0);
        assertThat(scannedAQuery(index(0.02))).isLessThan(1.3 * without);
    }

    @Test
    void shouldUseBiasesWhenTheyDecide() {
        assertThat(scannedAQuery(index(5))).isLessThan(ITEMS / 10.0);
    }
}
