package dev.tandem.tuning.example.gate;

import java.util.List;

/**
 * A finding before its excerpts are read.
 *
 * @param details for each line what is the matter there, or empty texts
 */
record Concern(FindingKind kind, Severity severity, String summary, List<Integer> lines, List<String> details) {
    Concern {
        lines = List.copyOf(lines);
        details = List.copyOf(details);
    }

    Concern(FindingKind kind, String summary, List<Integer> lines, List<String> details) {
        this(kind, kind.severity(), summary, lines, details);
    }
}
