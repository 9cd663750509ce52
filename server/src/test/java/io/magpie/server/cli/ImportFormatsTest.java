package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of import, the same rows as CSV into one server and as JSON lines into another: both end in the same state. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportFormatsTest {
    private static final String TIME = "1767323045000";

    @TempDir
    static Path folder;

    private static CliServer tables;
    private static CliServer lines;

    @BeforeAll
    static void start() throws Exception {
        tables = new CliServer(folder.resolve("tables"));
        lines = new CliServer(folder.resolve("lines"));
    }

    @AfterAll
    static void stop() {
        tables.close();
        lines.close();
    }

    /** Loads rows in both ways; what is said of them is the same, but for the time and the header's line. */
    private static String load(String kind, String header, String[] rows, String... objects) throws IOException {
        String[] csv = new String[rows.length + 1];
        csv[0] = header;
        System.arraycopy(rows, 0, csv, 1, rows.length);
        String ofTable = said(tables.run("import " + kind, tables.text(kind + ".csv", csv)));
        String ofLines = said(lines.run("import " + kind, lines.text(kind + ".jsonl", objects)));
        assertThat(ofLines).isEqualTo(ofTable);
        return ofTable;
    }

    private static String said(CommandLineRun run) {
        assertThat(run.err()).isEmpty();
        return run.exitCode() + " " + run.out().replaceAll(", in [^)]*\\)", "").replaceAll("line \\d+", "line");
    }

    private static String held(String question) {
        CommandLineRun ofTables = tables.run(question + " --json --vectors");
        CommandLineRun ofLines = lines.run(question + " --json --vectors");
        assertThat(ofTables.exitCode()).as(ofTables.err()).isZero();
        assertThat(withoutTime(ofLines)).isEqualTo(withoutTime(ofTables));
        return ofTables.out();
    }

    /** Leaves the time of the answer out, the last that it says. */
    private static String withoutTime(CommandLineRun run) {
        return run.out().replaceAll(",\"timeMillis\":\\d+}\\s*$", "");
    }

    private static List<String> firstLines(String said) {
        return Arrays.asList(said.split("\\R"));
    }

    @Test
    @Order(1)
    void shouldLoadItemsAlike() throws IOException {
        String said = load(
                "items",
                "item,vector,bias,category,price,tags,instock,hidden",
                new String[] {
                    "1,1 2 3 4,0.5,7,250,8 9,no,yes",
                    "18446744073709551614,0 0 0 1,,,,,,",
                    "3,1 2 3,,,,,,",
                    "4,1 2 3 NaN,,,,,,",
                    "5,1 0 0 0,,,-1,,,"
                },
                "{\"item\":1,\"vector\":[1,2,3,4],\"bias\":0.5,\"category\":7,\"price\":250,\"tags\":[8,9],\"instock\":false,\"hidden\":true}",
                "{\"item\":18446744073709551614,\"vector\":[0,0,0,1]}",
                "{\"item\":3,\"vector\":[1,2,3]}",
                "{\"item\":4,\"vector\":[1,2,3,\"NaN\"]}",
                "{\"item\":5,\"vector\":[1,0,0,0],\"price\":-1}");
        assertThat(firstLines(said)).hasSize(4).first().isEqualTo("1 items: 2 rows loaded, 3 refused");
        assertThat(held("get --item 1")).contains("\"tags\":[8,9]", "\"inStock\":false,\"hidden\":true");
        held("get --item 18446744073709551614");
    }

    @Test
    @Order(2)
    void shouldLoadSlotsAlike() throws IOException {
        String said = load(
                "profiles",
                "profile,external-id,source,vector,evidence,space,time",
                new String[] {
                    "10,,social,1 0 0 0,2.5,1," + TIME,
                    "10,,social,0 1 0 0,3.5,1," + TIME,
                    ",p11,payment,0 0 1 0,,," + TIME,
                    "10,p11,payment,0 0 1 0,,," + TIME,
                    "12,,nobody,0 0 1 0,,," + TIME,
                    "13,,social,0 0 1 0,-1,," + TIME
                },
                "{\"profile\":10,\"source\":\"social\",\"vector\":[1,0,0,0],\"evidence\":2.5,\"space\":1,\"time\":"
                        + TIME + "}",
                "{\"profile\":10,\"source\":\"social\",\"vector\":[0,1,0,0],\"evidence\":3.5,\"space\":1,\"time\":"
                        + TIME + "}",
                "{\"external-id\":\"p11\",\"source\":\"payment\",\"vector\":[0,0,1,0],\"time\":" + TIME + "}",
                "{\"profile\":10,\"externalId\":\"p11\",\"source\":\"payment\",\"vector\":[0,0,1,0],\"time\":" + TIME
                        + "}",
                "{\"profile\":12,\"source\":\"nobody\",\"vector\":[0,0,1,0],\"time\":" + TIME + "}",
                "{\"profile\":13,\"source\":\"social\",\"vector\":[0,0,1,0],\"evidence\":-1,\"time\":" + TIME + "}");
        assertThat(firstLines(said)).hasSize(4).first().isEqualTo("1 profiles: 3 rows loaded, 3 refused");
        assertThat(held("get --profile 10")).contains("\"evidence\":3.5", "\"vector\":[0.0,1.0,0.0,0.0]");
        assertThat(held("get --identity payment:p11")).contains("\"evidence\":1.0");
    }

    @Test
    @Order(3)
    void shouldLoadIdentitiesAlike() throws IOException {
        String said = load(
                "identities",
                "source,external-id,profile,other-source,other-external-id",
                new String[] {"social,s10,10,,", "commerce,c11,,payment,p11", "bank,b,10,,", "social,s12,,,"},
                "{\"source\":\"social\",\"externalId\":\"s10\",\"profile\":10}",
                "{\"source\":\"commerce\",\"externalId\":\"c11\",\"otherSource\":\"payment\",\"otherExternalId\":\"p11\"}",
                "{\"source\":\"bank\",\"externalId\":\"b\",\"profile\":10}",
                "{\"source\":\"social\",\"externalId\":\"s12\"}");
        assertThat(firstLines(said)).hasSize(3).first().isEqualTo("1 identities: 2 rows loaded, 2 refused");
        assertThat(held("get --identity social:s10")).contains("\"evidence\":3.5");
        held("get --identity commerce:c11");
    }

    @Test
    @Order(4)
    void shouldLoadEventsAlike() throws IOException {
        String said = load(
                "events",
                "profile,external-id,identity-source,item,source,strength,event,time",
                new String[] {
                    "20,,,1,social,2,5," + TIME,
                    "20,,,1,social,2,5," + TIME,
                    ",s10,social,1,commerce,,," + TIME,
                    "20,,,99,social,,," + TIME,
                    ",,,1,social,,," + TIME
                },
                "{\"profile\":20,\"item\":1,\"source\":\"social\",\"strength\":2,\"event\":5,\"time\":" + TIME + "}",
                "{\"profile\":20,\"item\":1,\"source\":\"social\",\"strength\":2,\"event\":5,\"time\":" + TIME + "}",
                "{\"externalId\":\"s10\",\"identitySource\":\"social\",\"item\":1,\"source\":\"commerce\",\"time\":"
                        + TIME + "}",
                "{\"profile\":20,\"item\":99,\"source\":\"social\",\"time\":" + TIME + "}",
                "{\"item\":1,\"source\":\"social\",\"time\":" + TIME + "}");
        assertThat(firstLines(said)).hasSize(3).first().isEqualTo("1 events: 3 rows loaded, 2 refused");
        assertThat(held("get --profile 20")).contains("\"evidence\":1.0", "\"vector\":[2.0,4.0,6.0,8.0]");
        assertThat(held("get --profile 10")).contains("\"commerce\"");
    }

    @Test
    @Order(5)
    void shouldLoadConsentsAlike() throws IOException {
        String said = load(
                "consents",
                "profile,external-id,source,purpose,state,time",
                new String[] {
                    "20,,social,recommend,granted," + TIME,
                    "20,,payment,audience,DENIED," + TIME,
                    ",s10,social,,denied," + TIME,
                    "20,,payment,spam,denied," + TIME,
                    "20,,payment,,maybe," + TIME
                },
                "{\"profile\":20,\"source\":\"social\",\"purpose\":\"recommend\",\"state\":\"granted\",\"time\":" + TIME
                        + "}",
                "{\"profile\":20,\"source\":\"payment\",\"purpose\":\"audience\",\"state\":\"DENIED\",\"time\":" + TIME
                        + "}",
                "{\"externalId\":\"s10\",\"source\":\"social\",\"state\":\"denied\",\"time\":" + TIME + "}",
                "{\"profile\":20,\"source\":\"payment\",\"purpose\":\"spam\",\"state\":\"denied\",\"time\":" + TIME
                        + "}",
                "{\"profile\":20,\"source\":\"payment\",\"state\":\"maybe\",\"time\":" + TIME + "}");
        assertThat(firstLines(said)).hasSize(3).first().isEqualTo("1 consents: 3 rows loaded, 2 refused");
        assertThat(held("get --profile 20"))
                .contains("{\"source\":\"payment\",\"purpose\":\"audience\",\"state\":\"denied\"");
        held("get --identity social:s10");
    }

    @Test
    @Order(6)
    void shouldLoadMarksAlike() throws IOException {
        String said = load(
                "marks",
                "profile,external-id,item,source,shown,time",
                new String[] {
                    "30,,1,social,," + TIME,
                    "30,,1,social,yes," + TIME,
                    "30,,1,social,yes," + TIME,
                    ",s10,18446744073709551614,social,no," + TIME,
                    "30,,99,social,," + TIME,
                    "30,,1,social,maybe," + TIME
                },
                "{\"profile\":30,\"item\":1,\"source\":\"social\",\"time\":" + TIME + "}",
                "{\"profile\":30,\"item\":1,\"source\":\"social\",\"shown\":true,\"time\":" + TIME + "}",
                "{\"profile\":30,\"item\":1,\"source\":\"social\",\"shown\":\"yes\",\"time\":" + TIME + "}",
                "{\"externalId\":\"s10\",\"item\":18446744073709551614,\"source\":\"social\",\"shown\":false,\"time\":"
                        + TIME + "}",
                "{\"profile\":30,\"item\":99,\"source\":\"social\",\"time\":" + TIME + "}",
                "{\"profile\":30,\"item\":1,\"source\":\"social\",\"shown\":\"maybe\",\"time\":" + TIME + "}");
        assertThat(firstLines(said)).hasSize(3).first().isEqualTo("1 marks: 4 rows loaded, 2 refused");
        assertThat(held("get --profile 30")).containsSubsequence("\"kind\":\"shown\"", "\"kind\":\"shown\"");
        held("get --identity social:s10");
    }
}
