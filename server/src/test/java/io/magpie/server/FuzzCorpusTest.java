package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.server.data.ImportFuzz;
import io.magpie.server.verb.RequestFuzz;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the fuzzer found interesting, and what it broke once, and quick random changes of it. The fuzzer itself is started by
 * {@code .ci/fuzz}, which also says how to take its findings over.
 */
@Timeout(120)
class FuzzCorpusTest {
    private static final int CHANGES = 500;

    /** Takes one input; throws if something is wrong. */
    private interface Fuzz {
        void run(byte[] input) throws Exception;
    }

    @Test
    void shouldHoldForEveryStream() throws Exception {
        run("ServerFrameFuzz", ServerFrameFuzz::fuzzerTestOneInput);
    }

    @Test
    void shouldHoldForEveryRequest() throws Exception {
        run("RequestFuzz", RequestFuzz::fuzzerTestOneInput);
    }

    @Test
    void shouldHoldForEveryImportedFile() throws Exception {
        run("ImportFuzz", ImportFuzz::fuzzerTestOneInput);
    }

    private static void run(String target, Fuzz fuzz) throws Exception {
        List<byte[]> corpus = new ArrayList<>();
        try (InputStream in = FuzzCorpusTest.class.getResourceAsStream("/fuzz/" + target + ".zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                corpus.add(zip.readAllBytes());
            }
        }
        assertThat(corpus).isNotEmpty();
        for (byte[] input : corpus) {
            fuzz.run(input);
        }
        Random random = new Random(1);
        for (int i = 0; i < CHANGES; i++) {
            byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
            for (int change = random.nextInt(4); change >= 0 && input.length > 0; change--) {
                input[random.nextInt(input.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : -random.nextInt(2));
            }
            fuzz.run(input);
        }
    }
}
