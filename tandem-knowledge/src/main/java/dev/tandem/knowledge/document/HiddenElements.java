package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;

/**
 * What a page holds and a browser does not show: comments, and elements that their attributes or their own style hide.
 * Style sheets are not read, so an element that only its class hides is taken for text.
 */
final class HiddenElements {
    private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+");
    private static final Pattern SIZE = Pattern.compile("(\\d*\\.?\\d+)\\s*([a-z%]*)");
    private static final double FAR = -400;
    private static final double SMALLEST_SIZE = 1.5;

    private HiddenElements() {}

    /** Takes them out of a page, and gives their texts. */
    static List<String> remove(Element root) {
        var texts = new ArrayList<String>();
        var comments = new ArrayList<Comment>();
        root.traverse((node, depth) -> {
            if (node instanceof Comment comment) {
                comments.add(comment);
            }
        });
        for (var comment : comments) {
            texts.add(comment.getData());
            comment.remove();
        }
        for (var element : root.select("[style], [hidden], font[color]")) {
            if (element.parent() != null && isHidden(element)) {
                texts.add(element.text());
                element.remove();
            }
        }
        texts.removeIf(String::isBlank);
        return texts;
    }

    /** Whether an element is not shown, by its own attributes. */
    static boolean isHidden(Element element) {
        if (element.hasAttr("hidden")) {
            return true;
        }
        var style = style(element);
        return style.getOrDefault("display", "").equals("none")
                || style.getOrDefault("visibility", "").matches("hidden|collapse")
                || number(style, "opacity", 1) == 0
                || isTiny(style.getOrDefault("font-size", ""))
                || isFarAway(style)
                || isWhite(style.getOrDefault("color", element.attr("color"))) && isOnWhite(element);
    }

    /** Less than a pixel and a half, or nothing in any unit. */
    private static boolean isTiny(String size) {
        var match = SIZE.matcher(size);
        return match.matches()
                && (Double.parseDouble(match.group(1)) == 0
                        || match.group(2).matches("px|pt|") && Double.parseDouble(match.group(1)) < SMALLEST_SIZE);
    }

    private static boolean isFarAway(Map<String, String> style) {
        boolean placed = style.getOrDefault("position", "").matches("absolute|fixed");
        return number(style, "text-indent", 0) < FAR
                || placed && (number(style, "left", 0) < FAR || number(style, "top", 0) < FAR)
                || style.getOrDefault("overflow", "").equals("hidden")
                        && (number(style, "height", 100) <= 1 && style.containsKey("height")
                                || number(style, "width", 100) <= 1 && style.containsKey("width"));
    }

    /** Nothing around gives it another ground than a page's white. */
    private static boolean isOnWhite(Element element) {
        boolean own = true;
        for (var at = element; at != null; at = at.parent()) {
            var style = style(at);
            var ground = style.getOrDefault("background-color", style.getOrDefault("background", at.attr("bgcolor")));
            if (!ground.isBlank()) {
                return isWhite(ground);
            }
            // A class may give it any ground.
            if (!own && at.hasAttr("class") && !at.normalName().matches("html|body")) {
                return false;
            }
            own = false;
        }
        return true;
    }

    private static boolean isWhite(String colour) {
        return colour.strip()
                .toLowerCase(Locale.ROOT)
                .replace(" ", "")
                .matches(
                        "#f{3}|#f{6}|#fefefe|white|transparent|rgba?\\(25[45],25[45],25[45](?:,[\\d.]+)?\\)|rgba\\(.*,0(?:\\.0+)?\\)");
    }

    private static double number(Map<String, String> style, String name, double otherwise) {
        var match = NUMBER.matcher(style.getOrDefault(name, ""));
        return match.lookingAt() ? Double.parseDouble(match.group()) : otherwise;
    }

    private static Map<String, String> style(Element element) {
        var style = new HashMap<String, String>();
        for (var declaration : element.attr("style").split(";", -1)) {
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                style.put(
                        declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        declaration
                                .substring(colon + 1)
                                .replace("!important", "")
                                .strip()
                                .toLowerCase(Locale.ROOT));
            }
        }
        return style;
    }
}
