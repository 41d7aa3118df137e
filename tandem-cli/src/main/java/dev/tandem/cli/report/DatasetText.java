package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.tuning.conversion.Collection;
import dev.tandem.tuning.conversion.Conversion;
import dev.tandem.tuning.conversion.Validation;
import dev.tandem.tuning.entry.Fault;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of training data. */
public final class DatasetText {
    private DatasetText() {}

    /** A conversion, for people. */
    public static String of(Path out, Conversion conversion) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d of %,d examples written from %s to %s: %s",
                conversion.written(),
                conversion.examples(),
                conversion.from(),
                conversion.to(),
                out));
        if (!conversion.lost().isEmpty()) {
            text.append("\nLost, with how many examples had it:");
            conversion.lost().forEach((what, count) -> text.append(row(count, what)));
        }
        return text.toString();
    }

    /** A conversion, for programs. */
    public static Map<String, Object> json(Path out, Conversion conversion) {
        return Json.object(
                "out", out,
                "from", conversion.from().toString(),
                "to", conversion.to().toString(),
                "examples", conversion.examples(),
                "written", conversion.written(),
                "lost", conversion.lost());
    }

    /** A collection, for people. */
    public static String of(Path out, Collection collection) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d of %,d records became examples: %s",
                collection.written(),
                collection.records(),
                out));
        if (collection.written() < collection.records()) {
            text.append("\nLeft out:");
            text.append(row(collection.withoutQuestion(), "without a question"));
            text.append(row(collection.withoutAnswer(), "without an answer"));
        }
        return text.toString();
    }

    /** A collection, for programs. */
    public static Map<String, Object> json(Path out, Collection collection) {
        return Json.object(
                "out", out,
                "records", collection.records(),
                "written", collection.written(),
                "without_question", collection.withoutQuestion(),
                "without_answer", collection.withoutAnswer());
    }

    /** All faults and how many of each rule, for people. */
    public static String of(Path file, Validation validation) {
        if (validation.faults().isEmpty()) {
            return String.format(Locale.ROOT, "%s: no faults in %,d examples.", file, validation.examples());
        }
        var text = new StringBuilder();
        for (var fault : validation.faults()) {
            text.append(file)
                    .append(fault.line() > 0 ? ", line " + fault.line() : "")
                    .append(": ")
                    .append(fault.message())
                    .append(".\n");
        }
        text.append(String.format(
                Locale.ROOT, "%,d faults in %,d examples:", validation.faults().size(), validation.examples()));
        validation.faults().stream()
                .collect(Collectors.groupingBy(Fault::rule, TreeMap::new, Collectors.summingInt(each -> 1)))
                .forEach((rule, count) -> text.append(row(count, rule)));
        return text.toString();
    }

    /** All faults, for programs. */
    public static Map<String, Object> json(Path file, Validation validation) {
        return Json.object(
                "file",
                file,
                "examples",
                validation.examples(),
                "faults",
                validation.faults().stream()
                        .map(fault ->
                                Json.object("line", fault.line(), "rule", fault.rule(), "message", fault.message()))
                        .toList());
    }

    private static String row(int count, String what) {
        return String.format(Locale.ROOT, "%n  %,8d  %s", count, what);
    }
}
