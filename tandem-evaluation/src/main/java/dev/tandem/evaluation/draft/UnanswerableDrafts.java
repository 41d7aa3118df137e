package dev.tandem.evaluation.draft;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Questions of which everything stands in the documents but the answer: a thing's field that only others of its topic have
 * (<em>the warranty of the Varg 65</em>), and a question with one of its names exchanged for another of the same list. Each is
 * kept only if a {@link GapCheck} finds no passage that might answer it.
 */
public final class UnanswerableDrafts {
    private static final Pattern FIELD = Pattern.compile("^What (is|are) (the [^“?]+?) (of|for) ([^“?]+)\\?$");
    private static final String NAME = "\\p{Lu}[\\p{L}'’-]+(?: \\p{Lu}[\\p{L}'’-]+)?";
    private static final Pattern LIST = Pattern.compile(NAME + "(?:, " + NAME + ")*,? (?:and|or) " + NAME);

    /** Candidates looked at, for one that is wanted. */
    private static final int TRIES = 30;

    private final DraftRules rules;
    private final List<SourceDocument> documents;

    public UnanswerableDrafts(DraftRules rules, List<SourceDocument> documents) {
        this.rules = rules;
        this.documents = List.copyOf(documents);
    }

    /** At most so many that nothing answers; the same for the same seed. */
    public List<Draft> of(List<Draft> drafts, int count, long seed, GapCheck gaps) {
        var random = new Random(seed);
        var candidates = fields(drafts, random);
        var exchanged = exchanged(drafts, random);
        var found = new ArrayList<Draft>();
        var asked = new LinkedHashSet<String>();
        drafts.forEach(draft -> asked.add(draft.question()));
        int tries = 0;
        for (int i = 0;
                i < Math.max(candidates.size(), exchanged.size()) && found.size() < count && tries < TRIES * count;
                i++) {
            for (var from : List.of(candidates, exchanged)) {
                if (i < from.size()
                        && found.size() < count
                        && asked.add(from.get(i).draft().question())) {
                    tries++;
                    var candidate = from.get(i);
                    if (QuestionCheck.passes(candidate.draft().question())
                            && gaps.isGap(candidate.draft().question(), candidate.thing())) {
                        found.add(candidate.draft());
                    }
                }
            }
        }
        return found;
    }

    /** A question with what it asks about. */
    private record Candidate(Draft draft, String thing) {}

    /** Fields that a thing lacks and another of its kind has: of one kind are things of a topic with a field in common. */
    private static List<Candidate> fields(List<Draft> drafts, Random random) {
        var things = new LinkedHashMap<String, Map<String, Draft>>();
        var fields = new LinkedHashMap<String, Set<String>>();
        for (var draft : drafts) {
            var field = FIELD.matcher(draft.question());
            if (draft.type() == QuestionType.ANSWERABLE && field.matches()) {
                things.computeIfAbsent(draft.topic(), topic -> new LinkedHashMap<>())
                        .put(field.group(4), draft);
                fields.computeIfAbsent(draft.topic() + "\n" + field.group(4), thing -> new LinkedHashSet<>())
                        .add("What " + field.group(1) + " " + field.group(2) + " " + field.group(3) + " ");
            }
        }
        var candidates = new ArrayList<Candidate>();
        things.forEach((topic, named) -> named.forEach((thing, draft) -> {
            var own = fields.getOrDefault(topic + "\n" + thing, Set.of());
            named.keySet().stream()
                    .map(other -> fields.getOrDefault(topic + "\n" + other, Set.of()))
                    .filter(others -> others.stream().anyMatch(own::contains))
                    .flatMap(Set::stream)
                    .distinct()
                    .filter(field -> !own.contains(field))
                    .forEach(field -> candidates.add(new Candidate(unanswerable(field + thing + "?", draft), thing)));
        }));
        Collections.shuffle(candidates, random);
        return spread(candidates);
    }

    /** Fields of many things come first once each, so that not all ask for the same. */
    private static List<Candidate> spread(List<Candidate> candidates) {
        var left = new ArrayList<>(candidates);
        var spread = new ArrayList<Candidate>();
        while (!left.isEmpty()) {
            var things = new LinkedHashSet<String>();
            var fields = new LinkedHashSet<String>();
            var round = left.stream()
                    .filter(each -> !things.contains(each.thing())
                            && fields.add(each.draft().question().replace(each.thing(), ""))
                            && things.add(each.thing()))
                    .toList();
            spread.addAll(round);
            left.removeAll(round);
        }
        return spread;
    }

    /** Questions with a name that documents list beside another, which takes its place. */
    private List<Candidate> exchanged(List<Draft> drafts, Random random) {
        var beside = beside();
        var candidates = new ArrayList<Candidate>();
        for (var draft : drafts) {
            if (draft.type() != QuestionType.ANSWERABLE
                    || draft.worth() < 3
                    || draft.origin() == Draft.Origin.DEFINITION
                    || draft.question().contains("“")) {
                continue;
            }
            beside.forEach((name, others) -> {
                if (Pattern.compile("(?<=[\\p{Ll},] )" + Pattern.quote(name) + "(?! \\p{Lu})(?![\\p{L}'’-])")
                        .matcher(draft.question())
                        .find()) {
                    others.stream()
                            .filter(other -> !draft.question().contains(other))
                            .forEach(other -> candidates.add(
                                    new Candidate(unanswerable(draft.question().replace(name, other), draft), other)));
                }
            });
        }
        Collections.shuffle(candidates, random);
        return spread(candidates);
    }

    private Map<String, Set<String>> beside() {
        var beside = new LinkedHashMap<String, Set<String>>();
        for (var document : documents) {
            for (var passage : document.passages()) {
                var lists = LIST.matcher(passage.text());
                while (lists.find()) {
                    var names = List.of(lists.group().split(",? (?:and|or) |, ", -1));
                    if (names.stream()
                            .allMatch(name ->
                                    List.of(name.split(" ", -1)).stream().allMatch(rules.vocabulary()::isName))) {
                        names.forEach(name -> beside.computeIfAbsent(name, each -> new LinkedHashSet<>())
                                .addAll(names.stream()
                                        .filter(other -> !other.equals(name))
                                        .toList()));
                    }
                }
            }
        }
        return beside;
    }

    private static Draft unanswerable(String question, Draft from) {
        return new Draft(
                question, List.of(), from.documents(), QuestionType.UNANSWERABLE, from.origin(), from.topic(), 3);
    }
}
