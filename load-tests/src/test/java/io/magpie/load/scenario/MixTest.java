package io.magpie.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixTest {
    @Test
    void shouldGiveEachKindItsShareWhenAllNumbersAreAsked() {
        int[] counts = new int[Mix.NAMES.size()];
        for (int percent = 0; percent < 100; percent++) {
            counts[Mix.RETAIL.kind(percent)]++;
        }
        assertThat(counts).containsExactly(80, 10, 0, 8, 0, 2);
        assertThat(Mix.RETAIL)
                .hasToString("recommend 80 %, record-and-recommend 10 %, record-events 8 %, patch-items 2 %");
    }

    @Test
    void shouldRefuseWhenSharesDoNotAddUp() {
        assertThatThrownBy(() -> new Mix(80, 10, 0, 8, 0, 3)).hasMessageContaining("sum=101");
    }

    @Test
    void shouldAskForFewAllTheTimeWhenPeopleAreDrawnByZipf() {
        int count = 10_000;
        People people = People.zipf(count, 1.0, new SplittableRandom(1));
        People again = People.zipf(count, 1.0, new SplittableRandom(2));
        int[] asked = new int[count + 1];
        for (int i = 0; i < 100_000; i++) {
            asked[(int) people.next()]++;
            asked[(int) again.next()]++;
        }
        Set<Integer> everybody = new HashSet<>();
        int hottest = 0;
        for (int id = 1; id <= count; id++) {
            hottest = Math.max(hottest, asked[id]);
            if (asked[id] > 0) {
                everybody.add(id);
            }
        }
        assertThat(asked[0]).isZero();
        // The first of 10,000 has a share of 1 / ln(10,000), about 10 %; both generators meet at the same one.
        assertThat(hottest / 200_000.0).isBetween(0.09, 0.115);
        assertThat(everybody).hasSizeGreaterThan(6_000);
    }
}
