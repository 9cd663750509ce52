package io.magpie.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables: each format gives the same rows, and a bad row does not take the rest with it. */
class RowReaderTest {
    @TempDir
    Path folder;

    @Test
    void shouldGiveTheSameRowsWhenCsvOrTsvOrJsonLines() throws Exception {
        String csv = "id,name,tags,price\n1,a,3 4,\n18446744073709551614,\"b, \"\"c\"\"\",,250\n";
        String tsv = "id\tname\ttags\tprice\r\n1\ta\t3 4\t\r\n18446744073709551614\tb, \"c\"\t\t250\r\n";
        String json = "{\"id\":1,\"name\":\"a\",\"tags\":[3,4]}\n\n"
                + "{\"id\":18446744073709551614,\"name\":\"b, \\\"c\\\"\",\"tags\":[],\"price\":250}";
        List<String> expected = List.of("1|a|3 4|null", "18446744073709551614|b, \"c\"|null|250");
        assertThat(rows(text("t.csv", csv))).isEqualTo(expected);
        assertThat(rows(text("t.tsv", tsv))).isEqualTo(expected);
        assertThat(rows(text("t.jsonl", json))).isEqualTo(expected);
    }

    @Test
    void shouldGoOnWhenOneRowIsBad() throws Exception {
        assertThat(rows(text("t.csv", "id,name,tags,price\n1,a\n2,b,c,4\n3,\"open,d,e\n4\n")))
                .containsExactly(
                        "line 2: number of values differs from the header's 4",
                        "2|b|c|4",
                        "line 4: a quoted value is not closed");
        assertThat(rows(text("t.jsonl", "{\"id\":1\n[2]\n{\"id\":{}}\n{\"id\":[[1]]}\n{\"id\":1} {}\n{\"id\":6}\n")))
                .containsExactly(
                        "line 1: is not valid JSON",
                        "line 2: not one JSON object",
                        "line 3: 'id' is an object, and a value or a list is needed",
                        "line 4: a list holds something that is no plain value",
                        "line 5: not one JSON object",
                        "6|null|null|null");
    }

    @Test
    void shouldCountLinesWhenAQuotedValueSpansSome() throws Exception {
        try (RowReader reader =
                RowReader.open(text("t.csv", "\uFEFFid,name\n1,\"two\nlines\"\n2,b\n"), RowReader.Format.CSV)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.line()).isEqualTo(2);
            assertThat(reader.value("id")).isEqualTo("1");
            assertThat(reader.value("name")).isEqualTo("two\nlines");
            assertThat(reader.next()).isTrue();
            assertThat(reader.line()).isEqualTo(4);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldSayTheFixWhenFileIsUnusable() throws IOException {
        Path empty = text("e.csv", "");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RowReader.open(empty, RowReader.Format.CSV))
                .withMessageContaining("e.csv: is empty, and a header line");
        Path twice = text("e.csv", "id,id\n");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RowReader.open(twice, RowReader.Format.CSV))
                .withMessageContaining("column 'id' is there twice");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RowReader.formatOf(folder.resolve("x.parquet")))
                .withMessageContaining("say --format");
    }

    @Test
    void shouldNameIdsWhenNamesStandAloneOrBehindATab() throws IOException {
        NameFile alone = NameFile.read(text("names.txt", "zero\none\n"));
        assertThat(alone.name(1)).isEqualTo("one");
        assertThat(alone.name(2)).isNull();
        NameFile tabs = NameFile.read(text("names.tsv", "18446744073709551614\tlast\n7\tseven\tup\n"));
        assertThat(tabs.name(-2)).isEqualTo("last");
        assertThat(tabs.name(7)).isEqualTo("seven\tup");
        Path bad = text("bad.tsv", "7\tseven\neight\n");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> NameFile.read(bad))
                .withMessageContaining("bad.tsv line 2: id 'eight'");
    }

    private List<String> rows(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (RowReader reader = RowReader.open(file, RowReader.formatOf(file))) {
            boolean more = true;
            while (more) {
                try {
                    more = reader.next();
                    if (more) {
                        rows.add(reader.value("id") + "|" + reader.value("name") + "|" + reader.value("tags") + "|"
                                + reader.value("price"));
                    }
                } catch (RowException e) {
                    rows.add("line " + reader.line() + ": " + e.getMessage());
                }
            }
        }
        return rows;
    }

    private Path text(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
