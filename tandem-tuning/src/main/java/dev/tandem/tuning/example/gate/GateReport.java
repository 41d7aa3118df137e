package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.personal.PersonalKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the gate found in a training file.
 *
 * @param file as the user named it
 * @param examples that could be read
 * @param findings worst first
 * @param leakage what was found of each test file or folder of documents, in the user's order
 * @param lengths how many examples have up to so many words, ascending; the keys are powers of two
 * @param languages how many answers are in each language that could be told, by English name
 * @param answers the most frequent answers with their numbers, where they are labels; their first words
 * @param personal how often each kind of personal data was found
 */
public record GateReport(
        String file,
        int examples,
        List<Finding> findings,
        List<Against> leakage,
        Map<Integer, Integer> lengths,
        Map<String, Integer> languages,
        Map<String, Integer> answers,
        Map<PersonalKind, Integer> personal) {
    /** Leakage to one test file, or of documents into the test files. */
    public record Against(String name, Leakage leakage) {}

    public GateReport {
        findings = List.copyOf(findings);
        leakage = List.copyOf(leakage);
        lengths = java.util.Collections.unmodifiableMap(new TreeMap<>(lengths));
        languages = java.util.Collections.unmodifiableMap(new TreeMap<>(languages));
        answers = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(answers));
        personal = java.util.Collections.unmodifiableMap(new TreeMap<>(personal));
    }

    /** Whether anything of a test set is given away. */
    public boolean leaks() {
        return leakage.stream().anyMatch(against -> against.leakage().found());
    }

    /** How many examples have at least one finding that names lines. */
    public long concerned() {
        return findings.stream()
                .flatMap(finding -> finding.lines().stream())
                .distinct()
                .count();
    }
}
