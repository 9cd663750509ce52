package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random catalogues, edits and filters interleaved; every answer must be the oracle's, bit by bit. */
class ItemIndexExactnessTest {
    private static final int CATALOGUES = Integer.getInteger("magpie.test.catalogues", 400);

    @Test
    void shouldEqualTheOracleWhateverTheCatalogueTheEditsAndTheFilter() {
        for (int seed = 0; seed < CATALOGUES; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int dimension = random.nextInt(4) == 0 ? 1 + random.nextInt(130) : 1 + random.nextInt(20);
        RandomCatalogue catalogue = new RandomCatalogue(seed, dimension);
        CatalogueModel model = new CatalogueModel(dimension);
        Kernels kernels = seed % 4 == 0 ? Kernels.scalar() : Kernels.best();
        int ids = 1 + random.nextInt(random.nextInt(6) == 0 ? 3000 : 300);
        try (LiveItemIndex index = new LiveItemIndex(dimension, kernels, seed % 2 == 0 ? 1 : Integer.MAX_VALUE)) {
            ItemIndex.Searcher searcher = index.newSearcher();
            if (seed % 3 != 0) {
                ((LiveSearcher) searcher).gatherAlways();
            }
            ItemQuery[] queries = new ItemQuery[1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 5)];
            for (int i = 0; i < queries.length; i++) {
                queries[i] = new ItemQuery(dimension);
            }
            for (int round = 0; round < 4; round++) {
                edit(random, catalogue, model, index, ids);
                if (random.nextInt(3) > 0) {
                    index.settle();
                    if (random.nextBoolean()) {
                        edit(random, catalogue, model, index, ids / 10 + 1);
                    }
                }
                long[] someIds =
                        model.items.keySet().stream().mapToLong(Long::longValue).toArray();
                for (ItemQuery query : queries) {
                    catalogue.fill(query, someIds);
                }
                searcher.search(queries, queries.length);
                for (ItemQuery query : queries) {
                    model.check(query, "seed=" + seed + " round=" + round + " " + catalogue);
                }
            }
        }
    }

    private static void edit(
            SplittableRandom random, RandomCatalogue catalogue, CatalogueModel model, LiveItemIndex index, int ids) {
        for (int i = random.nextInt(2 * ids); i > 0; i--) {
            long id = (random.nextInt(ids) - ids / 2) * 7L - 2;
            CatalogueModel.Item item = model.items.get(id);
            int kind = random.nextInt(6);
            if (kind == 0) {
                index.remove(i, id);
                model.items.remove(id);
            } else if (kind == 1 && item != null) {
                ItemAttributes attributes = catalogue.attributes();
                index.patch(i, id, attributes);
                model.items.put(id, new CatalogueModel.Item(item.vector(), item.bias(), attributes));
            } else if (id != -1) {
                CatalogueModel.Item put =
                        new CatalogueModel.Item(catalogue.vector(), catalogue.bias(), catalogue.attributes());
                if (item == null && random.nextBoolean()) {
                    index.add(i, id, put.vector(), put.bias(), put.attributes());
                } else {
                    index.put(i, id, put.vector(), put.bias(), put.attributes());
                }
                model.items.put(id, put);
            }
        }
    }
}
