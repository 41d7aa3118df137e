package dev.tandem.knowledge.passage;

import java.util.ArrayList;
import java.util.List;

/** A passage's text under what it stands under: title and headings, and what a language model says of its place. */
public final class Context {
    private Context() {}

    /** What is embedded and searched: the document's own words, and above them the context line where there is one. */
    public static String embedded(Passage passage) {
        return passage.contextLine().isEmpty() ? written(passage) : passage.contextLine() + "\n" + written(passage);
    }

    /** The document's own words alone: the passage's text with its title and headings on a line above. */
    public static String written(Passage passage) {
        var above = above(passage);
        return above.isEmpty() ? passage.text() : above + "\n" + passage.text();
    }

    /** The passage's title and headings on a line; empty where it has none. */
    public static String above(Passage passage) {
        return line(passage.title(), passage.headings());
    }

    static String line(String title, List<String> headings) {
        var parts = new ArrayList<String>();
        if (!title.isEmpty()) {
            parts.add(title);
        }
        parts.addAll(headings);
        return String.join(" > ", parts);
    }
}
