package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Examples for tests: sentences of made-up facts, no two alike. */
final class ExampleTexts {
    private static final List<String> PLACES = List.of(
            "harbour",
            "museum",
            "library",
            "station",
            "market",
            "bakery",
            "school",
            "theatre",
            "garden",
            "bridge",
            "castle",
            "hospital",
            "factory",
            "stadium",
            "chapel",
            "gallery",
            "prison",
            "observatory",
            "brewery",
            "lighthouse");
    private static final List<String> THINGS = List.of(
            "violin", "turtle", "lantern", "carpet", "engine", "compass", "blanket", "statue", "bicycle", "kettle",
            "parrot", "ladder", "mirror", "barrel", "anchor", "guitar", "helmet", "candle", "rocket", "puzzle",
            "saddle", "tractor");
    private static final List<String> DEEDS = List.of(
            "repairs",
            "paints",
            "borrows",
            "measures",
            "polishes",
            "photographs",
            "exhibits",
            "auctions",
            "restores",
            "imports",
            "insures",
            "catalogues",
            "donates",
            "weighs",
            "dismantles",
            "assembles");

    private ExampleTexts() {}

    static Example example(int line, String question, String answer) {
        return new Example(
                line,
                List.of(
                        new Message(Message.Role.USER, question, false),
                        new Message(Message.Role.ASSISTANT, answer, true)),
                Optional.empty(),
                Map.of());
    }

    /** So many examples with different questions and answers. */
    static List<Example> facts(int count, long seed) {
        var random = new Random(seed);
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> example(i, question(random), answer(random)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static String question(Random random) {
        return "Who " + of(DEEDS, random) + " the " + of(THINGS, random) + " and the " + of(THINGS, random)
                + " that the " + of(PLACES, random) + " " + of(DEEDS, random) + " behind the " + of(PLACES, random)
                + "?";
    }

    static String answer(Random random) {
        return "The keeper of the " + of(PLACES, random) + " " + of(DEEDS, random) + " the " + of(THINGS, random)
                + ", while the "
                + of(PLACES, random) + " " + of(DEEDS, random) + " every " + of(THINGS, random) + " beside the "
                + of(PLACES, random)
                + ".";
    }

    private static String of(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    /** What the gate says of examples. */
    static GateReport check(List<Example> examples, GateSettings settings) {
        return new Gate(settings).check(Examples.of(examples), "examples", List.of(), List::of);
    }

    static GateReport check(List<Example> examples) {
        return check(examples, GateSettings.DEFAULTS);
    }

    /** The lines of a kind's finding; none where there is no such finding. */
    static List<Integer> lines(GateReport report, FindingKind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .map(Finding::lines)
                .orElse(List.of());
    }

    static boolean found(GateReport report, FindingKind kind) {
        return report.findings().stream().anyMatch(finding -> finding.kind() == kind);
    }
}
