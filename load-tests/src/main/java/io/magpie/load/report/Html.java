package io.magpie.load.report;

import java.util.List;

/** Pieces of a page that opens offline: one file, no script, nothing loaded from anywhere. */
public final class Html {
    private static final String STYLE = """
            :root{--ink:#1c2330;--soft:#667085;--rule:#e4e7ec;--paper:#fff;--bad:#b42318;--good:#067647}
            @media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--rule:#313a4a;--paper:#151a22;\
            --bad:#ff8a7a;--good:#6ce0a4}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1320px;\
            margin:2em auto;padding:0 1em}
            h1{font-size:1.5em}h2{font-size:1.15em;margin:2em 0 .5em;border-bottom:1px solid var(--rule)}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:1.2em}
            svg{width:100%;height:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
            .wide{overflow-x:auto}td,th{padding:.25em .8em;border-bottom:1px solid var(--rule);text-align:right}
            td:first-child,th:first-child{text-align:left}.text td,.text th{text-align:left}
            .bad{color:var(--bad);font-weight:600}.good{color:var(--good);font-weight:600}p,li{max-width:60em}
            .t{font-weight:600;font-size:14px;fill:var(--ink)}.a{font-size:11px;fill:var(--soft)}
            .g{stroke:var(--rule)}.x{stroke:var(--soft)}
            .s{fill:none;stroke-width:1.8}
            """;
    private static final List<String> COLOURS =
            List.of("#2f6fde", "#e0782a", "#1f9d63", "#c23b8f", "#7a5bd0", "#a8851a", "#2b9fb8", "#8a8f98");

    private Html() {}

    /** Returns text as it may stand in an element or an attribute. Control characters, which no XML may hold, go. */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' || Character.isSurrogate(c) ? '?' : c);
            }
        }
        return out.toString();
    }

    /** Returns a whole page, well-formed as XML too. */
    public static String page(String title, String body) {
        StringBuilder style = new StringBuilder(STYLE);
        for (int i = 0; i < SvgChart.COLOURS; i++) {
            String colour = COLOURS.get(i);
            style.append(".s").append(i).append("{stroke:").append(colour).append('}');
            style.append(".f").append(i).append("{fill:").append(colour).append("}\n");
        }
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                + "<meta name=\"viewport\" content=\"width=device-width\"/><title>" + escape(title)
                + "</title><style>\n" + style + "</style></head>\n<body>\n<h1>" + escape(title) + "</h1>\n" + body
                + "</body></html>\n";
    }

    /** Returns a heading. */
    public static String heading(String text) {
        return "<h2>" + escape(text) + "</h2>\n";
    }

    /** Returns a paragraph. */
    public static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>\n";
    }

    /** Returns charts side by side. */
    public static String charts(List<String> charts) {
        StringBuilder out = new StringBuilder("<div class=\"charts\">\n");
        charts.forEach(chart -> out.append("<div>").append(chart).append("</div>\n"));
        return out.append("</div>\n").toString();
    }

    /**
     * Returns a table; cells are text.
     *
     * @param figures whether cells but the first are figures
     */
    public static String table(boolean figures, List<String> head, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<div class=\"wide\"><table");
        out.append(figures ? ">" : " class=\"text\">").append(row("th", head));
        rows.forEach(cells -> out.append(row("td", cells)));
        return out.append("</table></div>\n").toString();
    }

    private static String row(String element, List<String> cells) {
        StringBuilder out = new StringBuilder("<tr>");
        for (String cell : cells) {
            String style = cell.equals("FAILED") ? " class=\"bad\"" : cell.equals("passed") ? " class=\"good\"" : "";
            out.append('<').append(element).append(style).append('>');
            out.append(escape(cell)).append("</").append(element).append('>');
        }
        return out.append("</tr>\n").toString();
    }
}
