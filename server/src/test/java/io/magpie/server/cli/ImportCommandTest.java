package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code magpie import}: what is loaded, what is refused and why, and how the process ends. */
@Timeout(120)
class ImportCommandTest {
    @TempDir
    static Path folder;

    private static CliServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CliServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldLoadItemsWhenVectorsComeWithIdsAndAttributes() throws IOException {
        Path vectors =
                server.vectors("items.fvecs.gz", new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8}, new float[4]);
        Path ids = server.text("ids.txt", "100", "18446744073709551614", "102");
        Path attributes = server.text(
                "attributes.csv", "Item_ID,category,price,in-stock,tags,bias", "100,3,250,no,7 8,0.5", "102,4,,,,");
        CommandLineRun run = server.run("import items", vectors, "--ids", ids, "--attributes", attributes);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("items: 3 rows loaded, 0 refused, in \\d+\\.\\d\\d s \\([\\d,]+ rows per second\\)\\R");
        assertThat(server.run("get --item 100 --json --vectors").out())
                .contains("\"bias\":0.5,\"category\":3,\"price\":250,\"inStock\":false,\"hidden\":false,\"tags\":[7,8]")
                .contains("\"vector\":[1.0,2.0,3.0,4.0]");
        assertThat(server.run("get --item 102 --json --vectors").out())
                .contains("\"category\":4,\"price\":0,\"inStock\":true")
                .contains("\"vector\":[0.0,0.0,0.0,0.0]");
        assertThat(server.run("get --item 18446744073709551614 --json").out()).contains("\"category\":0");
    }

    @Test
    void shouldCountReasonsAndLoadTheRestWhenRowsAreBad() throws IOException {
        Path table = server.text(
                "items.jsonl",
                "{\"item\":200,\"vector\":[1,0,0,0],\"tags\":[1],\"price\":5}",
                "{\"item\":201,\"vector\":[1,0,0]}",
                "{\"item\":\"x\",\"vector\":[1,0,0,0]}",
                "{\"item\":203,\"vector\":[1,0,0,\"NaN\"]}",
                "not json",
                "{\"item\":205,\"vector\":[1,0,0,1],\"tags\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}",
                "{\"item\":18446744073709551615,\"vector\":[1,0,0,0]}",
                "{\"item\":207,\"vector\":[1,0,0,0],\"price\":-1}",
                "{\"item\":208,\"vector\":[0,0,1,0]}");
        CommandLineRun run = server.run("import items", table);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines().get(0)).startsWith("items: 2 rows loaded, 7 refused, ");
        assertThat(run.outLines())
                .contains(
                        "  1 refused: column vector has not the server's 4 numbers (line 2)",
                        "  2 refused: column item is no id: whole numbers from 0 to 18446744073709551614 are (line 3, line 7)",
                        "  1 refused: is not valid JSON (line 5)",
                        "  1 refused: column tags has more than 16 tags (line 6)",
                        "  1 refused: column price is below 0 (line 8)",
                        "  1 refused: a number is NaN or infinite (line 4)");
        assertThat(server.run("get --item 208").exitCode()).isZero();
        assertThat(server.run("import items --allow-refused", table).exitCode()).isZero();
        assertThat(server.run("import items --allow-refused --json", table).out())
                .startsWith("{\"items\":{\"loaded\":2,\"refused\":7,\"seconds\":")
                .contains("{\"reason\":\"is not valid JSON\",\"rows\":1,\"first\":[\"line 5\"]}");
    }

    @Test
    void shouldNameOnlyTheFirstRowsWhenManyAreRefused() throws IOException {
        StringBuilder rows = new StringBuilder("profile,item,source\n");
        for (int i = 0; i < 5000; i++) {
            rows.append("7,").append(999_999).append(",social\n");
        }
        Path table = server.text("many.csv", rows.toString().strip());
        CommandLineRun run = server.run("import events", table);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.outLines())
                .element(1)
                .isEqualTo(
                        "  5,000 refused: there is no such item: put it first (line 2, line 3, line 4, line 5, line 6, ...)");
    }

    @Test
    void shouldLoadSlotsWhenVectorsOrTable() throws IOException {
        Path vectors = server.vectors("slots.fvecs", new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8});
        assertThat(server.run("import profiles --source payment --evidence 3", vectors)
                        .exitCode())
                .isZero();
        assertThat(server.run("get --profile 1 --json --vectors").out())
                .contains("\"source\":\"payment\",\"spaceId\":1,\"evidence\":3.0", "\"vector\":[5.0,6.0,7.0,8.0]");
        Path table = server.text(
                "slots.tsv",
                "profile\tsource\tvector\tevidence\ttime",
                "300\tsocial\t1 0 0 0\t2.5\t2026-01-02T03:04:05Z",
                "300\t\t0 1 0 0\t\t",
                "301\tnobody\t0 1 0 0\t\t");
        CommandLineRun run = server.run("import profiles --source commerce", table);
        assertThat(run.out())
                .contains("profiles: 2 rows loaded, 1 refused", "the server has no source 'nobody' (line 4)");
        assertThat(server.run("get --profile 300 --json").out())
                .contains(
                        "\"source\":\"social\",\"spaceId\":1,\"evidence\":2.5,\"norm\":1.0,\"timeMillis\":1767323045000")
                .contains("\"source\":\"commerce\",\"spaceId\":1,\"evidence\":1.0");
    }

    @Test
    void shouldLoadSlotsOfOnePersonAfterAnotherWhenFilesLieSideBySide() throws IOException {
        Path bought = server.vectors("bought.fvecs", new float[] {1, 0, 0, 0}, new float[] {2, 0, 0, 0});
        Path liked = server.vectors("liked.fvecs", new float[] {0, 3, 0, 0}, new float[] {0, Float.NaN, 0, 0});
        Path ids = server.text("side.txt", "810", "811");
        CommandLineRun run = server.run("import profiles --source payment,social --ids", ids, bought, liked);
        assertThat(run.out())
                .contains("profiles: 3 rows loaded, 1 refused", "a number is NaN or infinite (liked.fvecs row 1)");
        assertThat(server.run("get --profile 810 --json --vectors").out())
                .contains("\"version\":2", "\"vector\":[1.0,0.0,0.0,0.0]", "\"vector\":[0.0,3.0,0.0,0.0]");
        assertThat(server.run("get --profile 811 --json").out()).contains("\"version\":1", "\"source\":\"payment\"");
        Path fewer = server.vectors("short.fvecs", new float[] {1, 0, 0, 0});
        assertThat(server.run("import profiles --source payment,social", bought, fewer)
                        .err())
                .contains("short.fvecs has fewer rows than");
        assertThat(server.run("import profiles --source payment,social", fewer, bought)
                        .err())
                .contains("short.fvecs has fewer rows than");
        fails(2, "files=2 sources=1", server.run("import profiles --source payment", bought, liked));
        fails(
                2,
                "several files, or sources, go with vectors",
                server.run("import profiles --source payment --format csv", ids, ids));
    }

    @Test
    void shouldLoadEventsAndConsentsWhenTables() throws IOException {
        assertThat(server.run("import items", server.vectors("one.fvecs", new float[] {1, 2, 3, 4}))
                        .exitCode())
                .isZero();
        Path events = server.text(
                "events.csv", "profile,item,source,strength,time", "400,0,social,2,1767323045000", "400,0,payment,,");
        assertThat(server.run("import events", events).out()).startsWith("events: 2 rows loaded, 0 refused");
        Path consents = server.text(
                "consents.csv",
                "profile,source,purpose,state",
                "400,social,recommend,granted",
                "400,payment,audience,DENIED",
                "400,payment,spam,denied",
                "400,payment,,maybe");
        CommandLineRun run = server.run("import consents", consents);
        assertThat(run.out())
                .startsWith("consents: 2 rows loaded, 2 refused")
                .contains(
                        "the server knows no purpose 'spam' (line 4)",
                        "column state is none of granted, denied, unset (line 5)");
        assertThat(server.run("get --profile 400").out())
                .contains("slots: 2", "social   recommend  granted", "payment  audience   denied");
    }

    @Test
    void shouldLoadMarksWhenTables() throws IOException {
        assertThat(server.run("item put --item 700 --vector 1,0,0,0").exitCode())
                .isZero();
        assertThat(server.run("item put --item 701 --vector 0,1,0,0").exitCode())
                .isZero();
        Path table = server.text(
                "marks.csv",
                "profile,external-id,item,source,shown,time",
                "710,,700,social,,1767323045000",
                "710,,701,,yes,",
                ",m710,701,social,,",
                "710,m710,701,social,,",
                "710,,999999,social,,",
                "710,,701,social,maybe,");
        CommandLineRun run = server.run("import marks --source commerce", table);
        assertThat(run.out())
                .startsWith("marks: 3 rows loaded, 3 refused")
                .contains(
                        "a row has profile or externalid, and not both (line 5)",
                        "there is no such item: put it first (line 6)",
                        "column shown is neither true nor false (line 7)");
        assertThat(server.run("get --profile 710 --json").out())
                .contains("\"slots\":[]")
                .contains(
                        "{\"itemId\":700,\"kind\":\"seen\",\"source\":\"social\",\"count\":1,\"timeMillis\":1767323045000}")
                .contains("{\"itemId\":701,\"kind\":\"shown\",\"source\":\"commerce\",\"count\":1,");
        assertThat(server.run("get --identity social:m710 --json").out()).contains("\"itemId\":701");

        Path lines = server.text(
                "marks.jsonl",
                "{\"profileId\":711,\"itemId\":700,\"source\":\"social\"}",
                "{\"profile\":711,\"item\":701,\"source\":\"social\",\"shown\":false}");
        assertThat(server.run("import marks --shown", lines).out()).startsWith("marks: 2 rows loaded, 0 refused");
        assertThat(server.run("get --profile 711 --json").out())
                .contains("{\"itemId\":700,\"kind\":\"shown\",", "{\"itemId\":701,\"kind\":\"seen\",");
    }

    @Test
    void shouldNamePeopleByIdentitiesWhenTablesSaySo() throws IOException {
        assertThat(server.run("item put --item 720 --vector 1,0,0,0").exitCode())
                .isZero();
        Path slots = server.text(
                "by-identity.jsonl", "{\"externalId\":\"p720\",\"source\":\"social\",\"vector\":[1,0,0,0]}");
        Path events = server.text(
                "by-identity.csv",
                "external_id,identity_source,item,source,event",
                "p720,social,720,commerce,1",
                "p720,social,720,commerce,1",
                "p720,bank,720,commerce,1",
                ",,720,commerce,1");
        Path consents = server.text("by-identity.tsv", "external-id\tsource\tstate", "p720\tsocial\tdenied");
        assertThat(server.run("import profiles", slots).out()).startsWith("profiles: 1 rows loaded, 0 refused");
        assertThat(server.run("import events", events).out())
                .startsWith("events: 2 rows loaded, 2 refused")
                .contains("the server has no source 'bank' (line 4)", "column profile is missing or empty (line 5)");
        assertThat(server.run("import consents", consents).out()).startsWith("consents: 1 rows loaded, 0 refused");
        assertThat(server.run("get --identity social:p720 --json").out())
                .contains("\"source\":\"social\",\"spaceId\":1,\"evidence\":1.0")
                .contains("\"source\":\"commerce\",\"spaceId\":1,\"evidence\":1.0")
                .contains("{\"source\":\"social\",\"purpose\":\"recommend\",\"state\":\"denied\"");
    }

    @Test
    void shouldLoadAFactorFolderWhenItsSourcesAreTheServers() throws IOException {
        factorFolder();
        CommandLineRun run = server.run("import folder --grant-consent", folder.resolve("factors"));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("items: 2 rows loaded, 0 refused", "slots: 4 rows loaded, 0 refused")
                .contains("consent to commerce: 2 rows loaded", "consent to social: 2 rows loaded");
        assertThat(server.run("get --profile 1 --json --vectors").out())
                .contains("\"source\":\"commerce\",\"spaceId\":1,\"evidence\":7.0")
                .contains("\"source\":\"social\",\"spaceId\":1,\"evidence\":0.0,\"norm\":0.0")
                .contains("{\"source\":\"commerce\",\"purpose\":\"recommend\",\"state\":\"granted\"");
        assertThat(server.run(
                                "recommend --profile 1 --top 1 --filter only=0+1 --names",
                                folder.resolve("factors/items.txt"))
                        .out())
                .contains("bread");
    }

    @Test
    void shouldEndWithOneAndOneLineWhenAFileIsUnusable() throws IOException {
        Path wide = server.vectors("wide.fvecs", new float[] {1, 2, 3, 4, 5});
        fails(1, "dimension=5, but the server's is 4", server.run("import items", wide));
        fails(1, "no such file", server.run("import items", folder.resolve("none.fvecs")));
        fails(1, "say --format", server.run("import items", server.text("items.parquet", "x")));
        fails(1, "is empty", server.run("import events --format csv", Files.createFile(folder.resolve("empty"))));
        fails(1, "no source of that name: source=nobody", server.run("import profiles --source nobody", wide));
        fails(1, "no such folder", server.run("import folder", folder.resolve("nowhere")));
        Path bad = server.text("bad.csv", "item,price", "x,3");
        fails(1, "bad.csv line 2: column item is no id", server.run("import items", wide, "--attributes", bad));
        fails(2, "--source NAME is missing", server.run("import profiles", wide));
        fails(2, "go with a file of vectors", server.run("import items", bad, "--ids", wide));
    }

    @Test
    void shouldSayWhatIsInWhenAFileBreaksOff() throws IOException {
        Path mixed = server.vectors("mixed.fvecs", new float[4], new float[4], new float[3]);
        CommandLineRun run = server.run("import items", mixed);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("items: 2 rows loaded, 0 refused");
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains("mixed.fvecs row 2 (counted from 0): dimension=3, but row 0 has dimension=4");
        // What could not be read is not done, and is read again when the file has been put right.
        server.run("import items --resume", mixed);
        assertThat(Files.readString(mixed.resolveSibling("mixed.fvecs.magpie-progress")))
                .isEqualTo("2 " + Files.size(mixed) + "\n");

        Path ids = server.text("short.txt", "1");
        CommandLineRun shortIds =
                server.run("import items", server.vectors("two.fvecs", new float[4], new float[4]), "--ids", ids);
        assertThat(shortIds.out()).startsWith("items: 1 rows loaded");
        assertThat(shortIds.err()).contains("short.txt: has ids=1, but ").contains("two.fvecs has more rows");
    }

    private static void factorFolder() throws IOException {
        server.vectors("factors/items.fvecs", new float[] {1, 0, 0, 0}, new float[] {0, 1, 0, 0});
        server.vectors("factors/user_social.fvecs", new float[] {1, 0, 0, 0}, new float[4]);
        server.vectors("factors/user_commerce.fvecs", new float[] {1, 0, 0, 0}, new float[] {0, 1, 0, 0});
        server.text("factors/items.txt", "apple", "bread");
        server.text("factors/users.txt", "ann", "bob");
        server.text("factors/groups.tsv", "ann\ttune\t1\t2\t3", "bob\ttest\t1\t7\t0");
    }

    private static void fails(int exitCode, String reason, CommandLineRun run) {
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith("magpie: ").contains(reason);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    }

    @Test
    void shouldGoOnWhereAnInterruptedImportStoppedAndWriteRefusedRows() throws IOException {
        Path table =
                server.text("resumed.csv", "item,vector", "900,1 0 0 0", "901,1 0 0", "902,1 0 0 1", "903,0 0 0 1");
        Path progress = table.resolveSibling("resumed.csv.magpie-progress");
        Path refused = table.resolveSibling("refused.tsv");
        Files.writeString(progress, "3 " + Files.size(table) + "\n");
        CommandLineRun resumed = server.run("import items --resume", table);
        assertThat(resumed.out())
                .startsWith("items: 1 rows loaded, 0 refused, ")
                .contains("  3 rows before them were left out as done");
        assertThat(progress).doesNotExist();
        assertThat(server.run("get --item 902").exitCode()).isEqualTo(1);
        assertThat(server.run("get --item 903").exitCode()).isZero();

        assertThat(server.run("import items --resume --allow-refused --refused-out", refused, table)
                        .out())
                .startsWith("items: 3 rows loaded, 1 refused, ");
        assertThat(Files.readAllLines(refused)).containsExactly("line 3\tcolumn vector has not the server's 4 numbers");
        Files.writeString(progress, "1 " + Files.size(table) + "\n");
        assertThat(server.run("import items --resume --json --refused-out", refused, table)
                        .out())
                .contains("\"skipped\":1,");
        assertThat(Files.readAllLines(refused))
                .as("those of the import before stay")
                .hasSize(2);
        assertThat(server.run("import items --from-row 2", table).out())
                .startsWith("items: 2 rows loaded, 0 refused, ");

        Files.writeString(progress, "3 7\n");
        assertThat(server.run("import items --resume", table).err()).contains("is not of this input");
        Files.delete(progress);
        assertThat(server.run("import items --resume --from-row 2", table).exitCode())
                .isEqualTo(2);
    }
}
