package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * LaTeX to blocks, lightly: sections, paragraphs, lists, tables and verbatim text; the author's own abbreviations without
 * arguments are written out, other commands are dropped and what they mark kept. Formulas stay as they are written. Not
 * safe for threads.
 */
final class LatexBlocks {
    private static final List<String> SECTIONS = List.of("part", "chapter", "section", "subsection", "subsubsection");
    private static final Pattern TITLE = Pattern.compile("\\\\title\\s*\\{([^{}]{0,500})}");
    private static final Pattern HEADING = Pattern.compile(
            "\\\\(part|chapter|section|subsection|subsubsection|paragraph)\\*?\\s*(?:\\[[^]]{0,300}])?\\{");
    private static final Pattern ABBREVIATION = Pattern.compile(
            "\\\\(?:def|newcommand\\*?|renewcommand\\*?|providecommand\\*?)\\s*\\{?\\\\([A-Za-z]+)}?\\s*\\{([^{}\\\\#]{0,200}(?:\\\\xspace)?)}");
    private static final Pattern BEGIN = Pattern.compile("\\\\begin\\{([A-Za-z]+\\*?)}");
    private static final Pattern COMMENT = Pattern.compile("(?m)(?<!\\\\)%.{0,5000}$");
    private static final Pattern DROPPED = Pattern.compile(
            "\\\\(?:label|ref|eqref|autoref|cref|Cref|cite[a-z]*|includegraphics|vspace|hspace|bibliography|"
                    + "bibliographystyle|input|include|usepackage|documentclass|pagestyle|thispagestyle|setlength|cmidrule)"
                    + "\\*?\\s*(?:[\\[(][^])]{0,200}[])]\\s*)*(?:\\{[^{}]{0,300}})*");
    private static final Pattern COMMAND = Pattern.compile("\\\\[A-Za-z@]+\\*?\\s?(?:\\[[^]]{0,100}])?");

    private static final Pattern ARGUMENTS = Pattern.compile("^(?:\\[[^]]{0,100}]|\\{[^{}\\s]{0,60}})+");

    private final String text;
    private final List<Block> blocks = new ArrayList<>();

    LatexBlocks(String source) {
        var plain = COMMENT.matcher(source).replaceAll("");
        var title = TITLE.matcher(plain);
        var abbreviations = abbreviations(plain);
        int begin = plain.indexOf("\\begin{document}");
        int end = plain.lastIndexOf("\\end{document}");
        var body = plain.substring(
                begin < 0 ? 0 : begin + "\\begin{document}".length(), end > begin ? end : plain.length());
        text = writtenOut(body, abbreviations);
        if (title.find()) {
            var line = Tables.oneLine(inline(writtenOut(title.group(1), abbreviations)));
            if (!line.isEmpty()) {
                blocks.add(new Block.Heading(1, line, 0));
            }
        }
    }

    private static Map<String, String> abbreviations(String source) {
        var found = new HashMap<String, String>();
        var definition = ABBREVIATION.matcher(source);
        while (definition.find()) {
            found.put(definition.group(1), definition.group(2).replace("\\xspace", ""));
        }
        return found;
    }

    private static String writtenOut(String text, Map<String, String> abbreviations) {
        return Pattern.compile("\\\\([A-Za-z]+)(?:\\{}|(?![A-Za-z]))")
                .matcher(text)
                .replaceAll(command -> {
                    var meaning = abbreviations.get(command.group(1));
                    return java.util.regex.Matcher.quoteReplacement(meaning == null ? command.group() : meaning);
                });
    }

    List<Block> parse() {
        read(text);
        return blocks;
    }

    private void read(String part) {
        var heading = HEADING.matcher(part);
        var environment = BEGIN.matcher(part);
        int at = 0;
        while (at < part.length()) {
            int next = heading.find(at) ? heading.start() : part.length();
            int opens = environment.find(at) ? environment.start() : part.length();
            paragraphs(part.substring(at, Math.min(next, opens)));
            if (next < opens) {
                int close = closing(part, heading.end() - 1);
                heading(heading.group(1), part.substring(heading.end(), close));
                at = close + 1;
            } else if (opens < part.length()) {
                at = environment(part, environment.group(1), environment.end());
            } else {
                at = part.length();
            }
        }
    }

    private void heading(String command, String text) {
        var line = Tables.oneLine(inline(text));
        if (!line.isEmpty()) {
            int level = command.equals("paragraph") ? 5 : Math.max(1, SECTIONS.indexOf(command));
            blocks.add(new Block.Heading(level, line, 0));
        }
    }

    /** Reads an environment; returns where its end is passed. */
    private int environment(String part, String name, int from) {
        int end = end(part, name, from);
        var body = part.substring(from, end);
        switch (name.replace("*", "")) {
            case "verbatim", "lstlisting", "minted", "Verbatim", "alltt" -> code(body);
            case "itemize", "enumerate", "description" -> list(name, body);
            case "tabular", "tabularx", "longtable", "tabu" -> table(body);
            case "equation", "align", "gather", "multline", "eqnarray", "displaymath", "math" -> {
                if (!body.isBlank()) {
                    blocks.add(new Block.Paragraph(Tables.oneLine(body), 0));
                }
            }
            case "tikzpicture", "thebibliography", "comment", "filecontents" -> {}
            case "abstract" -> {
                blocks.add(new Block.Heading(2, "Abstract", 0));
                read(body);
            }
            default -> read(ARGUMENTS.matcher(body).replaceFirst(""));
        }
        return Math.min(part.length(), end + "\\end{}".length() + name.length());
    }

    /** Where an environment ends, past those of its name within it. */
    private static int end(String part, String name, int from) {
        var begin = "\\begin{" + name + "}";
        var close = "\\end{" + name + "}";
        int depth = 1;
        int at = from;
        while (true) {
            int end = part.indexOf(close, at);
            if (end < 0) {
                return part.length();
            }
            int nested = part.indexOf(begin, at);
            if (nested >= 0 && nested < end) {
                depth++;
                at = nested + begin.length();
            } else if (--depth == 0) {
                return end;
            } else {
                at = end + close.length();
            }
        }
    }

    private void code(String body) {
        var text = body.replaceFirst("^(\\[[^]]{0,300}]|\\{[a-z]+})*[ \\t]*\\n", "")
                .stripTrailing();
        if (!text.isBlank()) {
            blocks.add(new Block.Code(Optional.empty(), text, 0));
        }
    }

    private void list(String name, String body) {
        var items = new ArrayList<String>();
        for (var item : ARGUMENTS.matcher(body).replaceFirst("").split("\\\\item(?![A-Za-z])", -1)) {
            var line = Tables.oneLine(inline(item.replaceAll("\\\\(begin|end)\\{[A-Za-z]+}(\\[[^]]{0,100}])?", " ")));
            if (!line.isEmpty()) {
                items.add(line.replaceFirst("^\\[([^]]{1,200})]\\s*", "$1: "));
            }
        }
        if (!items.isEmpty()) {
            blocks.add(new Block.ItemList(name.equals("enumerate"), items, 0));
        }
    }

    private void table(String body) {
        var rows = new ArrayList<List<String>>();
        var cells = body.replaceAll("\\\\(toprule|midrule|bottomrule|hline|endhead|endfoot)", " ")
                .replaceFirst("^(\\s*\\{(?:[^{}]|\\{[^{}]{0,100}}){0,200}}){1,2}", "");
        for (var row : cells.split("\\\\\\\\", -1)) {
            rows.add(Arrays.stream(row.split("(?<!\\\\)&", -1))
                    .map(cell ->
                            Tables.oneLine(inline(cell.replaceAll("\\\\multi(?:column|row)\\{[^{}]*}\\{[^{}]*}", ""))))
                    .toList());
        }
        Tables.of(rows, 0).ifPresent(blocks::add);
    }

    private void paragraphs(String part) {
        for (var paragraph : part.split("\\n[ \\t]*\\n|\\\\par(?![A-Za-z])", -1)) {
            var line = Tables.oneLine(inline(paragraph));
            if (!line.isEmpty()) {
                blocks.add(new Block.Paragraph(line, 0));
            }
        }
    }

    /** The place of the brace that closes the one at {@code open}. */
    private static int closing(String part, int open) {
        int depth = 0;
        for (int i = open; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return part.length() - 1;
    }

    private static String inline(String text) {
        var plain = DROPPED.matcher(text).replaceAll("").replaceAll("\\\\looseness\\s*=\\s*-?\\d", "");
        plain = plain.replaceAll("\\\\captionof\\{[a-z]+}", "").replace("\\footnote{", "{ ");
        plain = plain.replace("``", "\u201c")
                .replace("''", "\u201d")
                .replace("---", "\u2014")
                .replace("--", "\u2013");
        plain = plain.replaceAll("(?<!\\\\)~", " ").replaceAll("\\\\\\\\(\\[[^]]{0,20}])?", " ");
        // Formulas keep their commands.
        var out = new StringBuilder();
        var parts = plain.split("(?<!\\\\)\\$", -1);
        for (int i = 0; i < parts.length; i++) {
            out.append(i % 2 == 1 ? "$" + parts[i] + "$" : unmarked(parts[i]));
        }
        return out.toString();
    }

    private static String unmarked(String text) {
        return COMMAND.matcher(text)
                .replaceAll("")
                .replaceAll("(?<!\\\\)[{}]", "")
                .replaceAll("\\\\([%&#$_{} ,])", "$1");
    }
}
