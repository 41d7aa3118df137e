package dev.tandem.evaluation.draft;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Questions that need two documents: two facts of one topic, asked for together. Without state. */
public final class SeveralDocuments {
    private static final int MOST_WORDS = 15;
    private static final Pattern FIELD = Pattern.compile("^What (is|are) (the [^“?]+?) (of|for) ([^“?]+)\\?$");

    private SeveralDocuments() {}

    /** All pairs that fit, each draft at most once; the same for the same seed. */
    public static List<Draft> of(List<Draft> drafts, long seed) {
        var usable = new ArrayList<>(
                drafts.stream().filter(SeveralDocuments::isUsable).toList());
        Collections.shuffle(usable, new Random(seed));
        var pairs = new ArrayList<Draft>();
        var used = new HashSet<Draft>();
        for (boolean fields : new boolean[] {true, false}) {
            for (int i = 0; i < usable.size(); i++) {
                for (int j = i + 1; j < usable.size() && !used.contains(usable.get(i)); j++) {
                    var one = usable.get(i);
                    var other = usable.get(j);
                    if (!used.contains(other) && fit(one, other) && isField(one, other) == fields) {
                        used.add(one);
                        used.add(other);
                        pairs.add(joined(one, other));
                    }
                }
            }
        }
        return pairs;
    }

    private static boolean isUsable(Draft draft) {
        return draft.type() == QuestionType.ANSWERABLE
                && draft.worth() == 3
                && !draft.question().contains("“")
                && !draft.question().matches("(?:Can|May|Do|Does|Is|Are|Must|Should|Will) .*")
                && draft.question().split(" ", -1).length <= MOST_WORDS
                && draft.answers().getFirst().split(" ", -1).length <= MOST_WORDS;
    }

    private static boolean fit(Draft one, Draft other) {
        if (one.document().equals(other.document())
                || one.answers().equals(other.answers())
                || !one.topic().equals(other.topic())) {
            return false;
        }
        if (isField(one, other)) {
            return !entity(one).equals(entity(other));
        }
        var common = new HashSet<>(stems(one));
        common.retainAll(stems(other));
        return !common.isEmpty()
                && common.size() < Math.min(stems(one).size(), stems(other).size());
    }

    private static Set<String> stems(Draft draft) {
        return Wording.stems(draft.question());
    }

    private static boolean isField(Draft one, Draft other) {
        var first = FIELD.matcher(one.question());
        var second = FIELD.matcher(other.question());
        return first.matches() && second.matches() && first.group(2).equals(second.group(2));
    }

    private static String entity(Draft draft) {
        var field = FIELD.matcher(draft.question());
        return field.matches() ? field.group(4) : "";
    }

    private static Draft joined(Draft one, Draft other) {
        var first = one.question().substring(0, one.question().length() - 1);
        var second = Character.toLowerCase(other.question().charAt(0))
                + other.question().substring(1);
        var field = FIELD.matcher(other.question());
        var question = isField(one, other) && field.matches()
                ? first + " and " + field.group(3) + " " + field.group(4) + "?"
                : first + ", and " + second;
        return new Draft(
                question,
                List.of(one.answers().getFirst(), other.answers().getFirst()),
                List.of(one.document(), other.document()),
                QuestionType.SEVERAL_DOCUMENTS,
                one.origin(),
                one.topic(),
                3);
    }
}
