package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples in the javadoc are the code of {@link ExampleSnippets}, and that code works. */
@Timeout(60)
class ExamplesTest {
    private static final Path SNIPPETS = Path.of("src/test/java/io/magpie/client/ExampleSnippets.java");

    @Test
    void shouldBeCompiledCodeWhenShownInJavadoc() throws IOException {
        String snippets = Files.readString(SNIPPETS);
        for (String name : new String[] {"MagpieClient", "MagpieAsyncClient", "RecommendCall"}) {
            int from = snippets.indexOf("// snippet: " + name + "\n");
            String code = snippets.substring(snippets.indexOf('\n', from), snippets.indexOf("// end", from));
            String source = Files.readString(Path.of("src/main/java/io/magpie/client/" + name + ".java"));
            String shown = source.substring(source.indexOf("<pre>{@code") + 11, source.indexOf("}</pre>"))
                    .replaceAll("(?m)^ \\*", "");

            assertThat(shown.replaceAll("\\s+", "")).as(name).isEqualTo(code.replaceAll("\\s+", ""));
        }
    }

    @Test
    void shouldWorkWhenRun() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (FakeServer server = new FakeServer()) {
            server.onRequest((peer, request) -> {
                if (request.messageType() == MessageType.RECOMMEND) {
                    peer.send(ExampleSnippets.recommendReply(request.correlationId()));
                } else {
                    ByteBuf out = Unpooled.buffer();
                    new WriteReplyEncoder()
                            .wrap(out, request.messageType(), request.correlationId())
                            .appliedCount(1)
                            .beginStatuses(1)
                            .addStatus(Status.OK.code())
                            .finish();
                    peer.send(out);
                }
            });
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            ExampleSnippets.blocking(server.port(), 42, 100);
            try (MagpieClient client = server.client().connect()) {
                ExampleSnippets.callback(client, 42);
                ExampleSnippets.later(client.withTimeout(java.time.Duration.ofSeconds(5)), 42);
            }
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("100 0.5\n");
    }
}
