package dev.tandem.foundation.page;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page's frame, its style for light and dark, and small parts that pages share. */
public final class Page {
    private static final String STYLE = """
            :root { color-scheme: light dark; --error: #c62828; --warning: #b26a00; --note: #3b6ea5; --line: #8884;
              --training: #3b6ea5; --held-out: #c2500a; --general: #4d7c0f; --good: #2e7d3230; }
            @media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #f0b35a; --note: #8ab8e6;
              --training: #8ab8e6; --held-out: #ff9a52; --general: #a8d35a; --good: #66bb6a40; } }
            html { background: Canvas; color: CanvasText; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
            h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
            .tiles { display: flex; gap: 1rem; flex-wrap: wrap; }
            .tile { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; min-width: 8rem; }
            .tile b { display: block; font-size: 1.5rem; }
            .error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
            .training { color: var(--training); } .held-out { color: var(--held-out); } .general { color: var(--general); }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.5rem; }
            svg { width: 100%; max-width: 34rem; height: auto; } svg text { font-size: 11px; fill: currentColor; }
            .pairs { grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); }
            .mark { paint-order: stroke; stroke: Canvas; stroke-width: 4px; font-weight: 600; }
            .wide svg { max-width: none; } .wide svg text { font-size: 13px; } .narrow { display: none; }
            @media (max-width: 44rem) { .wide { display: none; } .narrow { display: block; } }
            .legend { margin: .2rem 0; font-size: .9rem; } .legend span { margin-right: 1rem; white-space: nowrap; }
            .legend i { display: inline-block; width: 1.2rem; height: 3px; background: currentColor; vertical-align: middle; }
            .legend i.faint { opacity: .35; } .legend i.band { height: .8rem; opacity: .15; }
            details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .5rem 1rem; }
            summary { cursor: pointer; } summary .mends { float: right; opacity: .7; }
            summary::after { content: ""; display: block; clear: both; }
            table { border-collapse: collapse; width: 100%; table-layout: fixed; } td { vertical-align: top; padding: .2rem .5rem .2rem 0;
              border-top: 1px solid var(--line); } td:first-child { opacity: .7; }
            .places td:first-child { width: 4rem; } .places td:nth-child(2) { width: 16rem; } .facts td:first-child { width: 12rem; }
            @media (max-width: 44rem) { .places td:nth-child(2) { width: 6rem; } .facts td:first-child { width: 8rem; }
              .tiles { gap: .6rem; } .tile { flex: 1 1 6rem; min-width: 6rem; padding: .4rem .7rem; } }
            .sums { table-layout: auto; overflow-wrap: normal; } .sums td:nth-child(2) { white-space: nowrap; } .scroll { overflow-x: auto; } .scroll td { white-space: nowrap; } .sums th { text-align: left; font-weight: 600; padding-right: .5rem; } .sums small { opacity: .7; }
            .path { list-style: none; padding: 0 0 0 1.1rem; margin: 1rem 0 1rem .5rem; border-left: 3px solid var(--line); }
            .path li { position: relative; margin: 0 0 1.1rem; } .path li::before { content: ""; position: absolute; left: -1.65rem; top: .35rem;
              width: .8rem; height: .8rem; border-radius: 50%; background: var(--note); border: 2px solid Canvas; }
            .path li.end::before { background: var(--general); } .path li.conflict::before { background: var(--warning); }
            .chip { border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .6rem; font-size: .85rem; margin-left: .4rem; }
            .bad { margin: 1rem 0; font-weight: 600; } pre { white-space: pre-wrap; font-size: .85rem; }
            .sample { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; margin: .8rem 0; }
            .prompt { max-height: 9rem; overflow: auto; white-space: pre-wrap; margin: 0 0 .6rem; }
            .answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: .6rem 1.5rem; }
            .answers p { margin: 0; white-space: pre-wrap; } .name { font-size: .85rem; opacity: .7; display: block; }
            .hit { background: var(--good); border-radius: .2rem; }
            .caption { font-weight: 600; font-size: .9rem; margin: .8rem 0 0; } .scroll { overflow-x: auto; margin: 0 0 .8rem; } table.numbers { table-layout: auto; font-size: .9rem; }
            .numbers th, .numbers td { text-align: right; vertical-align: top; padding: .2rem .8rem .2rem 0; overflow-wrap: normal;
              border-top: 1px solid var(--line); opacity: 1; font-variant-numeric: tabular-nums; font-weight: normal; }
            .numbers thead th { border-top: 0; font-weight: 600; } .numbers th[scope=row], .numbers th:first-child { text-align: left; }
            details.values { border: 0; padding: 0; margin: 0; font-size: .9rem; }
            """;

    private Page() {}

    /**
     * A whole page.
     *
     * @param title any text
     * @param body HTML
     */
    public static String of(String title, String body) {
        return of(title, "", "", body);
    }

    /**
     * A whole page with a style and a script of its own. It may load nothing, and run nothing but that script: the browser is
     * told so.
     *
     * @param title any text
     * @param style CSS after that of all pages
     * @param script without {@code <} and {@code &}, so that the page is well-formed XML, too; runs when all else is there
     * @param body HTML without style attributes
     */
    public static String of(String title, String style, String script, String body) {
        var all = STYLE + style;
        var policy = "default-src 'none'; style-src " + hash(all) + "; script-src "
                + (script.isEmpty() ? "'none'" : hash(script)) + "; base-uri 'none'; form-action 'none'";
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
                <meta http-equiv="Content-Security-Policy" content="%s"/>
                <title>%s</title><style>%s</style></head><body><main>
                <h1 dir="auto">%s</h1>
                %s
                </main>%s</body></html>
                """.formatted(
                        policy,
                        escaped(title),
                        all,
                        escaped(title),
                        body,
                        script.isEmpty() ? "" : "<script>" + script + "</script>");
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** Writes a page, whole or not at all. */
    public static void write(Path file, String page) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            WholeFile.write(file, page);
        } catch (IOException e) {
            throw new MendableException("Cannot write " + file + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * A number that is seen from afar.
     *
     * @param name what it is, any text
     * @param value any text
     * @param style one of the page's colours, or nothing
     */
    public static String tile(String name, String value, String style) {
        return "<div class=\"tile\"><b class=\"%s\">%s</b>%s</div>".formatted(style, escaped(value), escaped(name));
    }

    /**
     * A table with a heading for each column and row; where it is wider than the screen, it scrolls by itself.
     *
     * @param caption what it shows, any text
     * @param headings any texts
     * @param rows any texts, each as many as headings; the first names the row
     */
    public static String table(String caption, List<String> headings, List<List<String>> rows) {
        var head = headings.stream()
                .map(heading -> "<th scope=\"col\">" + escaped(heading) + "</th>")
                .collect(Collectors.joining());
        var lines = rows.stream().map(Page::line).collect(Collectors.joining());
        return """
                <p class="caption">%s</p><div class="scroll" role="region" tabindex="0" aria-label="%s"><table class="numbers" aria-label="%s">
                <thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>
                """.formatted(escaped(caption), escaped(caption), escaped(caption), head, lines);
    }

    private static String line(List<String> cells) {
        return "<tr><th scope=\"row\" dir=\"auto\">" + escaped(cells.getFirst()) + "</th>"
                + cells.stream()
                        .skip(1)
                        .map(cell -> "<td>" + escaped(cell) + "</td>")
                        .collect(Collectors.joining())
                + "</tr>";
    }

    /** A whole number with its thousands told apart. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Any text as text of the page, which it cannot become part of. Control characters but line breaks and tabs are replaced. */
    public static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.appendCodePoint(point);
                default ->
                    escaped.appendCodePoint(
                            Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE
                                    ? 0xFFFD
                                    : point);
            }
        });
        return escaped.toString();
    }
}
