package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * reStructuredText, as far as documentation uses it: sections by their underlines, lists, literal and code blocks, simple
 * and grid tables, and the field list at the head as metadata. Other directives keep their text. Not safe for threads.
 */
final class RestructuredText {
    private static final Pattern UNDERLINE = Pattern.compile("([=\\-~^\"'`#*+.:_])\\1{2,}\\s*");
    private static final Pattern FIELD = Pattern.compile(":([\\w -]+):\\s+(.*)");
    private static final Pattern ITEM = Pattern.compile("(\\s*)([-*+•]|\\d+[.)]|#\\.)\\s+(.*)");
    private static final Pattern DIRECTIVE = Pattern.compile("\\.\\. ([\\w-]+)::\\s*(.*)");
    private static final Pattern ROLE = Pattern.compile(":[\\w:+-]{1,40}:`~?([^`<]{0,300}?)(?:\\s?<[^>]{0,300}>)?`");
    private static final Pattern LINK = Pattern.compile("`([^`<]{1,300}?)\\s?(?:<[^>]{0,300}>)?`_{1,2}");
    private static final Pattern EMPHASIS = Pattern.compile("(\\*\\*|``|\\*)(\\S(?:.{0,300}?\\S)?)\\1");
    private static final Pattern SIMPLE_TABLE_RULE = Pattern.compile("=+(\\s+=+)+\\s*");

    /** Directives within directives; deeper ones are read as text. */
    private static final int DEEPEST = 20;

    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();
    private final TreeMap<String, List<FieldValue>> fields = new TreeMap<>();
    private final List<String> levels = new ArrayList<>();
    private final int depth;
    private int at;

    RestructuredText(String text) {
        this(text, 0);
    }

    private RestructuredText(String text, int depth) {
        this.depth = depth;
        lines = text.replace("\t", "        ").lines().toList();
    }

    ParsedContent parse() {
        while (at < lines.size()) {
            var line = lines.get(at);
            if (line.isBlank()) {
                at++;
            } else if (!heading() && !field() && !directive() && !table() && !list()) {
                paragraph();
            }
        }
        return new ParsedContent(blocks, new Metadata(fields));
    }

    private boolean heading() {
        boolean overline = isRule(at)
                && at + 2 < lines.size()
                && isRule(at + 2)
                && !lines.get(at + 1).isBlank();
        boolean underline = !isRule(at)
                && isRule(at + 1)
                && lines.get(at + 1).strip().length() >= 3
                && !lines.get(at).startsWith(" ");
        if (!overline && !underline) {
            return false;
        }
        var mark = (overline ? "over" : "")
                + lines.get(at + 1 + (overline ? 1 : 0)).strip().charAt(0);
        if (!levels.contains(mark)) {
            levels.add(mark);
        }
        blocks.add(new Block.Heading(
                levels.indexOf(mark) + 1,
                inline(lines.get(at + (overline ? 1 : 0)).strip()),
                0));
        at += overline ? 3 : 2;
        return true;
    }

    private boolean isRule(int line) {
        return line < lines.size() && UNDERLINE.matcher(lines.get(line)).matches();
    }

    /** Field lists before the first text are the document's metadata. */
    private boolean field() {
        var field = FIELD.matcher(lines.get(at));
        boolean head = blocks.stream().allMatch(block -> block instanceof Block.Heading);
        if (!head || !field.matches()) {
            return false;
        }
        fields.put(field.group(1).toLowerCase(Locale.ROOT).strip(), List.of(FieldValue.parse(field.group(2))));
        at++;
        return true;
    }

    private boolean directive() {
        var line = lines.get(at);
        if (!line.startsWith("..") || depth > DEEPEST) {
            return false;
        }
        var directive = DIRECTIVE.matcher(line);
        at++;
        var body = indented(0);
        if (directive.matches()) {
            var argument = directive.group(2).strip();
            switch (directive.group(1)) {
                case "code-block", "code", "sourcecode", "literalinclude", "highlight", "parsed-literal" -> {
                    if (!body.isEmpty()) {
                        var language = argument.isEmpty() ? Optional.<String>empty() : Optional.of(argument);
                        blocks.add(new Block.Code(language, String.join("\n", withoutOptions(body)), 0));
                    }
                }
                case "image", "figure", "toctree", "include", "contents", "index", "raw", "meta" -> {}
                default -> {
                    var nested = new ArrayList<>(withoutOptions(body));
                    if (!argument.isEmpty()) {
                        nested.addFirst(argument);
                    }
                    blocks.addAll(new RestructuredText(String.join("\n", nested), depth + 1)
                            .parse()
                            .blocks());
                }
            }
        }
        return true;
    }

    private static List<String> withoutOptions(List<String> body) {
        int from = 0;
        while (from < body.size() && body.get(from).matches(":[\\w-]+:.*")) {
            from++;
        }
        while (from < body.size() && body.get(from).isBlank()) {
            from++;
        }
        return body.subList(from, body.size());
    }

    /** The following lines that are indented deeper, without their common indentation. */
    private List<String> indented(int indent) {
        var block = new ArrayList<String>();
        while (at < lines.size() && (lines.get(at).isBlank() || indentation(lines.get(at)) > indent)) {
            block.add(lines.get(at++));
        }
        while (!block.isEmpty() && block.getLast().isBlank()) {
            block.removeLast();
        }
        while (!block.isEmpty() && block.getFirst().isBlank()) {
            block.removeFirst();
        }
        int common = block.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(RestructuredText::indentation)
                .min()
                .orElse(0);
        return block.stream()
                .map(line -> line.length() > common ? line.substring(common) : "")
                .toList();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }

    private boolean table() {
        var line = lines.get(at);
        if (line.startsWith("+-") || line.startsWith("+=")) {
            gridTable();
            return true;
        }
        if (SIMPLE_TABLE_RULE.matcher(line).matches()) {
            simpleTable();
            return true;
        }
        return false;
    }

    private void gridTable() {
        var rows = new ArrayList<List<String>>();
        var header = new ArrayList<String>();
        List<String> open = new ArrayList<>();
        while (at < lines.size()
                && (lines.get(at).startsWith("+") || lines.get(at).startsWith("|"))) {
            var line = lines.get(at++);
            if (line.startsWith("+")) {
                if (!open.isEmpty() && line.startsWith("+=")) {
                    header.addAll(open);
                } else if (!open.isEmpty()) {
                    rows.add(open);
                }
                open = new ArrayList<>();
                continue;
            }
            var cells = line.substring(1, line.endsWith("|") ? line.length() - 1 : line.length())
                    .split("\\|", -1);
            for (int i = 0; i < cells.length; i++) {
                var cell = inline(cells[i].strip());
                if (i < open.size()) {
                    open.set(i, (open.get(i) + " " + cell).strip());
                } else {
                    open.add(cell);
                }
            }
        }
        blocks.add(new Block.Table(header, rows, 0));
    }

    private void simpleTable() {
        var columns = new ArrayList<Integer>();
        var rule = lines.get(at++);
        for (int i = 0; i < rule.length(); i++) {
            if (rule.charAt(i) == '=' && (i == 0 || rule.charAt(i - 1) == ' ')) {
                columns.add(i);
            }
        }
        var rows = new ArrayList<List<String>>();
        List<String> header = List.of();
        while (at < lines.size() && !lines.get(at).isBlank()) {
            var line = lines.get(at++);
            if (!SIMPLE_TABLE_RULE.matcher(line).matches()) {
                rows.add(cells(line, columns));
            } else if (at < lines.size() && !lines.get(at).isBlank() && header.isEmpty()) {
                header = rows.isEmpty() ? List.of() : rows.removeLast();
            } else {
                break;
            }
        }
        blocks.add(new Block.Table(header, rows, 0));
    }

    private static List<String> cells(String line, List<Integer> columns) {
        var cells = new ArrayList<String>();
        for (int i = 0; i < columns.size(); i++) {
            int from = Math.min(line.length(), columns.get(i));
            int to = i + 1 < columns.size() ? Math.min(line.length(), columns.get(i + 1)) : line.length();
            cells.add(inline(line.substring(from, to).strip()));
        }
        return cells;
    }

    private boolean list() {
        if (!ITEM.matcher(lines.get(at)).matches()) {
            return false;
        }
        var items = new ArrayList<String>();
        int base = indentation(lines.get(at));
        boolean ordered = Character.isDigit(lines.get(at).strip().charAt(0));
        while (at < lines.size()) {
            var item = ITEM.matcher(lines.get(at));
            boolean blank = lines.get(at).isBlank();
            if (blank
                    && at + 1 < lines.size()
                    && (ITEM.matcher(lines.get(at + 1)).matches()
                            || indentation(lines.get(at + 1)) > base
                                    && !lines.get(at + 1).isBlank())) {
                at++;
            } else if (item.matches()) {
                int depth = Math.max(0, item.group(1).length() - base) / 2;
                items.add("  ".repeat(depth) + inline(item.group(3)));
                at++;
            } else if (!blank && indentation(lines.get(at)) > base) {
                items.set(
                        items.size() - 1,
                        items.getLast() + " " + inline(lines.get(at).strip()));
                at++;
            } else {
                break;
            }
        }
        blocks.add(new Block.ItemList(ordered, items, 0));
        return true;
    }

    private void paragraph() {
        var text = new StringBuilder();
        int indent = indentation(lines.get(at));
        while (at < lines.size() && !lines.get(at).isBlank() && !(isRule(at + 1) && !text.isEmpty())) {
            text.append(text.isEmpty() ? "" : " ").append(lines.get(at++).strip());
        }
        boolean literal = text.toString().endsWith("::");
        var words = literal ? text.substring(0, text.length() - 1) : text.toString();
        if (!words.equals(":")) {
            blocks.add(new Block.Paragraph(inline(words), 0));
        }
        if (literal) {
            var code = indented(indent);
            if (!code.isEmpty()) {
                blocks.add(new Block.Code(Optional.empty(), String.join("\n", code), 0));
            }
        }
    }

    private static String inline(String text) {
        var plain = ROLE.matcher(text).replaceAll("$1");
        plain = LINK.matcher(plain).replaceAll("$1");
        return EMPHASIS.matcher(plain).replaceAll("$2");
    }
}
