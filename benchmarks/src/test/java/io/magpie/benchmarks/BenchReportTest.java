package io.magpie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class BenchReportTest {
    private static final Map<String, String> PLACE = Map.of("processor", "A & B <fast>");

    /** A result as JMH writes it; an error that is no number it writes as text. */
    private static String result(String param, double score, String error) {
        return "[{\"benchmark\":\"io.magpie.benchmarks.ScanBenchmark.scan\",\"mode\":\"avgt\",\"params\":{\"data\":\""
                + param
                + "\"},\"primaryMetric\":{\"score\":" + score + ",\"scoreError\":" + error
                + ",\"scoreUnit\":\"us/op\",\"scorePercentiles\":{\"99.0\":77.0}},"
                + "\"secondaryMetrics\":{\"gc.alloc.rate.norm\":{\"score\":0.25}}}]";
    }

    @Test
    void shouldShowTheChangeWithItsErrorWhenThereIsAnEarlierRun() throws Exception {
        BenchReport report = new BenchReport(result("hard", 90, "1.0"), result("hard", 100, "1.0"));
        assertThat(report.markdown(PLACE))
                .contains("| ScanBenchmark.scan | data=hard | avgt | 90.000 | 1.000 | 77.000 | us/op | 0.250 |")
                .contains("| 100 | -10.0 % ± 1.3 |");
    }

    @Test
    void shouldSaySoWhenTheChangeIsWithinTheError() throws Exception {
        assertThat(new BenchReport(result("hard", 102, "5.0"), result("hard", 100, "5.0")).markdown(PLACE))
                .contains("+2.0 % ± 7.1, within error");
        assertThat(new BenchReport(result("hard", 102, "\"NaN\""), result("hard", 100, "5.0")).markdown(PLACE))
                .contains("+2.0 %, error unknown");
    }

    @Test
    void shouldSayNewWhenTheEarlierRunLacksABenchmark() throws Exception {
        assertThat(new BenchReport(result("hard", 90, "1.0"), result("other", 100, "1.0")).markdown(PLACE))
                .contains("| new |");
    }

    @Test
    void shouldBeWellFormedWhenTextsAreNasty() throws Exception {
        String page = new BenchReport(result("<script>&", 90, "1.0"), result("<script>&", 95, "2.0")).html(PLACE);
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.substring(page.indexOf('\n')))));
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("svg").getLength()).isOne();
        assertThat(document.getDocumentElement().getTextContent()).contains("data=<script>&", "A & B <fast>", "-5.3 %");
    }

    @Test
    void shouldRefuseWhenTheFileIsNoResult() {
        assertThatThrownBy(() -> new BenchReport("{}", null)).hasMessageStartingWith("not a result of JMH");
    }
}
