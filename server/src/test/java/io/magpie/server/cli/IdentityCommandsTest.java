package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People named by identities on the command line, {@code link}, {@code unlink} and {@code import identities}. */
@Timeout(120)
class IdentityCommandsTest {
    @TempDir
    static Path folder;

    private static CliServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CliServer(folder);
        assertDone("item put --item 1 --vector 1,0,0,0");
        assertDone("item put --item 2 --vector 0,1,0,0");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CommandLineRun assertDone(String command) {
        CommandLineRun run = server.run(command);
        assertThat(run.err()).as(command).isEmpty();
        assertThat(run.exitCode()).as(command).isZero();
        return run;
    }

    private static void assertFails(String command, int exitCode, String why) {
        CommandLineRun run = server.run(command);
        assertThat(run.err()).as(command).contains(why);
        assertThat(run.errLines()).as(command).hasSize(1);
        assertThat(run.exitCode()).as(command).isEqualTo(exitCode);
    }

    @Test
    void shouldTakeAnIdentityWhereverAProfileIsNamed() {
        String anna = "--identity social:anna:1";
        assertThat(assertDone("slot --source social --vector 1,0,0,0 " + anna).out())
                .matches("done, profile 9\\d+\\R");
        assertDone("event --source commerce --item 1 " + anna);
        assertThat(assertDone("event --source commerce --item 1 --recommend 1 --json " + anna)
                        .out())
                .matches("\\{\"profileId\":9\\d+,(?s).*");
        assertDone("consent --source payment --state granted " + anna);
        assertDone("mark --source commerce --items 2 " + anna);
        assertThat(assertDone("get --json " + anna).out()).matches("\\{\"profileId\":9\\d+,(?s).*");
        assertThat(assertDone("recommend --top 1 --why --json " + anna).out())
                .matches("\\{\"profileId\":9\\d+,\"items\":\\[\\{\"itemId\":1,(?s).*\"why\":.*");
        assertThat(assertDone("recommend --top 1 " + anna).out()).startsWith("identity social:anna:1: 1 items");
        assertThat(assertDone("score --item 1 --json " + anna).out()).matches("\\{\"profileId\":9\\d+,(?s).*");
        assertThat(assertDone("why --item 1 " + anna).out()).matches("profile 9\\d+, item 1: score (?s).*");
        assertThat(assertDone("export " + anna).out()).contains("\"profileId\":9");
        assertThat(assertDone("erase --json " + anna).out()).matches("\\{\"profileId\":9\\d+,\"profiles\":1,(?s).*");
        assertFails("erase " + anna, 1, "no profile is known by this identity: identity=social:anna:1");
    }

    @Test
    void shouldSayUnknownWhenAnIdentityIsNotKnown() {
        String nobody = "--identity social:nobody";
        assertFails("get " + nobody, 1, "no profile is known by this identity: identity=social:nobody");
        assertFails("export " + nobody, 1, "no profile is known by this identity");
        assertFails("unlink " + nobody, 1, "there is no such profile");
        assertThat(assertDone("recommend --json " + nobody).out())
                .startsWith("{\"profileId\":null,")
                .contains("\"UNKNOWN_PROFILE\"");
        assertFails("get --identity bank:1", 1, "no source of that name: source=bank");
    }

    @Test
    void shouldRefuseWhenNotOnePersonIsNamed() {
        assertFails("slot --source social --vector 1,0,0,0", 2, "--profile");
        assertFails("slot --source social --vector 1,0,0,0 --profile 1 --identity social:a", 2, "--identity");
        assertFails("recommend --profile 1 --identity social:a", 2, "--identity");
        assertFails("get", 2, "--identity");
        assertFails("get --identity anna", 2, "is not SOURCE:EXTERNAL-ID");
        assertFails("get --identity social:" + "x".repeat(65), 2, "1 to 64 bytes: length=65");
        assertFails("link --identity social:a", 2, "two in all");
        assertFails("link --identity social:a --profile 1 --profile 2", 2, "two in all");
    }

    @Test
    void shouldAskForAGroupByIdsAndIdentities() {
        assertDone("slot --profile 80 --source social --vector 1,0,0,0");
        assertDone("slot --identity commerce:c:81 --source social --vector 0,1,0,0");
        assertThat(assertDone("recommend --top 2 --json --group 80,commerce:c:81")
                        .out())
                .contains("{\"itemId\":1,\"score\":1.0}", "{\"itemId\":2,\"score\":1.0}")
                .contains("\"flags\":[]");
        assertThat(assertDone("recommend --json --group 80,social:nobody").out())
                .contains("\"UNKNOWN_PROFILE\"");
        assertFails("recommend --group 80,bank:1", 1, "no source of that name: source=bank");
        assertFails("recommend --group 80,anna", 2, "anna");
    }

    @Test
    void shouldFindAnIdentitysLinesInTheAuditLog(@TempDir Path audited) throws Exception {
        Path log = audited.resolve("audit");
        try (CliServer other = new CliServer(audited, "audit.dir", log.toString())) {
            assertThat(other.run("consent --identity payment:p-9 --source social --state granted")
                            .exitCode())
                    .isZero();
        }
        String lines = Files.readString(log.resolve("audit-000000000001.log"));
        for (String sources : List.of("social:1:30d,payment:2:never,commerce:1:7d", "social,payment")) {
            CommandLineRun run = subject(log, "payment:p-9", "--sources", sources);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(lines).contains("\"subject\":\"" + run.out().strip() + "\"");
        }
        assertThat(lines).contains(subject(log, "1:p-9").out().strip());
        assertThat(lines).doesNotContain(subject(log, "0:p-9").out().strip());
        assertThat(subject(log, "payment:p-9").err()).contains("--sources");
        assertThat(CommandLineRun.of("audit", "subject", "--key-file", log.resolve("audit.key"))
                        .exitCode())
                .isEqualTo(2);
    }

    private static CommandLineRun subject(Path log, String identity, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("audit", "subject", "--identity", identity));
        arguments.addAll(List.of("--key-file", log.resolve("audit.key")));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray());
    }

    @Test
    void shouldLinkAndUnlink() {
        assertDone("slot --profile 40 --source social --vector 1,0,0,0");
        assertDone("slot --identity commerce:c40 --source commerce --vector 0,1,0,0");
        assertThat(assertDone("link --identity commerce:c40 --profile 40 --json")
                        .out())
                .isEqualToIgnoringNewLines("{\"profileId\":40}");
        assertThat(assertDone("link --identity commerce:c40 --identity payment:p40")
                        .out())
                .isEqualToIgnoringNewLines("linked, profile 40");
        assertThat(assertDone("get --identity payment:p40").out())
                .contains("profile 40,")
                .contains("slots: 2");
        assertThat(assertDone("unlink --identity commerce:c40").out()).matches("unlinked, profile 9\\d+\\R");
        assertThat(assertDone("get --identity commerce:c40").out()).contains("slots: 0");
        assertThat(assertDone("get --profile 40").out()).contains("slots: 2");
    }

    @Test
    void shouldLoadIdentitiesAndSayWhyOthersAreRefused() throws IOException {
        Path table = server.text(
                "identities.csv",
                "source,external_id,profile,other_source,other_external_id",
                "social,s1,500,,",
                ",c1,,social,s1",
                "bank,b1,500,,",
                "payment," + "p".repeat(65) + ",500,,",
                "payment,p1,,,",
                "payment,p2,18446744073709551613,,",
                "payment,p3,13835058055282163711,,");
        CommandLineRun run = server.run("import identities", table, "--source", "commerce", "--resume");
        assertThat(run.out())
                .contains("identities: 3 rows loaded, 4 refused")
                .contains("1 refused: the server has no source 'bank' (line 4)")
                .contains("1 refused: an external id has more than 64 bytes (line 5)")
                .contains("1 refused: a row has profile, or otherexternalid and othersource, and not both (line 6)")
                .contains("1 refused: there is no such profile (line 8)");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(assertDone("get --identity commerce:c1").out()).contains("profile 500,");

        Path lines = server.text(
                "identities.jsonl",
                "{\"source\":\"social\",\"externalId\":\"s2\",\"otherSource\":\"commerce\",\"otherExternalId\":\"c2\"}",
                "{\"source\":\"social\",\"externalId\":\"s2\",\"profileId\":501}");
        assertThat(server.run("import identities", lines).out()).contains("2 rows loaded, 0 refused");
        assertThat(assertDone("get --identity commerce:c2").out()).contains("profile 501,");
    }
}
