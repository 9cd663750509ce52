package io.magpie.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SyntheticDataTest {
    private static final int ITEMS = 500;
    private static final int DIMENSION = 16;

    private static double[] norms(SyntheticData.Shape shape) {
        SyntheticData data = new SyntheticData(shape, 1, ITEMS, 10, DIMENSION);
        float[] vectors = data.catalogue().vectors();
        double[] norms = new double[ITEMS];
        for (int i = 0; i < vectors.length; i++) {
            norms[i / DIMENSION] += vectors[i] * vectors[i];
        }
        return Arrays.stream(norms).map(Math::sqrt).sorted().toArray();
    }

    @Test
    void shouldMakeVectorsOfLengthOneWhenHard() {
        double[] norms = norms(SyntheticData.Shape.HARD);
        assertThat(norms[0]).isGreaterThan(0.9999);
        assertThat(norms[ITEMS - 1]).isLessThan(1.0001);
    }

    @Test
    void shouldPointEverywhereWhenHard() {
        float[] vectors = new SyntheticData(SyntheticData.Shape.HARD, 1, ITEMS, 10, DIMENSION)
                .catalogue()
                .vectors();
        double[] squares = new double[DIMENSION];
        for (int i = 0; i < vectors.length; i++) {
            squares[i % DIMENSION] += vectors[i] * vectors[i] / ITEMS;
        }
        Arrays.sort(squares);
        assertThat(squares[DIMENSION - 1]).isLessThan(1.5 * squares[0]);
    }

    @Test
    void shouldMakeVectorsOfDifferentLengthsWhenFriendly() {
        double[] norms = norms(SyntheticData.Shape.FRIENDLY);
        assertThat(norms[ITEMS - 1]).isGreaterThan(3 * norms[0]);
    }

    @Test
    void shouldMakeTheSameWhenAskedAgain() {
        float[] once = new SyntheticData(1, ITEMS, 10, DIMENSION).catalogue().vectors();
        float[] again = new SyntheticData(SyntheticData.Shape.FRIENDLY, 1, ITEMS, 10, DIMENSION)
                .catalogue()
                .vectors();
        assertThat(again).isEqualTo(once);
    }
}
