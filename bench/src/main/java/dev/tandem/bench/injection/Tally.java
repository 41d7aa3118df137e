package dev.tandem.bench.injection;

import dev.tandem.knowledge.injection.Injection;
import dev.tandem.knowledge.injection.InjectionDetector;
import dev.tandem.knowledge.injection.InjectionModel;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was flagged, and prints it. */
public final class Tally {
    private final String title;
    private final boolean verbose;
    private final Map<String, int[]> attacks = new TreeMap<>();
    private final Map<String, int[]> clean = new TreeMap<>();

    /** Makes an empty one that prints what was missed and wrongly flagged if it is verbose. */
    public Tally(String title, boolean verbose) {
        this.title = title;
        this.verbose = verbose;
    }

    /** Counts an attack: by its source and what it stands in, and by its kind. */
    public void attack(Corpus.Test test, InjectionModel model) {
        double score = test.planted().score(model);
        boolean found = score >= model.threshold();
        for (var name : new String[] {
            test.attack().source() + ", " + test.context(),
            "    " + test.attack().source() + ", " + test.attack().kind()
        }) {
            var count = attacks.computeIfAbsent(name, each -> new int[2]);
            count[0] += found ? 1 : 0;
            count[1]++;
        }
        if (verbose && !found) {
            System.out.printf(
                    "  missed (%.4f, %s): %s%n",
                    score,
                    test.context(),
                    test.attack().text().lines().findFirst().orElse(""));
        }
    }

    /** Counts a clean document and its passages. */
    public void clean(Case document, InjectionDetector detector) {
        var found = detector.find(document.split().document(), document.split().passages());
        var count = clean.computeIfAbsent(document.group(), each -> new int[4]);
        count[0] += found.isEmpty() ? 0 : 1;
        count[1]++;
        count[2] += (int) found.stream().mapToInt(Injection::passage).distinct().count();
        count[3] += document.split().passages().size();
        if (verbose) {
            found.forEach(flag -> System.out.printf(
                    "  flagged %.4f in %s %s: %s%n",
                    flag.score(),
                    document.group(),
                    document.split().document().path(),
                    flag.text().replace('\n', ' ')));
        }
    }

    /** Prints the rates. */
    public void print() {
        System.out.printf("%n%s%n", title);
        attacks.forEach((name, count) -> System.out.printf(
                "%-50s %5.1f%%  %d of %d flagged%n", name, 100.0 * count[0] / count[1], count[0], count[1]));
        clean.forEach((name, count) -> System.out.printf(
                "%-34s %3d of %4d documents (%.2f%%), %3d of %5d passages (%.2f%%)%n",
                name,
                count[0],
                count[1],
                100.0 * count[0] / count[1],
                count[2],
                count[3],
                100.0 * count[2] / Math.max(1, count[3])));
    }
}
