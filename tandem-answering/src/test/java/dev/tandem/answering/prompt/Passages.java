package dev.tandem.answering.prompt;

import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.ArrayList;
import java.util.List;

/** Passages to answer from. */
public final class Passages {
    private Passages() {}

    public static List<RetrievedPassage> of(String... texts) {
        var passages = new ArrayList<RetrievedPassage>();
        for (var text : texts) {
            passages.add(of("doc" + passages.size() + ".md", "Handbook", text));
        }
        return passages;
    }

    public static RetrievedPassage of(String document, String title, String text) {
        var passage = new Passage(document, 0, title, List.of(), text, 0, text.length() / 4);
        return new RetrievedPassage(passage, Metadata.EMPTY, 1, 0.8);
    }
}
