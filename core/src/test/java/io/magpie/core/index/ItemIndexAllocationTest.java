package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.AllocatedBytes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a search allocates, in bytes of its thread: nothing, once it is compiled. */
class ItemIndexAllocationTest {
    private static final int DIMENSION = 32;
    private static final int ITEMS = 20_000;
    private static final int QUERIES = 16;
    private static final int SEARCHES_A_ROUND = 500;

    @Test
    void shouldAllocateNothingPerSearchWhenCompiled() {
        SplittableRandom random = new SplittableRandom(1);
        try (LiveItemIndex index = new LiveItemIndex(DIMENSION)) {
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < ITEMS; i++) {
                fill(vector, random);
                index.put(i + 1, i, vector, 0, new ItemAttributes(i % 50, i, true, false, i % 3));
            }
            index.settle();
            fill(vector, random);
            index.put(ITEMS + 1, ITEMS, vector, 0, ItemAttributes.NONE);
            ItemQuery[] queries = new ItemQuery[QUERIES];
            for (int i = 0; i < QUERIES; i++) {
                queries[i] = new ItemQuery(DIMENSION);
                fill(queries[i].vector(), random);
            }
            assertThat(fewestBytes(((LiveSearcher) index.newSearcher()).gatherAlways(), queries))
                    .isZero();
        }
    }

    private static long fewestBytes(ItemIndex.Searcher searcher, ItemQuery[] queries) {
        ItemQuery[] one = new ItemQuery[1];
        return AllocatedBytes.fewest(() -> {
            for (int i = 0; i < SEARCHES_A_ROUND; i++) {
                one[0] = queries[i % QUERIES];
                one[0].clear();
                if (i % 3 == 0) {
                    one[0].filter().addCategory(i % 50);
                    one[0].filter().exclude(i);
                } else if (i % 3 == 1) {
                    one[0].filter().addTagNone(1);
                }
                if (i % 50 == 0) {
                    searcher.search(queries, QUERIES);
                } else {
                    searcher.search(one, 1);
                }
            }
        });
    }

    private static void fill(float[] vector, SplittableRandom random) {
        double scale = Math.exp(0.5 * random.nextGaussian());
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (scale * random.nextGaussian() / (1 + i));
        }
    }
}
