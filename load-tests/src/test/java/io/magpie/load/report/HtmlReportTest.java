package io.magpie.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlReportTest {
    static final String NASTY = "</title><script>alert('x')</script> \"&amp;\" \u0007 \ud800 é";

    /** A run as a file tells of it, with {@code pieces} seconds. */
    static RunDocument run(String label, int pieces, String note) {
        StringBuilder intervals = new StringBuilder();
        for (int i = 1; i <= pieces; i++) {
            intervals
                    .append(i == 1 ? "" : ",")
                    .append("{\"second\":" + i + ",\"rate\":" + (1_000 + i) + ",\"errors\":0,\"p50Micros\":" + (100 + i)
                            + ",\"p99Micros\":900,\"maxMicros\":" + 1_000 * i
                            + ",\"clientCpus\":0.7,\"serverCpus\":0.4,\"heapMiB\":64,\"residentMiB\":900,"
                            + "\"allocatedPerRequest\":0,\"gcMillis\":0}");
        }
        String json = "{\"scenario\":\"recommend\",\"passed\":true,\"mode\":\"poisson\",\"targetRate\":1000,"
                + "\"achievedRate\":999.5,\"p50Micros\":101,\"p99Micros\":900,\"completed\":5000,\"failures\":[],"
                + "\"notes\":[\"NOTE\"],\"environment\":{\"commit\":\"NOTE\"},"
                + "\"kinds\":{\"NOTE\":{\"count\":3,\"p50Micros\":1}},"
                + "\"steps\":[{\"targetRate\":1,\"achievedRate\":1,\"p50Micros\":2,\"p99Micros\":3,\"held\":true}],"
                + "\"server\":{\"stages\":{\"recommend\":{\"scan\":{\"count\":2,\"meanMicros\":12.5}}}},"
                + "\"percentiles\":[{\"percentile\":0,\"micros\":50},{\"percentile\":50,\"micros\":101},"
                + "{\"percentile\":100,\"micros\":9000}],\"intervals\":[" + intervals + "]}";
        StringBuilder escaped = new StringBuilder();
        for (char c : note.toCharArray()) {
            escaped.append(String.format("\\u%04x", (int) c));
        }
        try {
            return new RunDocument(label, JsonTree.read(json.replace("NOTE", escaped)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Parses a page as XML: what opens must close, and what is text must be escaped. */
    static Document parse(String page) throws Exception {
        assertThat(page).startsWith("<!DOCTYPE html>\n");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.substring("<!DOCTYPE html>\n".length()))));
    }

    @Test
    void shouldBeWellFormedAndSelfContainedWhenThereIsOneRun() throws Exception {
        String page = HtmlReport.of(List.of(run("night", 5, "fine")));
        Document document = parse(page);
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(10);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(page).doesNotContain("http:", "https:", "url(", "NaN", "Infinity");
        assertThat(page).contains("Latency by percentile", "lookup and fuse", "12.50");
    }

    @Test
    void shouldEscapeEverythingWhenTextsAreNasty() throws Exception {
        String page = HtmlReport.of(List.of(run(NASTY, 5, NASTY), run(NASTY, 0, NASTY)));
        Document document = parse(page);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("Magpie load tests: 2 runs compared");
        assertThat(document.getElementsByTagName("li").item(0).getTextContent())
                .contains("</title><script>alert('x')</script> \"&amp;\" ? ? é");
    }

    @Test
    void shouldDrawEveryRunWhenSeveralAreCompared() throws Exception {
        Document document = parse(HtmlReport.of(List.of(run("a", 5, ""), run("b", 7, ""), run("c", 1, ""))));
        String text = document.getDocumentElement().getTextContent();
        assertThat(text).contains("p50 a", "p99 c", "p50 over time", "p99 over time");
    }

    @Test
    void shouldSaySoWhenNothingWasRecorded() throws Exception {
        Document document = parse(HtmlReport.of(List.of(new RunDocument("old", Map.of("scenario", "ping")))));
        assertThat(document.getDocumentElement().getTextContent()).contains("nothing was recorded", "FAILED");
    }

    @Test
    void shouldReadEveryRunWhenGivenAFolder(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("ping.json"), "{\"scenario\":\"ping\"}");
        Files.writeString(folder.resolve("other.json"), "{\"what\":\"no run\"}");
        assertThat(RunDocument.read(folder))
                .extracting(RunDocument::label)
                .containsExactly(folder.getFileName() + "/ping");
        assertThatThrownBy(() -> RunDocument.read(folder.resolve("other.json")))
                .hasMessageStartingWith("no load test's JSON is there");
    }
}
