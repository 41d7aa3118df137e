package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds sentences that speak to a language model: orders about its reply, orders to forget its own, tasks and questions
 * that have nothing to do with the text that they stand in. No detector finds all of them, which is why prompts fence what
 * comes from documents whether it is flagged or not. Safe for use by many threads.
 */
public final class InjectionDetector {
    /** Changes when the same text may be flagged otherwise. */
    public static final String VERSION = "1";

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
        var found = new ArrayList<Injection>();
        for (var look : Look.at(document, passages, encoder)) {
            score(look)
                    .ifPresent(score ->
                            add(new Injection(look.passage(), look.start(), look.end(), look.text(), score), found));
        }
        return List.copyOf(found);
    }

    /** The same of text that the document's readers do not see. */
    public List<String> findHidden(String hidden, String title) {
        return Look.atHidden(hidden, title, encoder).stream()
                .filter(look -> score(look).isPresent())
                .map(Look::text)
                .toList();
    }

    private Optional<Double> score(Look look) {
        double logit = model.sentenceLogit(look.values());
        if (logit < model.suspicion()) {
            return Optional.empty();
        }
        return Optional.of(model.probability(look.inPlace(logit, encoder))).filter(score -> score >= model.threshold());
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
