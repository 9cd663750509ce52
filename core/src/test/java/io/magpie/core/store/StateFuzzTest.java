package io.magpie.core.store;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run of what {@code .ci/fuzz} does longer, and guided by coverage. */
@Timeout(120)
class StateFuzzTest {
    @Test
    void shouldReadOrRefuseWhateverIsDamaged() throws Exception {
        StateFuzz.fuzzerTestOneInput(new byte[0]);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] edits = new byte[8 * (1 + random.nextInt(3))];
            random.nextBytes(edits);
            StateFuzz.fuzzerTestOneInput(edits);
        }
    }
}
