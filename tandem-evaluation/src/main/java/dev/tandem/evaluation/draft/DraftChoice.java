package dev.tandem.evaluation.draft;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes drafts for a test set: documents in turn, those of different topics beside each other, and within a document first
 * what is most natural and of different kinds. The same drafts and seed give the same choice. For one thread.
 */
public final class DraftChoice {
    /** From this share of common words on, two questions might be taken for each other. */
    private static final double ALIKE = 0.75;

    /** What is worth less is taken only from documents that have nothing better. */
    private static final int GOOD = 2;

    private final Map<String, String> titles;
    private final Predicate<Draft> isNew;
    private final Random random;

    /**
     * A choice.
     *
     * @param isNew tells whether a draft is like none of the test set, and remembers it if so
     */
    public DraftChoice(Collection<SourceDocument> documents, long seed, Predicate<Draft> isNew) {
        this.titles = documents.stream().collect(Collectors.toMap(SourceDocument::path, SourceDocument::title));
        this.isNew = isNew;
        this.random = new Random(seed);
    }

    /** At most so many of the drafts. */
    public List<Draft> choose(List<Draft> drafts, int count) {
        var stems = new LinkedHashMap<Draft, Set<String>>();
        drafts.forEach(draft -> stems.put(draft, Wording.stems(draft.question())));
        var queues = queues(drafts);
        var chosen = new ArrayList<Draft>();
        while (chosen.size() < count && !queues.isEmpty()) {
            for (var queue : List.copyOf(queues)) {
                var next = queue.isEmpty() ? null : queue.removeFirst();
                if (next == null) {
                    queues.remove(queue);
                } else if (chosen.size() < count) {
                    var draft = unmistakable(next, stems);
                    if (isNew.test(draft)) {
                        chosen.add(draft);
                    }
                }
            }
        }
        return chosen;
    }

    /** Under its document's title where another document has nearly the same question. */
    private Draft unmistakable(Draft draft, Map<Draft, Set<String>> stems) {
        if (draft.type() != QuestionType.ANSWERABLE || draft.question().contains("“")) {
            return draft;
        }
        var own = stems.getOrDefault(draft, Set.of());
        boolean mistakable = stems.entrySet().stream()
                .anyMatch(other -> !other.getKey().document().equals(draft.document())
                        && !other.getKey().answers().equals(draft.answers())
                        && likeness(own, other.getValue()) >= ALIKE);
        var title = titles.getOrDefault(draft.document(), "");
        return mistakable && !title.isBlank() ? draft.withQuestion(Wording.underTitle(draft.question(), title)) : draft;
    }

    private static double likeness(Set<String> one, Set<String> other) {
        long common = one.stream().filter(other::contains).count();
        return one.isEmpty() && other.isEmpty() ? 0 : (double) common / (one.size() + other.size() - common);
    }

    /** Each document's drafts, the documents of a topic apart from each other, those with nothing good last. */
    private List<List<Draft>> queues(List<Draft> drafts) {
        var byDocument = new LinkedHashMap<String, List<Draft>>();
        drafts.forEach(draft -> byDocument
                .computeIfAbsent(draft.document(), path -> new ArrayList<>())
                .add(draft));
        var byTopic = new LinkedHashMap<String, List<List<Draft>>>();
        byDocument
                .values()
                .forEach(each -> byTopic.computeIfAbsent(each.getFirst().topic(), topic -> new ArrayList<>())
                        .add(queue(each)));
        var topics = new ArrayList<>(byTopic.values());
        Collections.shuffle(topics, random);
        topics.forEach(topic -> Collections.shuffle(topic, random));
        var queues = new ArrayList<List<Draft>>();
        for (int i = 0; queues.size() < byDocument.size(); i++) {
            for (var topic : topics) {
                if (i < topic.size()) {
                    queues.add(topic.get(i));
                }
            }
        }
        queues.sort(Comparator.comparing(queue -> queue.getFirst().worth() < GOOD));
        return queues;
    }

    private List<Draft> queue(List<Draft> drafts) {
        int best = drafts.stream().mapToInt(Draft::worth).max().orElse(0);
        var kept = new ArrayList<>(drafts.stream()
                .filter(draft -> draft.worth() >= Math.min(GOOD, best))
                .toList());
        Collections.shuffle(kept, random);
        kept.sort(Comparator.comparingInt(Draft::worth).reversed());
        var inTurn = new ArrayList<Draft>();
        var left = new LinkedHashSet<>(kept);
        while (!left.isEmpty()) {
            var origins = new LinkedHashSet<Draft.Origin>();
            left.forEach(draft -> {
                if (origins.add(draft.origin())) {
                    inTurn.add(draft);
                }
            });
            inTurn.forEach(left::remove);
        }
        return inTurn;
    }
}
