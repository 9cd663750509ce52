package io.magpie.server;

import io.magpie.server.data.FactorFolder;

/**
 * What the fused vector of a person is, written down once more from its definition, for slots that were put and never moved by
 * an event: each of them counts as derived, nothing has aged, nothing is seen.
 */
final class FusionOracle {
    private FusionOracle() {}

    /**
     * Fuses a person's vectors.
     *
     * @param weights one a source
     * @return {@code float32[dimension]}
     */
    static float[] fuse(FactorFolder factors, int user, double[] weights) {
        int sources = factors.sources().size();
        int derived = 0;
        for (int s = 0; s < sources; s++) {
            derived += factors.userVectors(s).isZero(user) ? 0 : 1;
        }
        double[] sum = new double[factors.items().dimension()];
        for (int s = 0; s < sources; s++) {
            if (factors.userVectors(s).isZero(user)) {
                continue;
            }
            float[] slot = factors.userVectors(s).row(user);
            double square = 0;
            for (float value : slot) {
                square += (double) value * value;
            }
            double confidence = Math.min(1, factors.evidence(user, s)) * (1.0 / Math.max(2, derived));
            double factor = weights[s] * confidence / Math.sqrt(square);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * slot[i];
            }
        }
        float[] fused = new float[sum.length];
        for (int i = 0; i < fused.length; i++) {
            fused[i] = (float) sum[i];
        }
        return fused;
    }
}
