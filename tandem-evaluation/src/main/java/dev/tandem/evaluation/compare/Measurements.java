package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.foundation.MendableException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several approaches on one test set.
 *
 * @param metric the name of the quality measure, such as {@code accuracy} or {@code f1}
 * @param cases of the test set, in its order
 * @param approaches 2 to 8 of them, in the order in which they are shown
 * @param seed of everything drawn at random
 */
public record Measurements(String metric, List<ComparedCase> cases, List<Measured> approaches, long seed) {
    private static final int MOST_APPROACHES = 8;

    /**
     * Copies the lists.
     *
     * @throws MendableException if there are too few or too many approaches, a name or a case is there twice, or a score belongs to
     *     no case
     */
    public Measurements {
        cases = List.copyOf(cases);
        approaches = List.copyOf(approaches);
        if (approaches.size() < 2 || approaches.size() > MOST_APPROACHES) {
            throw new MendableException(
                    "A comparison takes 2 to %d approaches, not %d".formatted(MOST_APPROACHES, approaches.size()));
        }
        Set<String> ids = unique("case", cases.stream().map(ComparedCase::id).toList());
        unique("approach", approaches.stream().map(Measured::approach).toList());
        for (Measured measured : approaches) {
            measured.quality().keySet().stream()
                    .filter(id -> !ids.contains(id))
                    .sorted()
                    .findFirst()
                    .ifPresent(id -> {
                        throw new MendableException(
                                "%s has a score for %s, which is not in the test set: measure all on the same one"
                                        .formatted(measured.approach(), id));
                    });
        }
    }

    private static Set<String> unique(String what, Collection<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new MendableException("The %s %s is there twice: give each its own name".formatted(what, name));
            }
        }
        return seen;
    }

    /** The approach of that name; an unknown one is an error of the caller. */
    public Measured approach(String name) {
        return approaches.stream()
                .filter(measured -> measured.approach().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No approach " + name));
    }

    /** Whether all scores are 0 or 1. */
    boolean binary() {
        return approaches.stream()
                .flatMap(measured -> measured.quality().values().stream())
                .allMatch(score -> score == 0 || score == 1);
    }

    /** Cases that at least one approach has a score for, of one type or all; what nobody reached is not missing. */
    List<ComparedCase> reached(Set<QuestionType> types) {
        Set<String> scored = approaches.stream()
                .flatMap(measured -> measured.quality().keySet().stream())
                .collect(Collectors.toSet());
        return cases.stream()
                .filter(testCase -> types.contains(testCase.type()) && scored.contains(testCase.id()))
                .toList();
    }
}
