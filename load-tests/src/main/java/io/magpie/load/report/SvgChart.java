package io.magpie.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over two axes, as an SVG element that stands in an HTML page without a script. Colours come from the page's style:
 * {@code s0}, {@code s1} and so on. Not thread-safe.
 */
public final class SvgChart {
    /** How many series are told apart by colour. */
    public static final int COLOURS = 8;

    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 14;
    private static final int TOP = 34;
    private static final int BOTTOM = 46;
    private static final int TICKS = 6;
    private static final int LEGEND_WIDTH = 150;
    private static final double LEAST_LOG = 1e-3;

    private record Series(String name, double[] x, double[] y, boolean points) {}

    private record Tick(double value, String label) {}

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final List<Series> all = new ArrayList<>();
    private final List<Tick> xTicks = new ArrayList<>();
    private boolean logX;
    private boolean logY;
    private double minX;
    private double maxX;
    private double minY;
    private double maxY;

    /** Starts a chart. All three are text, and are escaped. */
    public SvgChart(String title, String xTitle, String yTitle) {
        this.title = title;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
    }

    /** Makes the vertical axis logarithmic. */
    public SvgChart logY() {
        logY = true;
        return this;
    }

    /** Makes the horizontal axis logarithmic. */
    public SvgChart logX() {
        logX = true;
        return this;
    }

    /** Adds a mark on the horizontal axis; without any, they are chosen. */
    public SvgChart xTick(double value, String label) {
        xTicks.add(new Tick(value, label));
        return this;
    }

    /** Adds a line. */
    public SvgChart line(String name, double[] x, double[] y) {
        all.add(new Series(name, x, y, false));
        return this;
    }

    /** Adds a line with a mark at each point. */
    public SvgChart points(String name, double[] x, double[] y) {
        all.add(new Series(name, x, y, true));
        return this;
    }

    /** Returns the element; a chart without a point says so. */
    public String svg() {
        StringBuilder out = new StringBuilder();
        out.append(format("<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT));
        out.append("<title>").append(Html.escape(title)).append("</title>");
        text(out, LEFT, 16, "start", "t", title);
        range();
        if (minX > maxX) {
            text(out, WIDTH / 2.0, HEIGHT / 2.0, "middle", "a", "nothing was recorded");
        } else {
            axes(out);
            for (int i = 0; i < all.size(); i++) {
                draw(out, all.get(i), i % COLOURS);
            }
            legend(out);
        }
        return out.append("</svg>").toString();
    }

    private void range() {
        minX = Double.POSITIVE_INFINITY;
        maxX = Double.NEGATIVE_INFINITY;
        minY = logY ? Double.POSITIVE_INFINITY : 0;
        maxY = Double.NEGATIVE_INFINITY;
        for (Series series : all) {
            for (int i = 0; i < series.x.length; i++) {
                if (isDrawn(series.x[i], series.y[i])) {
                    minX = Math.min(minX, series.x[i]);
                    maxX = Math.max(maxX, series.x[i]);
                    minY = Math.min(minY, series.y[i]);
                    maxY = Math.max(maxY, series.y[i]);
                }
            }
        }
        if (logY) {
            minY = Math.pow(10, Math.floor(Math.log10(minY)));
            maxY = Math.pow(10, Math.ceil(Math.log10(maxY * 1.001)));
        } else {
            maxY = maxY <= 0 ? 1 : maxY * 1.08;
        }
        if (minX == maxX) {
            minX = logX ? minX / 2 : minX - 1;
            maxX = logX ? maxX * 2 : maxX + 1;
        }
    }

    private boolean isDrawn(double x, double y) {
        return Double.isFinite(x) && Double.isFinite(y) && (!logY || y > LEAST_LOG) && (!logX || x > LEAST_LOG);
    }

    private double atX(double x) {
        double share = logX ? Math.log(x / minX) / Math.log(maxX / minX) : (x - minX) / (maxX - minX);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double atY(double y) {
        double share = logY ? Math.log(y / minY) / Math.log(maxY / minY) : (y - minY) / (maxY - minY);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void axes(StringBuilder out) {
        for (double y : logY ? decades(minY, maxY) : rounds(minY, maxY)) {
            rule(out, LEFT, atY(y), WIDTH - RIGHT, atY(y), "g");
            text(out, LEFT - 6, atY(y) + 4, "end", "a", figure(y));
        }
        List<Tick> ticks = xTicks;
        if (ticks.isEmpty()) {
            ticks = new ArrayList<>();
            for (double x : rounds(minX, maxX)) {
                ticks.add(new Tick(x, figure(x)));
            }
        }
        for (Tick tick : ticks) {
            if (tick.value >= minX && tick.value <= maxX) {
                rule(out, atX(tick.value), TOP, atX(tick.value), HEIGHT - BOTTOM, "g");
                text(out, atX(tick.value), HEIGHT - BOTTOM + 16, "middle", "a", tick.label);
            }
        }
        rule(out, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "x");
        rule(out, LEFT, TOP, LEFT, HEIGHT - BOTTOM, "x");
        text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 34, "middle", "a", xTitle);
        out.append(format(
                "<text transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\" class=\"a\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2.0, Html.escape(yTitle)));
    }

    private static double[] decades(double from, double to) {
        int count = (int) Math.round(Math.log10(to / from)) + 1;
        double[] ticks = new double[count];
        for (int i = 0; i < count; i++) {
            ticks[i] = from * Math.pow(10, i);
        }
        return ticks;
    }

    private static double[] rounds(double from, double to) {
        double rough = (to - from) / TICKS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * magnitude;
        for (double nice : new double[] {1, 2, 5}) {
            if (nice * magnitude >= rough) {
                step = nice * magnitude;
                break;
            }
        }
        double first = Math.ceil(from / step) * step;
        int count = (int) Math.floor((to - first) / step + 1e-9) + 1;
        double[] ticks = new double[Math.max(0, count)];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = first + i * step;
        }
        return ticks;
    }

    private void draw(StringBuilder out, Series series, int colour) {
        StringBuilder path = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < series.x.length; i++) {
            if (!isDrawn(series.x[i], series.y[i])) {
                pen = false; // a gap stays a gap
                continue;
            }
            path.append(format("%s%.1f %.1f", pen ? "L" : "M", atX(series.x[i]), atY(series.y[i])));
            pen = true;
            if (series.points) {
                marks.append(format(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"f%d\"><title>%s: %s, %s</title></circle>",
                        atX(series.x[i]),
                        atY(series.y[i]),
                        colour,
                        Html.escape(series.name),
                        figure(series.x[i]),
                        figure(series.y[i])));
            }
        }
        out.append(format("<path d=\"%s\" class=\"s s%d\"/>", path, colour)).append(marks);
    }

    private void legend(StringBuilder out) {
        if (all.size() < 2) {
            return;
        }
        int wide = Math.min(LEGEND_WIDTH, (WIDTH - LEFT - RIGHT) / all.size());
        int most = Math.max(4, wide / 6 - 3);
        for (int i = 0; i < all.size(); i++) {
            double x = LEFT + (double) i * wide;
            rule(out, x, TOP - 8, x + 12, TOP - 8, "s s" + i % COLOURS);
            String name = all.get(i).name;
            text(out, x + 16, TOP - 4, "start", "a", name.length() > most ? name.substring(0, most - 1) + "…" : name);
        }
    }

    private static void rule(StringBuilder out, double x1, double y1, double x2, double y2, String style) {
        out.append(
                format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style));
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String style, String said) {
        out.append(format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                x, y, anchor, style, Html.escape(said)));
    }

    /** Returns a figure in few characters: 12, 1.5k, 3M. */
    static String figure(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return trim(value / 1e9) + "G";
        }
        if (size >= 1e6) {
            return trim(value / 1e6) + "M";
        }
        return size >= 1e4 ? trim(value / 1e3) + "k" : trim(value);
    }

    private static String trim(double value) {
        String text = format(Math.abs(value) >= 100 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
