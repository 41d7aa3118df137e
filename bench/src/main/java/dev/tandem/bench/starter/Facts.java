package dev.tandem.bench.starter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is to be said: a dialogue act and its facts, in order; a key may come again.
 *
 * @param act "inform"
 */
record Facts(String act, List<Fact> facts) {
    /** A key and its value; an empty value where the act only names the key. */
    record Fact(String key, String value) {}

    private static final Pattern ACT = Pattern.compile("([?a-z_]+)\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern FACT = Pattern.compile("([^=;]+)(?:=('(?:[^']|'(?!;|$))*'|[^;]*))?(?:;|$)");

    Facts {
        facts = List.copyOf(facts);
    }

    /** How facts are written down. */
    enum Notation {
        ACT,
        QUOTED_ACT,
        BRACKETS,
        LINES,
        JSON,
        TABLE,
        PAIRS
    }

    /** Reads {@code inform(name='x';area=y)}. */
    static Facts parse(String text) {
        var act = ACT.matcher(text);
        if (!act.matches()) {
            throw new IllegalArgumentException("no dialogue act: " + text);
        }
        var facts = new ArrayList<Fact>();
        var fact = FACT.matcher(act.group(2));
        while (fact.find()) {
            var value = fact.group(2) == null ? "" : fact.group(2);
            boolean quoted = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
            facts.add(new Fact(fact.group(1), quoted ? value.substring(1, value.length() - 1) : value));
        }
        return new Facts(act.group(1), facts);
    }

    /** Writes them down; acts without values are always written as acts. */
    String write(Notation notation) {
        boolean onlyAct =
                facts.isEmpty() || facts.stream().anyMatch(fact -> fact.value().isEmpty());
        return switch (onlyAct ? Notation.ACT : notation) {
            case ACT -> act + "(" + joined(fact -> joinedKey(fact.key()) + "=" + fact.value(), ";") + ")";
            case QUOTED_ACT -> act + "(" + joined(fact -> joinedKey(fact.key()) + "='" + fact.value() + "'", ";") + ")";
            case BRACKETS -> prefix(", ") + joined(fact -> camel(fact.key()) + "[" + fact.value() + "]", ", ");
            case LINES -> prefix("\n") + joined(fact -> fact.key() + ": " + fact.value(), "\n");
            case JSON -> prefix("\n") + "{" + joined(fact -> json(fact.key()) + ": " + json(fact.value()), ", ") + "}";
            case TABLE -> prefix("\n") + joined(fact -> "| " + fact.key() + " | " + fact.value() + " |", "\n");
            case PAIRS -> prefix(" | ") + joined(fact -> snake(fact.key()) + " = " + fact.value(), " | ");
        };
    }

    private String joined(java.util.function.Function<Fact, String> each, String between) {
        return facts.stream()
                .map(fact -> fact.value().isEmpty() ? joinedKey(fact.key()) : each.apply(fact))
                .collect(Collectors.joining(between));
    }

    /** Plain statements need no act in front. */
    private String prefix(String between) {
        return act.equals("inform") ? "" : act + between;
    }

    private static String joinedKey(String key) {
        return key.replace(" ", "");
    }

    private static String snake(String key) {
        return key.replace(' ', '_');
    }

    private static String camel(String key) {
        var words = key.split(" ", -1);
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static String json(String text) {
        try {
            return new ObjectMapper().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
