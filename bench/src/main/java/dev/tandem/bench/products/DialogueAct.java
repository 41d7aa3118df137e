package dev.tandem.bench.products;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A dialogue act of RNNLG: {@code inform(name=x;price=9)}.
 *
 * @param type "inform"
 * @param slots in order; a key may come again
 */
public record DialogueAct(String type, List<Slot> slots) {
    /** Values that are never said word by word. */
    public static final Set<String> SPECIAL = Set.of("none", "true", "yes", "false", "no", "dontcare", "dont_care");

    private static final Pattern ACT = Pattern.compile("([^(]*)\\((.*)\\)", Pattern.DOTALL);

    /** A key and its value, which is empty where the act only names the key. */
    public record Slot(String key, String value) {
        /** Whether a text says the value word by word. */
        public boolean isSaid() {
            return !value.isEmpty() && !SPECIAL.contains(value);
        }

        @Override
        public String toString() {
            return value.isEmpty() ? key : key + "=" + value;
        }
    }

    public DialogueAct {
        slots = List.copyOf(slots);
    }

    /** Reads one. */
    public static DialogueAct parse(String text) {
        var act = ACT.matcher(text);
        if (!act.matches()) {
            throw new IllegalArgumentException("no dialogue act: " + text);
        }
        var slots = new ArrayList<Slot>();
        for (var part : act.group(2).split(";", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                slots.add(
                        equals < 0
                                ? new Slot(part, "")
                                : new Slot(part.substring(0, equals), part.substring(equals + 1)));
            }
        }
        return new DialogueAct(act.group(1), slots);
    }

    /** The products that it is about, in order. */
    public List<String> names() {
        return slots.stream()
                .filter(slot -> slot.key().equals("name"))
                .map(Slot::value)
                .toList();
    }

    @Override
    public String toString() {
        return type + "(" + String.join(";", slots.stream().map(Slot::toString).toList()) + ")";
    }
}
