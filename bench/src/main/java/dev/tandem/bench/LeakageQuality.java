package dev.tandem.bench;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.gate.Leak;
import dev.tandem.tuning.example.gate.Leakage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Half of a test set is planted in its training set, each example changed in one way; how many of those are found, and how
 * many others are called leaks: of all, in the files as they were published, and of the other half, beside what was planted
 * (where examples come in families, as in e2e-nlg, some are alike to a planted relative). What is an exact copy without
 * planting is counted apart: those are no false alarms.
 */
final class LeakageQuality {
    private static final int MOST = 1_600;
    private static final List<Paraphrase> WAYS = List.of(Paraphrase.values());

    /** What of an example is planted. */
    private enum Planted {
        EXAMPLE,
        QUESTION,
        ANSWER
    }

    private LeakageQuality() {}

    static void measure(Map<String, ExampleCollections.Collection> collections) {
        System.out.println(
                "| collection | planted | found copies | found near copies | false alarms as published | false alarms beside planted | true copies | "
                        + "thresholds | "
                        + Stream.of(Paraphrase.values())
                                .map(LeakageQuality::name)
                                .collect(Collectors.joining(" | ")) + " |");
        collections.forEach((name, collection) -> {
            for (var planted : Planted.values()) {
                measure(name, collection, planted);
            }
        });
    }

    private static void measure(String name, ExampleCollections.Collection collection, Planted planted) {
        var random = new Random(11);
        var questions = new HashSet<String>();
        var tests = new ArrayList<>(collection.test());
        Collections.shuffle(tests, random);
        // One example a question: planting one answer to a question gives all other answers to it away.
        tests.removeIf(example -> !questions.add(example.question()));
        var chosen = tests.subList(0, Math.min(MOST, tests.size()));
        var vocabulary = collection.training().stream()
                .limit(2_000)
                .flatMap(example -> Stream.of((example.question() + " " + example.answer()).split("\\s+", -1)))
                .filter(word -> !word.isEmpty())
                .toList();
        var training = new ArrayList<>(collection.training());
        var ways = new HashMap<Integer, Paraphrase>();
        for (int i = 0; i < chosen.size() / 2; i++) {
            var way = WAYS.get(i % WAYS.size());
            var example = chosen.get(i);
            ways.put(example.line(), way);
            var other = collection
                    .training()
                    .get(random.nextInt(collection.training().size()));
            training.add(ExampleCollections.example(
                    1_000_000 + i,
                    planted == Planted.ANSWER ? other.question() : way.of(example.question(), vocabulary, random),
                    planted == Planted.QUESTION ? other.answer() : way.of(example.answer(), vocabulary, random)));
        }
        Collections.shuffle(training, random);
        var before = Leakage.between(Examples.of(collection.training()), Examples.of(chosen));
        report(
                name + ", " + planted.name().toLowerCase(Locale.ROOT),
                chosen,
                ways,
                before,
                Leakage.between(Examples.of(training), Examples.of(chosen)));
    }

    private static void report(
            String name, List<Example> tests, Map<Integer, Paraphrase> ways, Leakage before, Leakage leakage) {
        var trueCopies = before.leaks().stream()
                .filter(leak -> leak.kind() == Leak.Kind.EXACT)
                .map(Leak::line)
                .collect(Collectors.toSet());
        var found = leakage.leaks().stream().map(Leak::line).collect(Collectors.toCollection(HashSet::new));
        var planted = new EnumMap<Paraphrase, int[]>(Paraphrase.class);
        int quiet = 0;
        int alarms = 0;
        for (var test : tests) {
            var way = ways.get(test.line());
            if (way != null) {
                var counts = planted.computeIfAbsent(way, same -> new int[2]);
                counts[0]++;
                counts[1] += found.contains(test.line()) ? 1 : 0;
            } else if (!trueCopies.contains(test.line())) {
                quiet++;
                alarms += found.contains(test.line()) ? 1 : 0;
            }
        }
        var near = planted.entrySet().stream()
                .filter(entry -> entry.getKey() != Paraphrase.COPY)
                .toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d of %d | %s | %.1f%% | %.2f%% | %.2f%% | %d | %s | %s |%n",
                name,
                ways.size(),
                tests.size(),
                percent(planted.getOrDefault(Paraphrase.COPY, new int[] {0, 1})),
                100.0
                        * near.stream().mapToInt(entry -> entry.getValue()[1]).sum()
                        / near.stream().mapToInt(entry -> entry.getValue()[0]).sum(),
                100.0 * (before.leaks().size() - trueCopies.size()) / Math.max(1, tests.size() - trueCopies.size()),
                100.0 * alarms / Math.max(1, quiet),
                trueCopies.size(),
                leakage.thresholds().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "%s %.2f",
                                entry.getKey().name().toLowerCase(Locale.ROOT),
                                entry.getValue()))
                        .collect(Collectors.joining(", ")),
                planted.values().stream().map(LeakageQuality::percent).collect(Collectors.joining(" | ")));
    }

    private static String percent(int[] counts) {
        return String.format(Locale.ROOT, "%.0f%%", 100.0 * counts[1] / counts[0]);
    }

    private static String name(Paraphrase way) {
        return way.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
