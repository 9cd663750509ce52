package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.server.security.Scope;
import io.magpie.server.security.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single calls from the command line, against a real server: what is printed, and how the process ends. */
@Timeout(120)
class ClientCommandsTest {
    private static final String LAST_ID = "18446744073709551614";

    @TempDir
    static Path folder;

    private static CliServer server;
    private static Path vectors;

    @BeforeAll
    static void start() throws Exception {
        server = new CliServer(folder, "unset-consent", "denied");
        vectors = server.vectors(
                "vectors.fvecs", new float[] {1, 0, 0, 0}, new float[] {0.5f, 0.5f, 0, 0}, new float[] {0, 0, 0, 1});
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void makeItems() {
        done(server.run("item put --item 1 --row 0 --category 3 --price 100 --tags 7,8", "--vector", vectors));
        done(server.run("item put --item 2 --row 1 --category 4 --price 900 --in-stock false", "--vector", vectors));
        done(server.run("item put --item " + LAST_ID + " --row 2 --bias 0.25", "--vector", vectors));
    }

    @Test
    void shouldRecommendWhenSlotAndConsentAreThere() {
        done(server.run("slot --profile " + LAST_ID + " --source social --row 0 --evidence 5", "--vector", vectors));
        CommandLineRun without = server.run("recommend --profile " + LAST_ID + " --top 1");
        assertThat(without.out()).contains("flags: FALLBACK, CONSENT_REMOVED_SOURCE");
        done(server.run("consent --profile " + LAST_ID + " --source social --state GRANTED"));

        CommandLineRun run = server.run("recommend --top 2 --profile", LAST_ID);
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines().get(0)).startsWith("profile " + LAST_ID + ": 2 items, catalogue version ");
        assertThat(run.outLines().get(1)).isEqualTo("rank  item  score");
        assertThat(run.outLines().get(2)).matches("   1     1  0\\.\\d+");
        assertThat(run.outLines()).hasSize(4);

        CommandLineRun json = server.run("recommend --json --top 1 --profile", LAST_ID);
        assertThat(json.out())
                .startsWith("{\"profileId\":" + LAST_ID + ",\"items\":[{\"itemId\":1,\"score\":0.")
                .contains("\"flags\":[],\"catalogueVersion\":", "\"spaceId\":1", "\"timeMillis\":");
        assertThat(json.outLines()).hasSize(1);

        done(server.run("consent --profile " + LAST_ID + " --source social --state denied"));
        assertThat(server.run("recommend --profile", LAST_ID).out()).contains("CONSENT_REMOVED_SOURCE");
    }

    @Test
    void shouldNameTheOptionWhenATokenIsMissing(@TempDir Path guarded) throws Exception {
        Path tokens = guarded.resolve("tokens");
        Files.writeString(tokens, Token.issue("a", Scope.ALL, null).token().line());
        try (CliServer asking = new CliServer(guarded, "auth.tokens", tokens.toString())) {
            CommandLineRun run = asking.run("stats");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines()).singleElement().asString().contains("UNAUTHENTICATED", "--token-file");
        }
    }

    @Test
    void shouldAskByVectorWhenAFileIsGiven() throws IOException {
        Path names = server.text("names.tsv", "1\tone", "2\ttwo");
        CommandLineRun run = server.run("recommend --top 3", "--vector", vectors, "--names", names);
        assertThat(run.outLines()).element(1).isEqualTo("rank                  item  score  name");
        assertThat(run.outLines().subList(2, 5))
                .containsExactly(
                        "   1                     1  1.0    one",
                        "   2                     2  0.5    two",
                        "   3  18446744073709551614  0.25");
        assertThat(server.run("recommend --json --top 1", "--vector", vectors, "--names", names)
                        .out())
                .startsWith(
                        "{\"profileId\":null,\"items\":[{\"itemId\":1,\"score\":1.0,\"name\":\"one\"}],\"flags\":[]");
    }

    @Test
    void shouldKeepItemsOutWhenFilteredOrExcluded() {
        assertThat(items("--filter", "category=4")).isEqualTo("2");
        assertThat(items("--filter", "category=3+4")).isEqualTo("1 2");
        assertThat(items("--filter", "price=200..")).isEqualTo("2");
        assertThat(items("--filter", "price=100")).isEqualTo("1");
        assertThat(items("--filter", "price=..100, in-stock")).isEqualTo("1 " + LAST_ID);
        assertThat(items("--filter", "tags.all=7+8")).isEqualTo("1");
        assertThat(items("--filter", "tags.any=8+9")).isEqualTo("1");
        assertThat(items("--filter", "tags.none=7")).isEqualTo("2 " + LAST_ID);
        assertThat(items("--filter", "only=2+" + LAST_ID)).isEqualTo("2 " + LAST_ID);
        assertThat(items("--exclude", "1," + LAST_ID)).isEqualTo("2");
        done(server.run("item patch --item 2 --hidden true"));
        assertThat(items()).isEqualTo("1 " + LAST_ID);
        assertThat(items("--filter", "hidden")).isEqualTo("1 2 " + LAST_ID);
    }

    @Test
    void shouldRankOtherwiseWhenBoostsPinsAndPagesAreAskedFor() {
        assertThat(items("--boost", "2:5")).isEqualTo("2 1 " + LAST_ID);
        assertThat(items("--boost", "2:5@2001-01-01T00:00:00Z..2001-01-02T00:00:00Z"))
                .isEqualTo("1 2 " + LAST_ID);
        assertThat(items("--pin", LAST_ID + ":0")).isEqualTo(LAST_ID + " 1 2");
        assertThat(items("--offset", "1", "--top", "1")).isEqualTo("2");
        assertThat(items("--cap", "1")).isEqualTo("1 2 " + LAST_ID);
        assertThat(items("--diversity", "1:5")).isEqualTo("1 2 " + LAST_ID);
        assertThat(items("--context", "2:3", "--context-weight", "0")).isEqualTo("1 2 " + LAST_ID);
    }

    @Test
    void shouldLeaveSeenItemsOutWhenAskedTo() {
        done(server.run("event --profile 40 --source payment --item 1 --strength 2"));
        done(server.run("consent --profile 40 --source payment --state granted"));
        assertThat(ids(server.run("recommend --json --profile 40"))).startsWith("1");
        assertThat(ids(server.run("recommend --json --profile 40 --exclude-seen")))
                .isEqualTo("2 " + LAST_ID);
        assertThat(server.run("recommend --profile 40 --weights payment:0").out())
                .contains("FALLBACK");
    }

    @Test
    void shouldPatchOnlyWhatIsNamedWhenAnItemIsPatched() {
        done(server.run("item patch --item 1 --price 250"));
        assertThat(server.run("get --item 1 --json --vectors").out())
                .startsWith("{\"itemId\":1,\"version\":")
                .contains("\"category\":3,\"price\":250,\"inStock\":true,\"hidden\":false,\"tags\":[7,8]")
                .contains("\"vector\":[1.0,0.0,0.0,0.0]");
        CommandLineRun text = server.run("get --item 2");
        assertThat(text.outLines())
                .contains("category  4", "price     900 minor units", "tags      none", "in stock  no");
        done(server.run("item remove --item 1"));
        fails(1, "no such item: item=1", server.run("get --item 1"));
        fails(1, "there is no such item", server.run("item remove --item 1"));
        fails(1, "no such item: item=1", server.run("item patch --item 1 --price 3"));
        fails(1, "there is no such item", server.run("event --profile 9 --source social --item 1"));
    }

    @Test
    void shouldShowEverythingHeldWhenAProfileIsGot() {
        done(server.run("event --profile 50 --source commerce --item 2 --time 2026-01-02T03:04:05Z"));
        done(server.run("consent --profile 50 --source social --purpose audience --state denied --time 1767323045000"));
        CommandLineRun text = server.run("get --profile 50");
        assertThat(text.outLines().get(0)).isEqualTo("profile 50, version 2");
        assertThat(text.out())
                .contains("slots: 1", "commerce", "2026-01-02T03:04:05Z")
                .contains("consents: 1", "social  audience  denied  2026-01-02T03:04:05Z")
                .contains("seen: 1", "seen  commerce");
        assertThat(server.run("get --profile 50 --json --vectors").out())
                .startsWith(
                        "{\"profileId\":50,\"version\":2,\"slots\":[{\"source\":\"commerce\",\"spaceId\":1,\"evidence\":1.0,")
                .contains("\"vector\":[0.5,0.5,0.0,0.0]")
                .contains(
                        "\"consents\":[{\"source\":\"social\",\"purpose\":\"audience\",\"state\":\"denied\",\"timeMillis\":1767323045000}]")
                .contains(
                        "\"seen\":[{\"itemId\":2,\"kind\":\"seen\",\"source\":\"commerce\",\"count\":1,\"timeMillis\":1767323045000}]");
    }

    @Test
    void shouldLeaveNothingWhenErased() {
        done(server.run("event --profile 60 --source commerce --item 2"));
        CommandLineRun receipt = server.run("erase --profile 60");
        assertThat(receipt.exitCode()).isZero();
        assertThat(receipt.out()).startsWith("erased profile 60 at ").contains("1 slots, 0 consents, 1 seen items");
        fails(1, "no such profile: profile=60", server.run("get --profile 60"));
        fails(1, "no such profile: profile=60", server.run("erase --profile 60"));
        CommandLineRun unknown = server.run("recommend --profile 60");
        assertThat(unknown.exitCode()).isZero();
        assertThat(unknown.out()).contains("profile 60: ", "flags: UNKNOWN_PROFILE, FALLBACK");
        done(server.run("event --profile 60 --source commerce --item 2"));
        assertThat(server.run("erase --profile 60 --json").out())
                .startsWith("{\"profileId\":60,\"profiles\":1,\"slots\":1,\"consents\":0,\"seenItems\":1,");
    }

    @Test
    void shouldTellOfTheServerWhenAskedForStatisticsOrASignOfLife() {
        assertThat(server.run("stats").out())
                .contains("dimension 4, sources social, payment, commerce", "catalogue version ", "counter", "items ");
        assertThat(server.run("stats --json").out())
                .contains("\"dimension\":4,\"sources\":[\"social\",\"payment\",\"commerce\"]", "\"counters\":{");
        assertThat(server.run("ping").out()).matches("answered in \\d+ us\\R");
        assertThat(server.run("ping --count 5").out()).startsWith("5 answers: least ");
        assertThat(server.run("ping --count 5 --json").out()).startsWith("{\"count\":5,\"minMicros\":");
    }

    @Test
    void shouldEndWithOneAndOneLineWhenTheServerRefuses() throws IOException {
        fails(
                1,
                "no source of that name: source=pay, and the server has social, payment, commerce",
                server.run("event --profile 1 --source pay --item 1"));
        fails(
                1,
                "no purpose of that name: purpose=spam",
                server.run("consent --profile 1 --source social --purpose spam --state denied"));
        fails(
                1,
                "the time lies in the future",
                server.run("event --profile 1 --source social --item 1 --time 2100-01-01T00:00:00Z"));
        fails(1, "another space", server.run("recommend --space 9", "--vector", vectors));
        Path wide = server.vectors("wide.fvecs", new float[] {1, 2, 3, 4, 5});
        fails(1, "dimension=5", server.run("item put --item 5", "--vector", wide));
        fails(
                1,
                "vectors.fvecs: has no row 3 (counted from 0): rows=3",
                server.run("recommend --row 3", "--vector", vectors));
        fails(
                1,
                "--top is above the server's limit: top=2000000000 most=",
                server.run("recommend --profile 40 --top 2000000000"));
    }

    @Test
    void shouldEndWithOneAndNameTheFixWhenThereIsNoServer() {
        CommandLineRun run = CommandLineRun.of("ping", "--connect", "127.0.0.1:1");
        fails(1, "no connection to 127.0.0.1:1: start a server with `magpie serve`", run);
    }

    @Test
    void shouldEndWithTwoAndOneLineWhenUsedWrongly() {
        for (String wrong : new String[] {
            "recommend",
            "recommend --profile 1 --vector x.fvecs",
            "recommend --profile x",
            "recommend --profile -1",
            "recommend --profile 18446744073709551615",
            "recommend --profile 1 --top 0",
            "recommend --profile 1 --filter colour=3",
            "recommend --profile 1 --filter price=9..3",
            "recommend --profile 1 --filter category=x",
            "recommend --profile 1 --weights social",
            "recommend --profile 1 --group 2",
            "recommend --items x",
            "recommend --items 1:x",
            "recommend --profile 1 --boost 1",
            "recommend --profile 1 --boost 1:2@3",
            "recommend --profile 1 --pin 1:0.5",
            "recommend --profile 1 --cap 0",
            "recommend --profile 1 --offset -1",
            "recommend --profile 1 --diversity x",
            "score --profile 1",
            "similar",
            "similar --item x",
            "why --profile 1",
            "why --profile 1 --item 1 --seen -1",
            "recommend --why --items 1",
            "event --profile 1 --source social --item 1 --recommend 0",
            "recommend --profile 1 --weights social:-1",
            "recommend --profile 1 --timeout 5",
            "recommend --vector x.fvecs --exclude-seen",
            "get",
            "get --profile 1 --item 2",
            "erase",
            "ping --count 0",
            "consent --profile 1 --source social --state maybe",
            "event --profile 1 --source social",
            "event --profile 1 --source social --item 1 --time tomorrow",
            "slot --profile 1 --source social",
            "slot --profile 1 --source social --evidence -1",
            "item",
            "item put --item 1",
            "item put --item 1 --price -1",
            "item patch --item 1 --category x",
            "frobnicate",
            "",
            "import",
            "stats --nonsense"
        }) {
            fails(2, "magpie: ", CommandLineRun.of((Object[]) wrong.strip().split(" ")));
        }
        fails(2, "--connect needs HOST:PORT", CommandLineRun.of("ping", "--connect", "localhost"));
        fails(2, "--connect needs HOST:PORT", CommandLineRun.of("ping", "--connect", "localhost:70000"));
    }

    @Test
    void shouldPrintHelpAndEndWithZeroWhenAsked() {
        String commands =
                "recommend,score,similar,popular,why,get,erase,stats,ping,consent,event,slot,item,item put,item patch,item remove,eval,import,"
                        + "import items,import profiles,import events,import consents,import folder,serve,quality";
        for (String command : commands.split(",")) {
            CommandLineRun help = CommandLineRun.of((Object[]) (command + " --help").split(" "));
            assertThat(help.exitCode()).isZero();
            assertThat(help.err()).isEmpty();
            assertThat(help.out()).startsWith("Usage: magpie " + command);
        }
        assertThat(CommandLineRun.of("--help").out()).contains("recommend", "magpie demo");
        assertThat(CommandLineRun.of("--version").out()).startsWith("magpie 0.");
    }

    private static String items(String... more) {
        Object[] arguments = new Object[more.length + 2];
        arguments[0] = "--vector";
        arguments[1] = vectors;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return ids(server.run("recommend --json", arguments));
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
        assertThat(run.err()).isEmpty();
    }

    private static void fails(int exitCode, String reason, CommandLineRun run) {
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith("magpie: ").contains(reason);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }
}
