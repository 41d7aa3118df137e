package dev.tandem.evaluation.sweep;

import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Questions in two halves, each type in both as evenly as can be, and no document in both: questions that share a document
 * stay together. The same questions and seed give the same halves. Immutable.
 *
 * @param choosing what a configuration is chosen on
 * @param reporting what it is measured on afterwards
 */
public record Halves(List<TestCase> choosing, List<TestCase> reporting) {
    public Halves {
        choosing = List.copyOf(choosing);
        reporting = List.copyOf(reporting);
    }

    /** Divides questions that name documents. */
    public static Halves of(List<TestCase> questions, long seed) {
        var groups = groups(questions);
        Collections.shuffle(groups, new Random(seed));
        // Large groups first: small ones can still even out what those leave.
        groups.sort(
                Comparator.comparingInt((List<TestCase> group) -> group.size()).reversed());
        var first = new ArrayList<TestCase>();
        var second = new ArrayList<TestCase>();
        for (var group : groups) {
            long surplus = 0;
            for (var question : group) {
                surplus += count(first, question.type()) - count(second, question.type());
            }
            boolean toFirst = surplus == 0 ? first.size() <= second.size() : surplus < 0;
            (toFirst ? first : second).addAll(group);
        }
        return new Halves(first, second);
    }

    private static long count(List<TestCase> questions, QuestionType type) {
        return questions.stream().filter(question -> question.type() == type).count();
    }

    private static List<List<TestCase>> groups(List<TestCase> questions) {
        Map<String, List<TestCase>> byDocument = new HashMap<>();
        var groups = new ArrayList<List<TestCase>>();
        for (var question : questions) {
            List<TestCase> joined = new ArrayList<>(List.of(question));
            for (var document : question.documents()) {
                var other = byDocument.get(document);
                if (other != null && !other.equals(joined)) {
                    groups.removeIf(other::equals);
                    joined.addAll(other);
                    for (var member : other) {
                        member.documents().forEach(known -> byDocument.put(known, joined));
                    }
                }
                byDocument.put(document, joined);
            }
            groups.add(joined);
        }
        return groups;
    }
}
