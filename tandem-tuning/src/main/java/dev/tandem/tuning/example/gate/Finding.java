package dev.tandem.tuning.example.gate;

import java.util.List;

/**
 * All that was found of a kind.
 *
 * @param summary one sentence with numbers
 * @param lines of all examples concerned, ascending
 * @param places the first {@value #SHOWN} of them, to look at
 */
public record Finding(FindingKind kind, Severity severity, String summary, List<Integer> lines, List<Place> places) {
    /** Places with an excerpt. */
    public static final int SHOWN = 20;

    public Finding {
        lines = List.copyOf(lines);
        places = List.copyOf(places);
    }
}
