package dev.tandem.bench;

import dev.tandem.bench.verdict.SimulationTables;

/**
 * What verdicts are worth where the truth is known: how often intervals hold it, how often a winner is declared where there is none,
 * how often the right one is declared and guessed where there is one, and whether the examples still needed are predicted well.
 * Answers are drawn with a difficulty that all approaches meet.
 *
 * <p>Arguments, all optional: the number of reports of each row (2000), the seed (1), and which tables of {@code exact}, {@code coverage},
 * {@code none}, {@code gap} and {@code needed} (all).
 */
public final class VerdictSimulation {
    private VerdictSimulation() {}

    public static void main(String[] arguments) {
        int reports = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        String tables = arguments.length > 2 ? arguments[2] : "exact,coverage,none,gap,needed";
        SimulationTables simulation = new SimulationTables(reports, seed, System.out);
        for (String table : tables.split(",", -1)) {
            switch (table) {
                case "exact" -> simulation.exactCoverage();
                case "coverage" -> simulation.coverage();
                case "none" -> simulation.noGap();
                case "gap" -> simulation.gap();
                case "needed" -> simulation.needed();
                default -> throw new IllegalArgumentException("No table " + table);
            }
        }
    }
}
