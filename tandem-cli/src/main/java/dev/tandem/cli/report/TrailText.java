package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.workspace.trail.Anchor;
import dev.tandem.workspace.trail.TrailRecord;
import dev.tandem.workspace.trail.Verification;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Records of the audit trail, and what a look through it found. */
public final class TrailText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final int SNIPPET = 200;

    private TrailText() {}

    /** For people. */
    public static String of(List<TrailRecord> records, Optional<Anchor> anchor, Terminal terminal) {
        if (anchor.isEmpty()) {
            return "Nothing is recorded yet: trail.record in tandem.yaml says which answers are.";
        }
        var text = new StringBuilder();
        for (var record : records) {
            text.append(terminal.accent(Long.toString(record.number())))
                    .append("  ")
                    .append(TIME.format(record.time()))
                    .append("  ")
                    .append(line(record, terminal))
                    .append(System.lineSeparator());
        }
        return text + "anchor " + anchor.get();
    }

    private static String line(TrailRecord record, Terminal terminal) {
        if (!record.kind().equals("answer")) {
            return terminal.dim(record.kind() + " of " + record.removed() + " records");
        }
        return record.entry()
                .map(entry -> Terminal.printable(entry.who()) + "  " + shortened(entry.question())
                        + System.lineSeparator() + "    " + shortened(entry.answer()) + System.lineSeparator() + "    "
                        + terminal.dim(String.join(", ", entry.sources())
                                + (entry.sources().isEmpty() ? "" : "  ")
                                + entry.model() + (entry.adapter().isEmpty() ? "" : " " + entry.adapter())
                                + "  configuration "
                                + entry.configuration()
                                        .substring(
                                                0,
                                                Math.min(
                                                        12,
                                                        entry.configuration().length()))))
                .orElse(terminal.dim("content removed"));
    }

    private static String shortened(String text) {
        return Wrapping.shortened(Terminal.printable(text).replaceAll("\\s+", " "), SNIPPET);
    }

    /** For people: what was looked at, then each fault. */
    public static String of(Verification found, Terminal terminal) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d records, %d with their content, %d whose content was removed as recorded.",
                found.links(),
                found.contents(),
                found.removed()));
        found.remarks().forEach(remark -> text.append(System.lineSeparator()).append(terminal.dim(remark)));
        found.faults().forEach(fault -> text.append(System.lineSeparator()).append(terminal.warning(fault)));
        return text.append(System.lineSeparator())
                .append(found.sound() ? "The trail is as it was written." : "The trail is NOT as it was written.")
                .toString();
    }

    /** For programs. */
    public static Map<String, Object> json(List<TrailRecord> records, Optional<Anchor> anchor) {
        return Json.object(
                "records", records.stream().map(TrailText::json).toList(),
                "anchor", anchor.map(Anchor::toString).orElse(""));
    }

    /** For programs. */
    public static Map<String, Object> json(Verification found) {
        return Json.object(
                "sound", found.sound(),
                "records", found.links(),
                "contents", found.contents(),
                "removed", found.removed(),
                "faults", found.faults(),
                "remarks", found.remarks());
    }

    private static Map<String, Object> json(TrailRecord record) {
        var object = new LinkedHashMap<String, Object>();
        object.put("number", record.number());
        object.put("time", record.time().toString());
        object.put("kind", record.kind());
        record.entry().ifPresent(entry -> {
            object.put("who", entry.who());
            object.put("channel", entry.channel());
            object.put("question", entry.question());
            object.put("answer", entry.answer());
            object.put("abstained", entry.abstained());
            object.put("sources", entry.sources());
            object.put("model", entry.model());
            object.put("adapter", entry.adapter());
            object.put("configuration", entry.configuration());
        });
        object.put("hash", record.hash());
        return object;
    }
}
