package dev.tandem.knowledge.document;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What the paragraph styles of a .docx mean for its structure. */
final class WordStyles {
    private static final Pattern HEADING = Pattern.compile("heading ?([1-9])");
    private static final Pattern CODE = Pattern.compile(".*\\bcode\\b.*|sourcecode|html preformatted|macro( text)?");
    private static final int DEEPEST = 20;

    private final Map<String, Element> styles = new HashMap<>();

    /**
     * What a style means.
     *
     * @param level of a heading, 0 for none
     * @param code whether it marks source code
     * @param contents whether it marks a line of the table of contents
     * @param numbering the element that numbers its paragraphs, if any does
     */
    record Meaning(int level, boolean code, boolean contents, Optional<Element> numbering) {}

    WordStyles(Optional<Document> part) {
        part.ifPresent(
                tree -> tree.select("w|style[w:styleId]").forEach(style -> styles.put(style.attr("w:styleId"), style)));
    }

    Meaning of(Element paragraph) {
        var properties = paragraph.selectFirst("> w|pPr");
        var numbering = Optional.<Element>empty();
        int outline = -1;
        if (properties != null) {
            numbering = Optional.ofNullable(properties.selectFirst("> w|numPr"));
            outline = outline(properties);
        }
        var named = properties == null ? null : properties.selectFirst("> w|pStyle");
        var id = named == null ? "" : named.attr("w:val");
        int level = outline >= 0 && outline < 9 ? outline + 1 : 0;
        boolean code = false;
        boolean contents = false;
        for (int depth = 0; !id.isEmpty() && depth < DEEPEST; depth++) {
            var style = styles.get(id);
            var name = name(id, style);
            var heading = HEADING.matcher(name);
            if (level == 0 && outline < 0) {
                level = heading.matches() ? heading.group(1).charAt(0) - '0' : name.equals("title") ? 1 : 0;
            }
            code |= CODE.matcher(name).matches();
            contents |= name.matches("toc ?\\d|table of figures");
            if (style == null) {
                break;
            }
            var own = style.selectFirst("> w|pPr");
            if (own != null) {
                if (level == 0 && outline < 0 && outline(own) >= 0 && outline(own) < 9) {
                    level = outline(own) + 1;
                }
                numbering = numbering.or(() -> Optional.ofNullable(own.selectFirst("> w|numPr")));
            }
            var parent = style.selectFirst("> w|basedOn");
            id = parent == null ? "" : parent.attr("w:val");
        }
        return new Meaning(level, code, contents, numbering);
    }

    /** Ids are in the language of the author's Word, names of built-in styles in English. */
    private static String name(String id, @org.jspecify.annotations.Nullable Element style) {
        var name = style == null ? null : style.selectFirst("> w|name");
        return (name == null ? id : name.attr("w:val")).toLowerCase(Locale.ROOT);
    }

    private static int outline(Element properties) {
        var level = properties.selectFirst("> w|outlineLvl");
        return level == null ? -1 : WordBlocks.number(level.attr("w:val"), -1);
    }
}
