package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every question from the command line, against a real server: what is printed, and how the process ends. */
@Timeout(60)
class QuestionCommandsTest {
    @TempDir
    static Path folder;

    private static CliServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CliServer(folder, "unset-consent", "denied");
        Path vectors = server.vectors(
                "vectors.fvecs", new float[] {1, 0, 0, 0}, new float[] {0.5f, 0.5f, 0, 0}, new float[] {0, 0, 0, 1});
        for (int item = 1; item <= 3; item++) {
            done(server.run("item put --item " + item + " --row " + (item - 1), "--vector", vectors));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldAnswerEveryOtherQuestion() {
        assertThat(ids(server.run("recommend --json --items 1,2:0.5 --top 1"))).isEqualTo("1");
        assertThat(ids(server.run("similar --json --item 1 --top 1"))).isEqualTo("2");
        done(server.run("consent --profile 50 --source payment --state granted"));
        CommandLineRun after = server.run("event --profile 50 --source payment --item 2 --id 9 --recommend 1 --json");
        assertThat(after.out()).startsWith("{\"profileId\":50,\"items\":[{\"itemId\":1,");
        done(server.run("event --profile 50 --source payment --item 2 --id 9"));
        assertThat(server.run("get --profile 50 --json").out()).contains("\"evidence\":1.0");
        assertThat(ids(server.run("recommend --json --group 50 --top 1"))).isEqualTo("1");
        assertThat(server.run("score --json --profile 50 --item 2,77").out())
                .contains("{\"itemId\":77,\"score\":null}],\"flags\":[\"UNKNOWN_ITEM\"]");
        assertThat(server.run("score --profile 50 --item 77").out()).contains("unknown");
        assertThat(ids(server.run("popular --json"))).contains("2");
        assertThat(server.run("popular --trending --top 1").outLines().get(0)).startsWith("trending: 1 items");
        fails(1, "there is no such item", server.run("similar --item 77"));
        fails(1, "there is no such item", server.run("event --profile 50 --source payment --item 77 --recommend 3"));
    }

    @Test
    void shouldSayWhyWhenAsked() {
        done(server.run("consent --profile 60 --source payment --state granted"));
        done(server.run("event --profile 60 --source payment --item 2"));
        done(server.run("event --profile 60 --source social --item 3"));
        CommandLineRun run = server.run("why --profile 60 --item 1");
        assertThat(run.outLines().get(0)).startsWith("profile 60, item 1: score ");
        assertThat(run.outLines().get(1))
                .matches("why 1: social NO_CONSENT, payment 1\\.414\\d*, commerce NOTHING_HELD, bias 0\\.0;"
                        + " like seen 2 \\(0\\.5\\)");
        assertThat(run.outLines().get(2)).isEqualTo("flags: CONSENT_REMOVED_SOURCE");

        String json = server.run("why --profile 60 --item 1 --seen 0 --json").out();
        assertThat(json)
                .startsWith("{\"profileId\":60,\"itemId\":1,\"score\":")
                .contains("{\"source\":\"social\",\"amount\":0.0,\"use\":\"NO_CONSENT\"}", "\"seen\":[]");
        assertThat(server.run("recommend --profile 60 --top 1 --why --json").out())
                .contains("\"itemId\":1,", ",\"why\":{\"score\":", "\"seen\":[{\"itemId\":2,\"product\":0.5}]");
        assertThat(server.run("recommend --profile 60 --top 1 --why").out()).contains("why 1: social NO_CONSENT");
        assertThat(server.run("recommend --profile 61 --top 1 --why").exitCode())
                .isZero();
        fails(1, "there is no such item", server.run("why --profile 60 --item 77"));
    }

    private static String ids(CommandLineRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        StringBuilder ids = new StringBuilder();
        for (String part : run.out().split("\"itemId\":")) {
            if (Character.isDigit(part.charAt(0))) {
                ids.append(ids.length() == 0 ? "" : " ").append(part, 0, part.indexOf(','));
            }
        }
        return ids.toString();
    }

    private static void done(CommandLineRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("done");
    }

    private static void fails(int exitCode, String reason, CommandLineRun run) {
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith("magpie: ").contains(reason);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }
}
