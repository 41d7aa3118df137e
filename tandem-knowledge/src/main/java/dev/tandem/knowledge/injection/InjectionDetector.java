package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds sentences that speak to a language model: orders about its reply, orders to forget its own, tasks and questions
 * that have nothing to do with the text that they stand in. No detector finds all of them, which is why prompts fence what
 * comes from documents whether it is flagged or not. Safe for use by many threads.
 */
public final class InjectionDetector {
    /** Changes when the same text may be flagged otherwise. */
    public static final String VERSION = "2";

    private final TextEncoder encoder;
    private final InjectionModel model;

    /**
     * Makes a detector.
     *
     * @param encoder the bundled one, which the model was fitted with
     */
    public InjectionDetector(TextEncoder encoder, InjectionModel model) {
        this.encoder = encoder;
        this.model = model;
    }

    /** What of a document is suspicious, in order; of sentences within one another the surest. */
    public List<Injection> find(Document document, List<Passage> passages) {
        return find(passages, Look.at(document, passages, encoder));
    }

    /**
     * The same of text that the document's readers do not see.
     *
     * @param passages what they do see
     */
    public List<String> findHidden(String hidden, Document document, List<Passage> passages) {
        var all = new ArrayList<Passage>();
        all.add(new Passage(document.path(), 0, document.title(), List.of(), hidden, 0, 0));
        all.addAll(passages);
        return find(all, Look.atHidden(hidden, encoder)).stream()
                .map(Injection::text)
                .toList();
    }

    private List<Injection> find(List<Passage> passages, List<Look> looks) {
        var logits = looks.stream()
                .mapToDouble(look -> model.sentenceLogit(look.values()))
                .toArray();
        if (Arrays.stream(logits).noneMatch(logit -> logit >= model.suspicion())) {
            return List.of();
        }
        var surroundings = new Surroundings(passages, looks, encoder);
        var found = new ArrayList<Injection>();
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] >= model.suspicion()) {
                var look = looks.get(i);
                double score = model.probability(surroundings.values(i, logits, surroundings.of(look)));
                if (score >= model.threshold()) {
                    add(new Injection(look.passage(), look.start(), look.end(), look.text(), score), found);
                }
            }
        }
        return List.copyOf(found);
    }

    private static void add(Injection next, List<Injection> found) {
        var last = found.isEmpty() ? next : found.getLast();
        boolean within = !found.isEmpty() && last.passage() == next.passage() && last.end() > next.start();
        if (within && last.score() >= next.score()) {
            return;
        }
        if (within) {
            found.removeLast();
        }
        found.add(next);
    }
}
