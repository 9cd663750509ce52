package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.oracle.ScoreOracle;
import java.util.HashMap;
import java.util.Map;

/** What an index should hold, kept naively; answers by the oracle. */
final class CatalogueModel {
    record Item(float[] vector, float bias, ItemAttributes attributes) {}

    final Map<Long, Item> items = new HashMap<>();
    private final int dimension;

    CatalogueModel(int dimension) {
        this.dimension = dimension;
    }

    /** Fails unless the query's answer is the oracle's, id by id and bit by bit. */
    void check(ItemQuery query, String situation) {
        int n = items.size();
        long[] ids = new long[n];
        float[] vectors = new float[n * dimension];
        float[] biases = new float[n];
        int row = 0;
        for (Map.Entry<Long, Item> entry : items.entrySet()) {
            ids[row] = entry.getKey();
            System.arraycopy(entry.getValue().vector(), 0, vectors, row * dimension, dimension);
            biases[row++] = entry.getValue().bias();
        }
        ItemFilter filter = query.filter();
        ScoreOracle.Answer[] expected = ScoreOracle.top(
                query.vector(),
                ids,
                vectors,
                biases,
                query.limit(),
                id -> passes(id, items.get(id).attributes(), filter));
        ScoreOracle.Answer[] actual = new ScoreOracle.Answer[query.count()];
        for (int i = 0; i < actual.length; i++) {
            actual[i] = new ScoreOracle.Answer(query.id(i), query.score(i));
        }
        assertThat(actual).as(situation).containsExactly(expected);
    }

    private static boolean passes(long id, ItemAttributes of, ItemFilter filter) {
        boolean category = filter.categoryCount() == 0;
        for (int i = 0; i < filter.categoryCount(); i++) {
            category |= filter.category(i) == of.category();
        }
        boolean all = true;
        for (int i = 0; i < filter.tagsAllCount(); i++) {
            all &= bears(of, filter.tagAll(i));
        }
        boolean any = filter.tagsAnyCount() == 0;
        for (int i = 0; i < filter.tagsAnyCount(); i++) {
            any |= bears(of, filter.tagAny(i));
        }
        boolean none = true;
        for (int i = 0; i < filter.tagsNoneCount(); i++) {
            none &= !bears(of, filter.tagNone(i));
        }
        return category
                && all
                && any
                && none
                && of.priceMinor() >= filter.priceMinorFrom()
                && of.priceMinor() <= filter.priceMinorTo()
                && (of.inStock() || !filter.isInStockOnly())
                && (!of.hidden() || filter.isHiddenToo())
                && (!filter.isIncludeOnly() || filter.included().contains(id))
                && !filter.excluded().contains(id);
    }

    private static boolean bears(ItemAttributes of, int tag) {
        for (int i = 0; i < of.tagCount(); i++) {
            if (of.tag(i) == tag) {
                return true;
            }
        }
        return false;
    }
}
