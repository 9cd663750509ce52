package io.magpie.load.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTextTest {
    private static final StoryText.Line TENT = new StoryText.Line(1, 1.25f, "Dome tent, 2 persons", "Tents  99.00");
    private static final StoryText.Line BOOT = new StoryText.Line(2, 1.0f, "Leather hiking boot, women's", "");
    private static final StoryText.Line LAMP =
            new StoryText.Line(3, 0.5f, "Smoked-glass pendant lamp with a very long name, matt black", "");

    private final StoryText text = new StoryText(false);

    @Test
    void shouldShowPlaceScoreAndNameWhenAnswerIsPrinted() {
        assertThat(text.answer(List.of(TENT, BOOT)))
                .containsExactly(
                        "     1.  1.250  Dome tent, 2 persons" + " ".repeat(29) + "Tents  99.00",
                        "     2.  1.000  Leather hiking boot, women's");
    }

    @Test
    void shouldSaySoWhenAnswerIsEmpty() {
        assertThat(text.answer(List.of())).containsExactly("     (nothing)");
    }

    @Test
    void shouldMarkNewAndMovedWhenAnswersAreSideBySide() {
        List<String> lines = text.sideBySide("before", List.of(TENT, BOOT), "after", List.of(BOOT, LAMP, TENT));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("   before").endsWith("after");
        assertThat(lines.get(1)).contains("^  1.  1.000 Leather hiking boot");
        assertThat(lines.get(2)).contains("-> 2.  0.500 Smoked-glass pendant lamp");
        assertThat(lines.get(3)).contains("v  3.  1.250 Dome tent");
    }

    @Test
    void shouldFitTheTerminalWhenNamesAreLong() {
        List<String> lines = text.sideBySide("before", List.of(LAMP, LAMP), "after", List.of(LAMP));
        assertThat(lines).allMatch(line -> line.length() <= StoryText.WIDTH);
        assertThat(text.answer(List.of(LAMP))).allMatch(line -> line.length() <= StoryText.WIDTH);
    }

    @Test
    void shouldUseNoEscapesWhenThereIsNoTerminal() {
        assertThat(text.title(1, "Erased")).isEqualTo("1  Erased");
        assertThat(new StoryText(true).title(1, "Erased")).contains("\u001b[");
    }
}
