package dev.tandem.bench.injection;

import dev.tandem.bench.injection.Regression.Row;
import dev.tandem.knowledge.injection.InjectionModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits a model to cases. The second regression is fitted to what the first says of folds that it was not fitted on, and the
 * threshold is chosen on what the second says of such. So nothing outside the cases given has a part in any of it.
 */
public final class Fit {
    private static final double FIRST_PULL = 1e-3;

    private static final double SECOND_PULL = 1e-3;

    /** The share of clean candidates that the first regression passes on to the second. */
    private static final double PASSED_ON = 0.2;

    /**
     * Of the clean files given so many may be flagged out of fold. Half as many were tried, too: then none of 130 documents of
     * the handbook is flagged instead of one, and 90 of 100 attacks instead of 93.
     */
    private static final double FALSE_ALARMS = 0.01;

    private final List<Case> cases;
    private final List<Integer> folds;

    private Fit(List<Case> cases) {
        this.cases = cases;
        folds = cases.stream().map(Case::fold).distinct().sorted().toList();
    }

    /** The model of these cases. */
    public static InjectionModel of(List<Case> cases) {
        return new Fit(cases).model();
    }

    /** A sentence that the first regression passes on. */
    private record Passed(Case of, Row row) {}

    private InjectionModel model() {
        var logits = new HashMap<Case, double[]>();
        for (int fold : folds) {
            var first = first(each -> each.fold() != fold);
            cases.stream().filter(each -> each.fold() == fold).forEach(each -> logits.put(each, logits(first, each)));
        }
        var first = first(each -> true);
        double suspicion = suspicion(logits);
        var passed = passed(logits, suspicion);
        double threshold = threshold(passed);
        var second = second(passed);
        return new InjectionModel(
                first.weights(),
                first.bias(),
                suspicion,
                second.weights(),
                second.bias(),
                1 / (1 + Math.exp(-threshold)));
    }

    private static double[] logits(Regression first, Case of) {
        return of.looks().stream()
                .mapToDouble(look -> first.logit(look.values()))
                .toArray();
    }

    private Regression first(Predicate<Case> chosen) {
        var rows = new ArrayList<Passed>();
        var seen = new HashSet<String>();
        for (var each : cases) {
            for (int at : chosen.test(each) ? each.own() : List.<Integer>of()) {
                var look = each.looks().get(at);
                if (seen.add(look.text())) {
                    rows.add(new Passed(each, new Row(look.values(), each.isAttack(), 1)));
                }
            }
        }
        return Regression.of(weighed(rows), FIRST_PULL);
    }

    private static double[] of(Case each, Map<Case, double[]> logits) {
        return Objects.requireNonNull(logits.get(each));
    }

    private double suspicion(Map<Case, double[]> logits) {
        var clean = cases.stream()
                .filter(each -> !each.isAttack())
                .flatMapToDouble(each -> each.own().stream().mapToDouble(at -> of(each, logits)[at]))
                .sorted()
                .toArray();
        return clean[(int) (clean.length * (1 - PASSED_ON))];
    }

    private List<Passed> passed(Map<Case, double[]> logits, double suspicion) {
        var passed = new ArrayList<Passed>();
        Set<String> seen = new HashSet<>();
        for (var each : cases) {
            for (int at : each.own()) {
                boolean counts =
                        each.isAttack() || seen.add(each.looks().get(at).text());
                if (counts && of(each, logits)[at] >= suspicion) {
                    passed.add(new Passed(each, new Row(each.values(at, of(each, logits)), each.isAttack(), 1)));
                }
            }
        }
        return passed;
    }

    private static Regression second(List<Passed> passed) {
        return Regression.ofStandardized(weighed(passed), SECOND_PULL);
    }

    /** The lowest logit at which no more than the allowed share of the clean files would be flagged. */
    private double threshold(List<Passed> passed) {
        var highest = new HashMap<Case, Double>();
        for (int fold : folds) {
            var second = second(
                    passed.stream().filter(each -> each.of().fold() != fold).toList());
            passed.stream()
                    .filter(each -> each.of().fold() == fold && isCleanFile(each.of()))
                    .forEach(each ->
                            highest.merge(each.of(), second.logit(each.row().values()), Math::max));
        }
        var sorted = highest.values().stream().sorted(Comparator.reverseOrder()).toList();
        long files = cases.stream().filter(Fit::isCleanFile).count();
        int allowed = (int) (FALSE_ALARMS * files);
        return Math.nextUp(sorted.get(allowed));
    }

    private static boolean isCleanFile(Case of) {
        return !of.isAttack() && Corpus.FILES.contains(of.group());
    }

    /** Clean text and attacks count the same in all, and of the attacks each source as {@link Corpus#WEIGHTS} says. */
    private static List<Row> weighed(List<Passed> rows) {
        var counts = rows.stream().collect(Collectors.groupingBy(each -> group(each.of()), Collectors.counting()));
        double all = counts.keySet().stream()
                .filter(group -> !group.isEmpty())
                .mapToDouble(Corpus.WEIGHTS::get)
                .sum();
        return IntStream.range(0, rows.size())
                .mapToObj(i -> {
                    var group = group(rows.get(i).of());
                    double weight = group.isEmpty() ? 1 : Corpus.WEIGHTS.getOrDefault(group, 1.0) / all;
                    var row = rows.get(i).row();
                    return new Row(row.values(), row.attack(), weight / counts.getOrDefault(group, 1L));
                })
                .toList();
    }

    private static String group(Case of) {
        return of.isAttack() ? of.group() : "";
    }
}
