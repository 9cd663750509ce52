package io.magpie.server.security;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A short run of what {@code .ci/fuzz} does longer, and guided by coverage. */
class SecretFilesFuzzTest {
    @Test
    void shouldReadOrRefuseWithoutShowingAnything() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] input = new byte[1 + random.nextInt(12)];
            random.nextBytes(input);
            SecretFilesFuzz.fuzzerTestOneInput(input);
        }
    }
}
