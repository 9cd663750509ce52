package io.magpie.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfidenceTest {
    @Test
    void shouldShareOneAmongOwnSourcesByTheirEvidence() {
        assertThat(Confidence.own(12, 12)).isEqualTo(1);
        assertThat(Confidence.own(3, 12)).isEqualTo(0.25);
        assertThat(Confidence.own(1, 1)).isEqualTo(1);
    }

    @Test
    void shouldFadeTheOwnSourceWhenLessThanOneEventIsLeftOfIt() {
        assertThat(Confidence.own(0.25, 0.25)).isEqualTo(0.25);
        assertThat(Confidence.own(0.25, 0.75)).isEqualTo(0.25);
        assertThat(Confidence.own(0, 0)).isZero();
        assertThat(Confidence.own(0, 7)).isZero();
    }

    @Test
    void shouldFadeDerivedSourcesAsDocumentedWhenMoreItemsAreKnown() {
        double[] items = {0, 1, 3, 5, 10, 20, 40};
        double[] shares = {0.50, 0.50, 0.47, 0.34, 0.057, 0.004, 0.00025};
        for (int i = 0; i < items.length; i++) {
            assertThat(Confidence.derivedShare(items[i], items[i], 2))
                    .as("items=%s", items[i])
                    .isCloseTo(shares[i], within(shares[i] * 0.05));
        }
    }

    @Test
    void shouldBoundTheEvidenceByTheItemsSeenWhenItCountsSomethingElse() {
        assertThat(Confidence.derivedShare(500, 5, 2)).isEqualTo(Confidence.derivedShare(5, 5, 2));
        assertThat(Confidence.derivedShare(Double.POSITIVE_INFINITY, 5, 2)).isEqualTo(Confidence.derivedShare(5, 5, 2));
    }

    @Test
    void shouldTakeTheGeometricMeanWhenTheSeenSetKnowsMore() {
        assertThat(Confidence.derivedShare(4, 9, 2)).isEqualTo(Confidence.derivedShare(6, 6, 2));
        assertThat(Confidence.derivedShare(0, 300, 2)).isEqualTo(0.5);
    }

    @Test
    void shouldGoByEvidenceAloneWhenNoItemIsKnownToBeSeen() {
        assertThat(Confidence.derivedShare(6, 0, 2)).isEqualTo(0.25);
        assertThat(Confidence.derivedShare(Double.MAX_VALUE, 0, 2)).isZero();
    }

    @Test
    void shouldDivideAmongDerivedSourcesWhenThereAreMoreThanTwo() {
        assertThat(Confidence.derivedShare(0, 0, 0)).isEqualTo(0.5);
        assertThat(Confidence.derivedShare(0, 0, 1)).isEqualTo(0.5);
        assertThat(Confidence.derivedShare(0, 0, 4)).isEqualTo(0.25);
    }

    @Test
    void shouldCountDerivedEvidenceUpToOne() {
        assertThat(Confidence.derived(237, 0.5)).isEqualTo(0.5);
        assertThat(Confidence.derived(0.5, 0.5)).isEqualTo(0.25);
        assertThat(Confidence.derived(0, 0.5)).isZero();
    }
}
