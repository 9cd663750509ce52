package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The bytes of each message are what they always were, are what docs/PROTOCOL.md shows, and say what they mean. Golden
 * files hold the hex in lines of 16 bytes, an empty line, and the fields. The environment variable {@code MAGPIE_GOLDEN=write}
 * writes them anew: only for a new message.
 */
class GoldenBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path DOCUMENT = Path.of("../docs/PROTOCOL.md");

    @TestFactory
    Stream<DynamicTest> shouldBeGoldenBytesWhenEncoded() {
        return ExampleMessages.all().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check(each.getKey(), each.getValue())));
    }

    private static void check(String name, ExampleMessages.Example example) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        String hex = hex(example.frame());
        String fields = fields(example);
        if ("write".equals(System.getenv("MAGPIE_GOLDEN"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, hex + "\n\n" + fields);
        }
        String[] golden = Files.readString(file).split("\n\n", 2);
        assertThat(hex).isEqualTo(golden[0]);
        assertThat(fields).isEqualTo(golden[1]);
        assertThat(Files.readString(DOCUMENT))
                .as("docs/PROTOCOL.md shows " + name)
                .contains("Example `" + name + "`:\n\n```\n" + golden[0] + "\n```\n");
    }

    private static String fields(ExampleMessages.Example example) {
        MessageDecoder decoder = example.decoder().get();
        assertThat(decoder.wrap(example.frame(), 0, example.frame().readableBytes()))
                .isEqualTo(Status.OK);
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : Fields.of(decoder).entrySet()) {
            text.append(field.getKey()).append('=').append(field.getValue()).append('\n');
        }
        return text.toString();
    }

    private static String hex(ByteBuf frame) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < frame.readableBytes(); i++) {
            if (i > 0) {
                text.append(i % 16 == 0 ? "\n" : " ");
            }
            text.append(ByteBufUtil.hexDump(frame, i, 1));
        }
        return text.toString();
    }

    @Test
    void shouldHaveNoGoldenFileWithoutMessage() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(GOLDEN));
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
                    .containsExactlyInAnyOrderElementsOf(ExampleMessages.all().keySet());
        }
    }
}
