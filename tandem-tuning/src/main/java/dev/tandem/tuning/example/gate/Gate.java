package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.entry.Fault;
import dev.tandem.tuning.example.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The data quality gate: reads a training file as a stream, several times, keeps hashes instead of texts, and reports what
 * is wrong with it. On all cores; 100 MB of examples are checked in a heap of 512 MB.
 */
public final class Gate {
    private static final int FEW = 100;
    private static final int LEAST = 10;
    private static final int MANY = 10_000;

    private final GateSettings settings;

    public Gate(GateSettings settings) {
        this.settings = settings;
    }

    /**
     * Checks a training file.
     *
     * @param leakage what {@link Leakage} found of it
     */
    public GateReport check(ExampleFile file, List<GateReport.Against> leakage) {
        return check(file, file.file().toString(), leakage, file::faults);
    }

    GateReport check(
            Examples examples,
            String name,
            List<GateReport.Against> leakage,
            java.util.function.Supplier<List<Fault>> faults) {
        var seen = new Seen();
        var observer = new Observation.Observer(settings);
        InBatches.inOrder(examples, observer::observe, seen::add);
        var concerns = new ArrayList<Concern>();
        amount(seen, concerns);
        concerns.addAll(Duplicates.find(seen, settings.nearDuplicate()));
        concerns.addAll(Answers.find(seen));
        concerns.addAll(Shapes.find(seen));
        Conflicts.find(seen, examples).ifPresent(concerns::add);
        leaks(leakage, concerns);
        var excerpts = excerpts(examples, seen, concerns);
        return new GateReport(
                name,
                seen.size(),
                findings(seen, concerns, excerpts, faults.get()),
                leakage,
                lengths(seen),
                languages(seen),
                labels(seen, excerpts),
                seen.personal());
    }

    /** Published advice: 100 to 10,000 examples; LoRA is useful from 100 to 500 on. */
    private static void amount(Seen seen, List<Concern> concerns) {
        if (seen.size() < FEW) {
            concerns.add(new Concern(
                    FindingKind.TOO_FEW,
                    seen.size() < LEAST ? Severity.ERROR : Severity.WARNING,
                    String.format(
                            Locale.ROOT,
                            "%,d examples are few: tuning works from 100 to 10,000, LoRA from 100 to 500 on",
                            seen.size()),
                    List.of(),
                    List.of()));
        } else if (seen.size() > MANY) {
            concerns.add(new Concern(
                    FindingKind.TOO_MANY,
                    String.format(
                            Locale.ROOT, "%,d examples are more than the 10,000 that are usually enough", seen.size()),
                    List.of(),
                    List.of()));
        }
    }

    private static void leaks(List<GateReport.Against> leakage, List<Concern> concerns) {
        for (var against : leakage) {
            if (against.leakage().found()) {
                var byLine = new TreeMap<Integer, String>();
                against.leakage()
                        .leaks()
                        .forEach(leak -> byLine.merge(
                                leak.trainingLine(),
                                (leak.kind() + " " + leak.part() + " of line " + leak.line()).toLowerCase(Locale.ROOT)
                                        + " of " + against.name(),
                                (one, other) -> one));
                concerns.add(new Concern(
                        FindingKind.LEAKAGE,
                        String.format(
                                Locale.ROOT,
                                "%,d of the %,d examples of %s are given away",
                                against.leakage().leaks().size(),
                                against.leakage().examples(),
                                against.name()),
                        List.copyOf(byLine.keySet()),
                        List.copyOf(byLine.values())));
            }
        }
    }

    /** Excerpts of the lines that will be shown, by line: the question's beginning and the answer's. */
    private static Map<Integer, String> excerpts(Examples examples, Seen seen, List<Concern> concerns) {
        var wanted = new HashSet<Integer>();
        concerns.forEach(
                concern -> concern.lines().stream().limit(Finding.SHOWN).forEach(wanted::add));
        frequent(seen).values().forEach(number -> wanted.add(seen.line(number)));
        var excerpts = new HashMap<Integer, String>();
        if (!wanted.isEmpty()) {
            examples.each(example -> {
                if (wanted.contains(example.line())) {
                    excerpts.put(example.line(), excerpt(example));
                }
            });
        }
        return excerpts;
    }

    private static String excerpt(Example example) {
        return Place.excerpt(ExampleWords.asked(example), 0) + " → " + Place.excerpt(example.answer(), 0);
    }

    private static List<Finding> findings(
            Seen seen, List<Concern> concerns, Map<Integer, String> excerpts, List<Fault> faults) {
        var findings = new ArrayList<Finding>();
        for (var kind : FindingKind.values()) {
            var same =
                    concerns.stream().filter(concern -> concern.kind() == kind).toList();
            var lines = new java.util.TreeSet<Integer>(seen.hitLines(kind));
            same.forEach(concern -> lines.addAll(concern.lines()));
            if (kind == FindingKind.UNREADABLE) {
                unreadable(faults, findings);
            } else if (!lines.isEmpty() || !same.isEmpty()) {
                var places = new ArrayList<>(seen.hitPlaces(kind));
                same.forEach(concern -> places.addAll(places(concern, excerpts)));
                findings.add(new Finding(
                        kind,
                        same.stream()
                                .map(Concern::severity)
                                .min(Comparator.naturalOrder())
                                .orElse(kind.severity()),
                        summary(kind, same, seen),
                        List.copyOf(lines),
                        places.subList(0, Math.min(Finding.SHOWN, places.size()))));
            }
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }

    private static void unreadable(List<Fault> faults, List<Finding> findings) {
        if (!faults.isEmpty()) {
            findings.add(new Finding(
                    FindingKind.UNREADABLE,
                    Severity.ERROR,
                    String.format(Locale.ROOT, "%,d faults in the file itself", faults.size()),
                    faults.stream().map(Fault::line).distinct().toList(),
                    faults.stream()
                            .limit(Finding.SHOWN)
                            .map(fault -> new Place(fault.line(), fault.rule(), fault.message()))
                            .toList()));
        }
    }

    private static List<Place> places(Concern concern, Map<Integer, String> excerpts) {
        var places = new ArrayList<Place>();
        for (int i = 0; i < Math.min(Finding.SHOWN, concern.lines().size()); i++) {
            int line = concern.lines().get(i);
            places.add(new Place(line, concern.details().get(i), excerpts.getOrDefault(line, "")));
        }
        return places;
    }

    private static String summary(FindingKind kind, List<Concern> concerns, Seen seen) {
        var sentences = new ArrayList<String>();
        int hits = seen.hitLines(kind).size();
        if (hits > 0) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%,d %s with %s",
                    hits,
                    hits == 1 ? "example" : "examples",
                    kind == FindingKind.TOO_LONG ? "more tokens than the context" : kind.title()));
        }
        concerns.forEach(concern -> sentences.add(concern.summary()));
        return String.join("; ", sentences);
    }

    private static Map<Integer, Integer> lengths(Seen seen) {
        var lengths = new TreeMap<Integer, Integer>();
        for (int i = 0; i < seen.size(); i++) {
            lengths.merge(Math.max(1, Integer.highestOneBit(Math.max(1, 2 * seen.length(i) - 1))), 1, Integer::sum);
        }
        return lengths;
    }

    private static Map<String, Integer> languages(Seen seen) {
        var languages = new TreeMap<String, Integer>();
        var codes = new HashMap<String, Integer>();
        for (int i = 0; i < seen.size(); i++) {
            codes.merge(seen.language(i), 1, Integer::sum);
        }
        codes.forEach(
                (code, count) -> languages.merge(code.isEmpty() ? "not told" : Shapes.name(code), count, Integer::sum));
        return languages;
    }

    /** The most frequent answers, by an example that has them, where answers are labels. */
    private static Map<Integer, Integer> frequent(Seen seen) {
        var counts = new HashMap<Long, Integer>();
        var first = new HashMap<Long, Integer>();
        for (int i = 0; i < seen.size(); i++) {
            counts.merge(seen.answer(i), 1, Integer::sum);
            first.putIfAbsent(seen.answer(i), i);
        }
        if (!Answers.isLabelled(seen, counts)) {
            return Map.of();
        }
        var frequent = new LinkedHashMap<Integer, Integer>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<Long, Integer>comparingByValue().reversed())
                .limit(Finding.SHOWN)
                .forEach(entry -> frequent.put(frequent.size(), first.getOrDefault(entry.getKey(), 0)));
        return frequent;
    }

    private static Map<String, Integer> labels(Seen seen, Map<Integer, String> excerpts) {
        var counts = new HashMap<Long, Integer>();
        for (int i = 0; i < seen.size(); i++) {
            counts.merge(seen.answer(i), 1, Integer::sum);
        }
        var labels = new LinkedHashMap<String, Integer>();
        frequent(seen).values().forEach(number -> {
            var excerpt = excerpts.getOrDefault(seen.line(number), "");
            labels.putIfAbsent(
                    excerpt.substring(excerpt.lastIndexOf("→") + 1).strip(),
                    counts.getOrDefault(seen.answer(number), 0));
        });
        return labels;
    }

    /** The lines that a cleaned copy leaves out. */
    static Set<Integer> leftOut(GateReport report) {
        var lines = new HashSet<Integer>();
        report.findings().stream()
                .filter(finding -> finding.kind().mending() == FindingKind.Mending.LEFT_OUT)
                .forEach(finding -> lines.addAll(finding.lines()));
        return lines;
    }
}
