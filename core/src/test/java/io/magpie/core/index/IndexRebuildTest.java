package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IndexRebuildTest {
    private static final int DIMENSION = 12;
    private static final int ITEMS = 2_000;

    @Test
    void shouldCodeTheRowsAnewWhenEverythingIsInOneSegmentAlready() {
        try (LiveItemIndex index = filled()) {
            index.settle();
            Segment before = index.view().segments()[0];
            index.rebuild();
            awaitRebuilt(index);
            assertThat(index.view().segments()[0]).isNotSameAs(before);
            assertThat(index.view().segments()[0].codes.rotation).isNotSameAs(before.codes.rotation);
            assertThat(index.size()).isEqualTo(ITEMS);
            assertThat(index.unsealedRows()).isZero();
            assertThat(index.version()).isEqualTo(ITEMS);
        }
    }

    @Test
    void shouldSealWhatIsOpenWhenRebuilt() {
        try (LiveItemIndex index = filled()) {
            index.settle();
            index.put(ITEMS + 1, 9_999, new float[DIMENSION], 1, ItemAttributes.NONE);
            assertThat(index.unsealedRows()).isEqualTo(1);
            index.rebuild();
            awaitRebuilt(index);
            assertThat(index.unsealedRows()).isZero();
            assertThat(index.newSearcher().score(9_999, new float[DIMENSION])).isEqualTo(1f);
        }
    }

    @Test
    void shouldBeDoneAtOnceWhenEmptyOrClosed() {
        LiveItemIndex index = new LiveItemIndex(DIMENSION);
        index.rebuild();
        awaitRebuilt(index);
        assertThat(index.size()).isZero();
        index.close();
        index.rebuild();
        assertThat(index.isRebuilding()).isFalse();
    }

    @Test
    void shouldBecomeOneSegmentWhenWritersPause() {
        try (LiveItemIndex index = filled()) {
            awaitTidy(index);
            assertThat(index.size()).isEqualTo(ITEMS);
            int few = 60;
            putAfter(index, 0, few);
            assertThat(index.unsealedRows()).isEqualTo(few);
            putAfter(index, few, Compactor.ROWS_WORTH_SEALING);
            awaitTidy(index);
            assertThat(index.newSearcher().score(ITEMS + few, new float[DIMENSION]))
                    .isEqualTo(1f);
        }
    }

    private static void putAfter(LiveItemIndex index, int from, int to) {
        for (int i = ITEMS + from + 1; i <= ITEMS + to; i++) {
            index.put(i, i, new float[DIMENSION], 1, ItemAttributes.NONE);
        }
    }

    private static void awaitTidy(LiveItemIndex index) {
        while (index.unsealedRows() > 0 || index.view().segments().length > 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldNameTheVersionThatItWasAdvancedTo() {
        try (LiveItemIndex index = filled()) {
            index.advance(ITEMS + 7);
            assertThat(index.version()).isEqualTo(ITEMS + 7);
            ItemIndex.Searcher searcher = index.newSearcher();
            searcher.search(new ItemQuery[0], 0);
            assertThat(searcher.version()).isEqualTo(ITEMS + 7);
        }
    }

    private static LiveItemIndex filled() {
        LiveItemIndex index = new LiveItemIndex(DIMENSION);
        RandomCatalogue random = new RandomCatalogue(3, DIMENSION);
        for (int i = 1; i <= ITEMS; i++) {
            index.put(i, i, random.vector(), random.bias(), random.attributes());
        }
        return index;
    }

    private static void awaitRebuilt(LiveItemIndex index) {
        while (index.isRebuilding()) {
            Thread.onSpinWait();
        }
    }
}
