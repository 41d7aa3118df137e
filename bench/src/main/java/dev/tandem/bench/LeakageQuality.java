package dev.tandem.bench;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.gate.Leak;
import dev.tandem.tuning.example.gate.Leakage;
import dev.tandem.tuning.example.near.Bag;
import dev.tandem.tuning.example.near.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Half of a test set is planted in its training set, each example changed in one way; how many of those are found, and how
 * many others are called leaks: of all, in the files as they were published, and of the other half, beside what was planted
 * (where examples come in families, as in e2e-nlg, some are alike to a planted relative).
 *
 * <p>It is planted in two ways: fairly ({@link Paraphrase#fairlyOf}), so that what is planted still is the same example, and
 * blindly, where any word may be replaced, the label and the names too. Alarms are counted twice: all of them, and those
 * whose training example is no near copy by the words ({@link #isNearCopy}), whatever the gate thinks of it: published sets
 * have true near copies. What is an exact copy without planting is counted apart.
 */
final class LeakageQuality {
    private static final int MOST = 1_600;
    private static final int LABEL = 5;
    private static final List<Paraphrase> WAYS = List.of(Paraphrase.values());

    /** What of an example is planted, and how. */
    private enum Planted {
        FAIR_EXAMPLE,
        EXAMPLE,
        QUESTION,
        ANSWER
    }

    private record Alarms(int all, int wrong) {}

    private LeakageQuality() {}

    static void measure(Map<String, ExampleCollections.Collection> collections, boolean fairOnly, boolean show) {
        System.out.println(
                "| collection | planted | found copies | found near copies | alarms as published | no near copies | alarms beside"
                        + " planted | no near copies | true copies | thresholds | "
                        + WAYS.stream().map(LeakageQuality::name).collect(Collectors.joining(" | ")) + " |");
        collections.forEach((name, collection) -> {
            for (var planted : fairOnly ? List.of(Planted.FAIR_EXAMPLE) : List.of(Planted.values())) {
                measure(name, collection, planted, show);
            }
        });
    }

    private static void measure(String name, ExampleCollections.Collection collection, Planted planted, boolean show) {
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
                .filter(word -> planted == Planted.FAIR_EXAMPLE ? Paraphrase.isPlain(word) : !word.isEmpty())
                .toList();
        var training = new ArrayList<>(collection.training());
        var ways = new HashMap<Integer, Paraphrase>();
        var copies = new HashMap<Integer, Example>();
        for (int i = 0; i < chosen.size() / 2; i++) {
            var way = WAYS.get(i % WAYS.size());
            var example = chosen.get(i);
            var other = collection
                    .training()
                    .get(random.nextInt(collection.training().size()));
            var copy = copy(example, other, planted, way, vocabulary, random, 1_000_000 + i);
            if (way.compareTo(Paraphrase.ONE_WORD_REPLACED) < 0 || !isCopy(example, copy)) {
                ways.put(example.line(), way);
                training.add(copy);
                copies.put(example.line(), copy);
            }
        }
        Collections.shuffle(training, random);
        report(
                name + ", " + planted.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                chosen,
                ways,
                Leakage.between(Examples.of(collection.training()), Examples.of(chosen)),
                Leakage.between(Examples.of(training), Examples.of(chosen)),
                copies,
                training.stream().collect(Collectors.toMap(Example::line, Function.identity())),
                show);
    }

    private static Example copy(
            Example example,
            Example other,
            Planted planted,
            Paraphrase way,
            List<String> vocabulary,
            Random random,
            int line) {
        return switch (planted) {
            case FAIR_EXAMPLE ->
                ExampleCollections.example(
                        line,
                        way.fairlyOf(example.question(), vocabulary, random),
                        Words.of(example.answer()).length < LABEL
                                ? example.answer()
                                : way.fairlyOf(example.answer(), vocabulary, random));
            case EXAMPLE ->
                ExampleCollections.example(
                        line,
                        way.of(example.question(), vocabulary, random),
                        way.of(example.answer(), vocabulary, random));
            case QUESTION ->
                ExampleCollections.example(line, way.of(example.question(), vocabulary, random), other.answer());
            case ANSWER ->
                ExampleCollections.example(line, other.question(), way.of(example.answer(), vocabulary, random));
        };
    }

    /** Too short to be changed fairly. */
    private static boolean isCopy(Example one, Example other) {
        return Arrays.equals(Words.of(one.question()), Words.of(other.question()))
                && Arrays.equals(Words.of(one.answer()), Words.of(other.answer()));
    }

    private static void report(
            String name,
            List<Example> tests,
            Map<Integer, Paraphrase> ways,
            Leakage before,
            Leakage leakage,
            Map<Integer, Example> copies,
            Map<Integer, Example> training,
            boolean show) {
        var byLine = tests.stream().collect(Collectors.toMap(Example::line, Function.identity()));
        var trueCopies = before.leaks().stream()
                .filter(leak -> leak.kind() == Leak.Kind.EXACT)
                .map(Leak::line)
                .collect(Collectors.toSet());
        var found = leakage.leaks().stream().map(Leak::line).collect(Collectors.toCollection(HashSet::new));
        var planted = new EnumMap<Paraphrase, int[]>(Paraphrase.class);
        for (var test : tests) {
            var way = ways.get(test.line());
            if (way != null) {
                var counts = planted.computeIfAbsent(way, same -> new int[2]);
                counts[0]++;
                counts[1] += found.contains(test.line()) ? 1 : 0;
                if (show && !found.contains(test.line())) {
                    System.out.printf(
                            "MISSED %s%n  %s%n  %s%n",
                            way, shown(test), shown(Objects.requireNonNull(copies.get(test.line()))));
                }
            }
        }
        var near = planted.entrySet().stream()
                .filter(entry -> entry.getKey() != Paraphrase.COPY)
                .toList();
        int all = Math.max(1, tests.size() - trueCopies.size());
        int quiet = Math.max(1, (int) tests.stream()
                .filter(test -> !ways.containsKey(test.line()) && !trueCopies.contains(test.line()))
                .count());
        var published = alarms(before, Map.of(), trueCopies, byLine, training, show);
        var beside = alarms(leakage, ways, trueCopies, byLine, training, false);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d of %d | %s | %.1f%% | %.2f%% | %.2f%% | %.2f%% | %.2f%% | %d | %s | %s |%n",
                name,
                ways.size(),
                tests.size(),
                percent(planted.getOrDefault(Paraphrase.COPY, new int[] {0, 1})),
                100.0
                        * near.stream().mapToInt(entry -> entry.getValue()[1]).sum()
                        / near.stream().mapToInt(entry -> entry.getValue()[0]).sum(),
                100.0 * published.all() / all,
                100.0 * published.wrong() / all,
                100.0 * beside.all() / quiet,
                100.0 * beside.wrong() / quiet,
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

    private static Alarms alarms(
            Leakage leakage,
            Map<Integer, Paraphrase> planted,
            Set<Integer> copies,
            Map<Integer, Example> tests,
            Map<Integer, Example> training,
            boolean show) {
        int all = 0;
        int wrong = 0;
        for (var leak : leakage.leaks()) {
            if (planted.containsKey(leak.line()) || copies.contains(leak.line())) {
                continue;
            }
            var test = Objects.requireNonNull(tests.get(leak.line()));
            var like = Objects.requireNonNull(training.get(leak.trainingLine()));
            boolean copy = isNearCopy(test, like);
            all++;
            wrong += copy ? 0 : 1;
            if (show) {
                System.out.printf(
                        Locale.ROOT,
                        "%s %s %s %.2f%n  %s%n  %s%n",
                        copy ? "COPY" : "WRONG",
                        leak.part(),
                        leak.kind(),
                        leak.likeness(),
                        shown(test),
                        shown(like));
            }
        }
        return new Alarms(all, wrong);
    }

    /**
     * Whether one is nearly the other by the words alone: the same answer, and at most a fifth of the question's words are
     * others; or the same words in the question, and answers that are no labels.
     */
    private static boolean isNearCopy(Example one, Example other) {
        var answer = Bag.words(Words.of(one.answer()));
        double changed = changed(one.question(), other.question());
        return changed <= 0.2 && Arrays.equals(answer, Bag.words(Words.of(other.answer())))
                || changed == 0 && answer.length >= LABEL;
    }

    /** The share of the longer text's words, in any order, that the other has not. */
    private static double changed(String one, String other) {
        var first = Bag.words(Words.of(one));
        var second = Bag.words(Words.of(other));
        int longer = Math.max(first.length, second.length);
        long common = Arrays.stream(first)
                .filter(word -> Arrays.binarySearch(second, word) >= 0)
                .count();
        return longer == 0 ? 0 : 1 - (double) common / longer;
    }

    private static String shown(Example example) {
        return (example.question() + " => " + example.answer()).replace("\n", " / ");
    }

    private static String percent(int[] counts) {
        return String.format(Locale.ROOT, "%.0f%%", 100.0 * counts[1] / counts[0]);
    }

    private static String name(Paraphrase way) {
        return way.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
