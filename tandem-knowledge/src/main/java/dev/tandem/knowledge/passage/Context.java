package dev.tandem.knowledge.passage;

import java.util.ArrayList;
import java.util.List;

/** What is embedded and indexed of a passage: its text under the title and headings that it stands under. */
public final class Context {
    private Context() {}

    /** The passage's text with its title and headings on a line above. */
    public static String embedded(Passage passage) {
        var line = line(passage.title(), passage.headings());
        return line.isEmpty() ? passage.text() : line + "\n" + passage.text();
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
