package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpie.core.fusion.SourceKind;
import org.junit.jupiter.api.Test;

class SourceCalibrationTest {
    @Test
    void shouldTakeForOwnWhatStandsOnTheSeenItemsAndWeighTheOthersByLiftOverSpread() {
        SourceCalibration calibration = SourceCalibration.of(new double[] {2, 10, 9.9, 6}, new double[] {1, 5, 5, 2});
        assertThat(calibration.kind(0)).isEqualTo(SourceKind.DERIVED);
        assertThat(calibration.kind(1)).isEqualTo(SourceKind.OWN);
        assertThat(calibration.kind(2)).isEqualTo(SourceKind.OWN);
        assertThat(calibration.kind(3)).isEqualTo(SourceKind.DERIVED);
        assertThat(calibration.weight(1)).isEqualTo(1);
        assertThat(calibration.weight(2)).isEqualTo(1);
        assertThat(calibration.weight(0)).isCloseTo(0.8, within(1e-12));
        assertThat(calibration.weight(3)).isCloseTo(1.2, within(1e-12));
    }

    @Test
    void shouldWeighAllAlikeWhenAGuessHasNoLift() {
        SourceCalibration calibration = SourceCalibration.of(new double[] {10, -1, 4}, new double[] {1, 1, 1});
        assertThat(calibration.weight(1)).isEqualTo(1);
        assertThat(calibration.weight(2)).isEqualTo(1);
        assertThat(calibration.kind(1)).isEqualTo(SourceKind.DERIVED);
    }

    @Test
    void shouldTakeAllForDerivedWhenNoItemsAreSeen() {
        SourceCalibration calibration = SourceCalibration.of(new double[3], new double[] {1, 1, 1});
        for (int source = 0; source < 3; source++) {
            assertThat(calibration.kind(source)).isEqualTo(SourceKind.DERIVED);
            assertThat(calibration.weight(source)).isEqualTo(1);
        }
    }
}
