package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingQualityTest {
    private static final double TOLERANCE = 1e-12;
    private final RankingQuality quality = new RankingQuality();

    @Test
    void shouldDiscountByRankAndDivideByTheIdeal() {
        quality.add("1", new int[] {9, 4, 8, 5}, new int[] {4, 5, 6});
        double gain = 1 / log2(3) + 1 / log2(5);
        double ideal = 1 + 1 / log2(3) + 1 / log2(4);
        assertThat(quality.all().ndcg()).isCloseTo(gain / ideal, within(TOLERANCE));
        assertThat(quality.all().hitRate()).isEqualTo(1);
    }

    @Test
    void shouldCountTenRanksAndAnIdealOfTen() {
        int[] list = new int[20];
        int[] heldOut = new int[30];
        for (int i = 0; i < 30; i++) {
            list[i % 20] = i % 20;
            heldOut[i] = i;
        }
        quality.add("1", list, heldOut);
        assertThat(quality.all().ndcg()).isCloseTo(1, within(TOLERANCE));
        RankingQuality late = new RankingQuality();
        late.add("1", new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99}, new int[] {99});
        assertThat(late.all().ndcg()).isZero();
        assertThat(late.all().hitRate()).isZero();
    }

    @Test
    void shouldTakeTheMeanOverAllAndByKnownInOrderOfSize() {
        quality.add("10", new int[] {1}, new int[] {1});
        quality.add("2", new int[0], new int[] {1});
        quality.add("10", new int[] {2}, new int[] {1, 1});
        assertThat(quality.all().rows()).isEqualTo(3);
        assertThat(quality.all().hitRate()).isCloseTo(1 / 3.0, within(TOLERANCE));
        assertThat(quality.byKnown().keySet()).containsExactly("2", "10");
        assertThat(quality.byKnown().get("10").ndcg()).isEqualTo(0.5);
        assertThat(quality.byKnown().get("2").ndcg()).isZero();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
