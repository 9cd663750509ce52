package io.magpie.protocol;

import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the fuzzer found interesting, and what it broke once, and quick random changes of good inputs. The fuzzer itself is
 * started by {@code .ci/fuzz}, which also says how to take its findings over.
 */
@Timeout(120)
class FuzzCorpusTest {
    private static final int CHANGES = 500;

    @Test
    void shouldHoldForEveryMessage() throws Exception {
        run("MessageFuzz", MessageFuzz.seeds(), MessageFuzz::fuzzerTestOneInput);
    }

    @Test
    void shouldHoldForEveryStream() throws Exception {
        run("FrameFuzz", FrameFuzz.seeds(), FrameFuzz::fuzzerTestOneInput);
    }

    private static void run(String target, List<byte[]> seeds, Consumer<byte[]> fuzz) throws Exception {
        try (InputStream in = FuzzCorpusTest.class.getResourceAsStream("/fuzz/" + target + ".zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            while (zip.getNextEntry() != null) {
                fuzz.accept(zip.readAllBytes());
            }
        }
        seeds.forEach(fuzz);
        Random random = new Random(1);
        for (int i = 0; i < CHANGES; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                input[random.nextInt(input.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : -random.nextInt(2));
            }
            fuzz.accept(random.nextInt(4) > 0 ? input : java.util.Arrays.copyOf(input, random.nextInt(input.length)));
        }
    }
}
