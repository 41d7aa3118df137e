package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.metric.LowerCase;
import dev.tandem.evaluation.metric.fact.AttributeSheet;
import dev.tandem.evaluation.metric.fact.AttributeSheet.Attribute;
import dev.tandem.knowledge.passage.Passage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The attributes that a question asks for, out of what was retrieved: of each sheet whose name stands in the question, in the order
 * of the names, those whose keys stand there too, in the order of the keys; all of them where no key does. What else was retrieved is
 * no part of it, however near. Immutable.
 *
 * @param sheets as asked for, each with the attributes asked for; empty if no retrieved sheet is named
 */
public record AskedAttributes(List<AttributeSheet> sheets) {
    public AskedAttributes {
        sheets = List.copyOf(sheets);
    }

    /** Reads the sheets among passages and chooses. */
    public static AskedAttributes of(String question, List<Passage> passages) {
        Map<String, AttributeSheet> whole = new LinkedHashMap<>();
        for (var passage : passages) {
            AttributeSheet.read(passage.title(), passage.text())
                    .ifPresent(sheet -> whole.merge(passage.document(), sheet, AskedAttributes::joined));
        }
        var text = new StringBuilder(LowerCase.of(question));
        Map<Integer, AttributeSheet> named = new TreeMap<>();
        // The longest name first, and each found only once, so that "Kettle Pro" does not ask for "Kettle" as well.
        whole.values().stream()
                .sorted(Comparator.comparingInt(
                        (AttributeSheet sheet) -> -sheet.name().length()))
                .forEach(sheet -> {
                    var place = place(text, sheet.name());
                    if (place.isPresent()) {
                        int at = place.getAsInt();
                        text.replace(
                                at,
                                at + sheet.name().length(),
                                " ".repeat(sheet.name().length()));
                        named.putIfAbsent(at, sheet);
                    }
                });
        return new AskedAttributes(
                named.values().stream().map(sheet -> asked(sheet, text)).toList());
    }

    /** A long sheet may lie in several passages, which come in the order of their rank. */
    private static AttributeSheet joined(AttributeSheet first, AttributeSheet second) {
        var all = new ArrayList<>(first.attributes());
        second.attributes().stream().filter(each -> !all.contains(each)).forEach(all::add);
        return new AttributeSheet(first.name(), all);
    }

    private static AttributeSheet asked(AttributeSheet sheet, CharSequence question) {
        Map<Integer, Attribute> chosen = new TreeMap<>();
        for (var attribute : sheet.attributes()) {
            place(question, attribute.key()).ifPresent(at -> chosen.putIfAbsent(at, attribute));
        }
        return chosen.isEmpty() ? sheet : new AttributeSheet(sheet.name(), List.copyOf(chosen.values()));
    }

    /** Where a name stands as whole words. */
    private static OptionalInt place(CharSequence text, String name) {
        var wanted = LowerCase.of(name);
        var within = text.toString();
        for (int at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
            int end = at + wanted.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(within.charAt(at - 1));
            if (begins && (end == within.length() || !Character.isLetterOrDigit(within.charAt(end)))) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    /** As lines {@code key: value}, each sheet under {@code name: ...}; empty if there is none. */
    public String text() {
        return sheets.stream()
                .map(sheet -> "name: " + sheet.name() + "\n"
                        + sheet.attributes().stream()
                                .map(each -> each.key() + ": " + each.value())
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }

    /** What a text about them is to say: names and values. */
    public List<String> values() {
        var values = new ArrayList<String>();
        for (var sheet : sheets) {
            values.add(sheet.name());
            values.addAll(sheet.values());
        }
        return values;
    }
}
