package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Searches beside a writer and its compactor: every answer must be the oracle's for the version that it names. */
class ItemIndexStressTest {
    private static final int DIMENSION = 19;
    private static final int IDS = 3000;
    private static final int CHANGES = Integer.getInteger("magpie.test.changes", 30_000);
    private static final int READERS = 2;
    /** The writer never runs further ahead of the readers' searches than so many changes each. */
    private static final int CHANGES_A_SEARCH = 150;

    /** One change; its number is the catalogue version that it makes. */
    private record Change(long itemId, CatalogueModel.Item put, ItemAttributes patch) {}

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void shouldAnswerAsOfTheNamedVersionWhileAWriterGoesOn() throws Exception {
        answerWhileAWriterGoesOn(false);
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void shouldAnswerAsOfTheNamedVersionWhileTheIndexIsRebuilt() throws Exception {
        answerWhileAWriterGoesOn(true);
    }

    private static void answerWhileAWriterGoesOn(boolean rebuilding) throws Exception {
        Change[] changes = changes();
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger searches = new AtomicInteger();
        try (LiveItemIndex index = new LiveItemIndex(DIMENSION)) {
            CompletableFuture<?>[] readers = new CompletableFuture<?>[READERS];
            for (int i = 0; i < READERS; i++) {
                int seed = i;
                readers[i] = CompletableFuture.runAsync(() -> read(index, changes, writing, searches, seed));
            }
            try {
                for (int version = 1; version < changes.length; version++) {
                    while (searches.get() < version / CHANGES_A_SEARCH && !isDone(readers)) {
                        Thread.yield();
                    }
                    apply(index, changes[version], version);
                    if (rebuilding && !index.isRebuilding()) {
                        index.rebuild();
                    }
                }
            } finally {
                writing.set(false);
            }
            CompletableFuture.allOf(readers).get();
        }
    }

    /** Readers are done early only when a check failed. */
    private static boolean isDone(CompletableFuture<?>[] readers) {
        return Arrays.stream(readers).anyMatch(CompletableFuture::isDone);
    }

    private static void apply(LiveItemIndex index, Change change, int version) {
        if (change.put() != null) {
            CatalogueModel.Item item = change.put();
            index.put(version, change.itemId(), item.vector(), item.bias(), item.attributes());
        } else if (change.patch() != null) {
            index.patch(version, change.itemId(), change.patch());
        } else {
            index.remove(version, change.itemId());
        }
    }

    private static void read(
            LiveItemIndex index, Change[] changes, AtomicBoolean writing, AtomicInteger searches, int seed) {
        RandomCatalogue catalogue = new RandomCatalogue(7 + seed, DIMENSION);
        CatalogueModel model = new CatalogueModel(DIMENSION);
        ItemIndex.Searcher searcher = index.newSearcher();
        ItemQuery[] queries = {new ItemQuery(DIMENSION), new ItemQuery(DIMENSION)};
        int known = 0;
        boolean last;
        do {
            last = !writing.get();
            for (ItemQuery query : queries) {
                catalogue.fill(query, new long[] {1, 2, 3});
            }
            searcher.search(queries, queries.length);
            int version = (int) searcher.version();
            while (known < version) {
                replay(model, changes[++known]);
            }
            for (ItemQuery query : queries) {
                model.check(query, "version=" + version + " searches=" + searches);
            }
            searches.incrementAndGet();
        } while (!last);
        assertThat(known).isEqualTo(changes.length - 1);
    }

    private static void replay(CatalogueModel model, Change change) {
        if (change.put() != null) {
            model.items.put(change.itemId(), change.put());
        } else if (change.patch() != null) {
            CatalogueModel.Item item = model.items.get(change.itemId());
            model.items.put(change.itemId(), new CatalogueModel.Item(item.vector(), item.bias(), change.patch()));
        } else {
            model.items.remove(change.itemId());
        }
    }

    /** Makes changes that all take effect, so that each makes a version. */
    private static Change[] changes() {
        SplittableRandom random = new SplittableRandom(42);
        RandomCatalogue catalogue = new RandomCatalogue(7, DIMENSION);
        boolean[] there = new boolean[IDS];
        Change[] changes = new Change[CHANGES];
        Arrays.setAll(changes, version -> {
            int id = random.nextInt(IDS);
            int kind = there[id] ? random.nextInt(8) : 7;
            there[id] = kind != 0;
            return kind == 0
                    ? new Change(id, null, null)
                    : kind < 5
                            ? new Change(id, null, catalogue.attributes())
                            : new Change(
                                    id,
                                    new CatalogueModel.Item(
                                            catalogue.vector(), catalogue.bias(), catalogue.attributes()),
                                    null);
        });
        // Version 0 is the empty index's.
        changes[0] = null;
        boolean[] exists = new boolean[IDS];
        for (int version = 1; version < CHANGES; version++) {
            int id = (int) changes[version].itemId();
            if (!exists[id] && changes[version].put() == null) {
                changes[version] = new Change(
                        id,
                        new CatalogueModel.Item(catalogue.vector(), catalogue.bias(), catalogue.attributes()),
                        null);
            }
            exists[id] = changes[version].put() != null || changes[version].patch() != null;
        }
        return changes;
    }
}
