package io.magpie.load.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays the story out for a terminal of 100 columns. Colour only where there is a terminal that has it. */
final class StoryText {
    /** Columns of the terminal. */
    static final int WIDTH = 100;

    private static final int HALF = 47;

    /**
     * One line of an answer.
     *
     * @param itemId what was recommended
     * @param score  its score
     * @param name   what a reader knows it by
     * @param detail more about it, or nothing
     */
    record Line(long itemId, float score, String name, String detail) {}

    private final boolean colour;

    StoryText(boolean colour) {
        this.colour = colour;
    }

    /** Returns a chapter's title. */
    String title(int number, String text) {
        return bold(number + "  " + text);
    }

    /** Returns an answer, a line an item. */
    List<String> answer(List<Line> lines) {
        List<String> text = new ArrayList<>();
        int place = 1;
        for (Line line : lines) {
            text.add(String.format(
                            Locale.ROOT,
                            "     %d. %6.3f  %-48s %s",
                            place++,
                            line.score(),
                            cut(line.name(), 48),
                            line.detail())
                    .stripTrailing());
        }
        if (lines.isEmpty()) {
            text.add("     (nothing)");
        }
        return text;
    }

    /** Returns two answers side by side; arrows say what came in, what rose and what fell. */
    List<String> sideBySide(String leftTitle, List<Line> left, String rightTitle, List<Line> right) {
        List<String> text = new ArrayList<>();
        text.add("   " + pad(leftTitle, HALF) + " " + rightTitle);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String leftText = i < left.size() ? entry(i, left.get(i), "  ") : "";
            String rightText = i < right.size() ? entry(i, right.get(i), move(left, right.get(i), i)) : "";
            boolean fresh = i < right.size() && place(left, right.get(i)) < 0;
            text.add("   " + pad(leftText, HALF) + " " + (fresh ? green(rightText) : rightText));
        }
        return text;
    }

    private static String entry(int index, Line line, String mark) {
        return String.format(
                Locale.ROOT, "%s %d. %6.3f %s", mark, index + 1, line.score(), cut(line.name(), HALF - 15));
    }

    private static int place(List<Line> among, Line line) {
        for (int i = 0; i < among.size(); i++) {
            if (among.get(i).itemId() == line.itemId()) {
                return i;
            }
        }
        return -1;
    }

    /** "+" came in, arrows moved, blank where it was. */
    static String move(List<Line> before, Line line, int index) {
        int was = place(before, line);
        if (was < 0) {
            return "->";
        }
        return was > index ? "^ " : was < index ? "v " : "  ";
    }

    /** Returns the text cut to a width. */
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    /** Returns the text with blanks up to a width. */
    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    String bold(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String green(String text) {
        return colour ? "\u001b[32m" + text + "\u001b[0m" : text;
    }
}
