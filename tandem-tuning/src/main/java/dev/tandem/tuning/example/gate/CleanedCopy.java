package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.conversion.JsonLinesFile;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.tuning.example.Losses;
import java.nio.file.Path;

/**
 * A copy of a training file without what the gate can mend: examples are left out, personal data is replaced by its kind.
 *
 * @param kept examples that are in the copy
 * @param leftOut examples that are not
 * @param redacted examples in which personal data was replaced
 */
public record CleanedCopy(int kept, int leftOut, int redacted) {

    /**
     * Writes it, in the form of the original, as JSON lines.
     *
     * @param replace whether a file that is there may be replaced
     */
    public static CleanedCopy write(
            ExampleFile file, GateReport report, GateSettings settings, Path out, boolean replace) {
        var leftOut = Gate.leftOut(report);
        var personal = new PersonalTurns(settings.personal());
        var found = new java.util.HashSet<Integer>();
        report.findings().stream()
                .filter(finding -> finding.kind() == FindingKind.PERSONAL_DATA)
                .forEach(finding -> found.addAll(finding.lines()));
        var counts = new int[3];
        try (var lines = JsonLinesFile.create(out, replace)) {
            file.each(example -> {
                if (leftOut.contains(example.line())) {
                    counts[1]++;
                    return;
                }
                boolean redact = found.contains(example.line());
                var kept = redact ? personal.redacted(example) : example;
                counts[0]++;
                counts[2] += redact ? 1 : 0;
                ExampleFiles.write(kept, kept.form(), new Losses()).ifPresent(lines::write);
            });
            lines.finish();
        }
        return new CleanedCopy(counts[0], counts[1], counts[2]);
    }
}
