package io.magpie.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real browser, where there is one: the page must be painted, with lines in the colours of the style. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReportInBrowserTest {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private static Path browser() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            for (String name : NAMES) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    private static void run(Path folder, Path browser, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                browser.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1300,2400"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldPaintChartsWhenOpenedInABrowser(@TempDir Path folder) throws Exception {
        Path browser = browser();
        assumeTrue(browser != null, "no chromium on PATH: the page is not looked at in a browser");
        Path page = folder.resolve("report.html");
        Files.writeString(page, HtmlReport.of(List.of(HtmlReportTest.run("one", 60, HtmlReportTest.NASTY))));
        Path shot = folder.resolve("shot.png");
        run(folder, browser, "--screenshot=" + shot, page.toUri().toString());
        assumeTrue(Files.exists(shot), "the browser took no picture: " + Files.readString(folder.resolve("said")));
        BufferedImage image = ImageIO.read(shot.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        assertThat(colours).as("lines of the first two series").contains(0x2f6fde, 0xe0782a);
        assertThat(colours).as("text is smoothed, so there are many").hasSizeGreaterThan(40);
    }
}
