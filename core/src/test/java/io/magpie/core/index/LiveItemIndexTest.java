package io.magpie.core.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveItemIndexTest {
    private final LiveItemIndex index = new LiveItemIndex(2);
    private final ItemIndex.Searcher searcher = index.newSearcher();
    private final ItemQuery query = new ItemQuery(2);
    private long version;

    @Test
    void shouldAnswerNothingWhenEmpty() {
        search(1, 1);
        assertThat(query.count()).isZero();
        assertThat(searcher.vector(1, new float[2])).isFalse();
        assertThat(searcher.score(1, new float[2])).isNaN();
    }

    @Test
    void shouldOrderTiesByUnsignedIdWhenScoresAreEqual() {
        put(-2, 1, 0);
        put(5, 1, 0);
        put(3, 1, 0);
        search(0, 0);
        assertThat(new long[] {query.id(0), query.id(1), query.id(2)}).containsExactly(3, 5, -2);
    }

    @Test
    void shouldSeeEachChangeAtOnce() {
        put(1, 1, 0);
        put(1, 0, 2);
        assertThat(index.size()).isEqualTo(1);
        assertThat(searcher.score(1, new float[] {0, 1})).isEqualTo(2.0f);
        assertThat(index.patch(++version, 1, new ItemAttributes(0, 0, true, true)))
                .isTrue();
        search(1, 1);
        assertThat(searcher.version()).isEqualTo(3);
        assertThat(query.count()).isZero();
        assertThat(index.remove(++version, 1)).isTrue();
        assertThat(index.remove(++version, 1)).isFalse();
        assertThat(index.patch(++version, 1, ItemAttributes.NONE)).isFalse();
        assertThat(index.size()).isZero();
    }

    @Test
    void shouldSayWhatItDidNotSeeWhenTheDeadlineHasPassed() {
        put(1, 3, 4);
        requireCutOff();
        // The open segment is empty now, and has no largest bias.
        index.settle();
        requireCutOff();
    }

    private void requireCutOff() {
        query.vector()[0] = 3;
        query.vector()[1] = 4;
        query.deadlineNanos(System.nanoTime() - 1);
        searcher.search(new ItemQuery[] {query}, 1);
        assertThat(query.cutOff()).isTrue();
        assertThat(query.unseenBound()).isGreaterThanOrEqualTo(25.0f).isLessThan(25.1f);
    }

    @Test
    void shouldSealWhatCameWhileItWasBusyWhenChangesStop() {
        for (int id = 1; id <= 20_000; id++) {
            put(id, id % 101, id % 89);
        }
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (index.unsealedRows() >= 512 && System.nanoTime() < deadlineNanos) {
            Thread.onSpinWait();
        }
        assertThat(index.unsealedRows()).isLessThan(512);
        search(1, 1);
        assertThat(query.count()).isEqualTo(10);
        assertThat(query.scannedItems()).isLessThan(20_000);
    }

    @Test
    void shouldRefuseWhatIsNotAnItem() {
        assertThatThrownBy(() -> put(-1, 1, 1)).hasMessage("the id 2^64-1 is reserved: itemId=18446744073709551615");
        assertThatThrownBy(() -> put(1, Float.NaN, 1)).hasMessage("a vector is finite: component=0 value=NaN");
        assertThatThrownBy(() -> index.put(++version, 1, new float[3], 0, ItemAttributes.NONE))
                .hasMessage("a vector has the index's dimension: length=3 dimension=2");
        assertThatThrownBy(() -> search(Float.POSITIVE_INFINITY, 0)).hasMessage("a query vector is finite");
    }

    private void put(long id, float x, float y) {
        index.put(++version, id, new float[] {x, y}, 0, ItemAttributes.NONE);
    }

    private void search(float x, float y) {
        query.vector()[0] = x;
        query.vector()[1] = y;
        searcher.search(new ItemQuery[] {query}, 1);
    }
}
