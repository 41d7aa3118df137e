package dev.tandem.bench.starter;

import dev.tandem.bench.starter.Facts.Fact;
import dev.tandem.bench.starter.Facts.Notation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes tasks without end, from a seed: facts to text about things that are made up, the dialogue corpora's own acts with
 * other names in other notations, copying, looking up, and rewriting.
 */
public final class Tasks {
    private static final List<String> DESCRIBE = List.of(
            "Describe this:\n",
            "Say this in a sentence:\n",
            "Write a text from these facts:\n",
            "Facts:\n",
            "Turn this into a sentence.\n",
            "Put into words: ");
    private static final List<String> KEPT = List.of("true", "false", "yes", "no", "none", "dontcare", "");

    private final Random random;
    private final Invention invention;
    private final Descriptions descriptions;
    private final List<Dialogue> dialogues;
    private final List<String> words;

    /**
     * An example of a dialogue corpus.
     *
     * @param act "inform(name=x)"
     * @param text what it says
     */
    public record Dialogue(String act, String text) {}

    /**
     * Prepares the making of tasks.
     *
     * @param people first names
     * @param words that texts to copy are made of
     */
    public Tasks(long seed, List<String> people, List<Dialogue> dialogues, List<String> words) {
        random = new Random(seed);
        invention = new Invention(random, people);
        descriptions = new Descriptions(random, invention);
        this.dialogues = List.copyOf(dialogues);
        this.words = List.copyOf(words);
    }

    /** One more example, a JSON line. */
    public String next() {
        int kind = random.nextInt(100);
        if (kind < 18) {
            var dialogue = invention.any(dialogues);
            return Lines.chat(dialogue.act(), dialogue.text());
        }
        if (kind < 44) {
            return renamed(invention.any(dialogues));
        }
        if (kind < 74) {
            return described(descriptions.next());
        }
        if (kind < 80) {
            return lookedUp(descriptions.next("inform"));
        }
        if (kind < 92) {
            return copied();
        }
        return rewritten(descriptions.next(invention.chance(0.5) ? "inform" : "recommend"));
    }

    private String instruction() {
        return invention.chance(0.3) ? invention.any(DESCRIBE) : "";
    }

    private Notation notation() {
        return invention.chance(0.45) ? Notation.ACT : invention.any(List.of(Notation.values()));
    }

    private String described(Descriptions.Description description) {
        var facts = description.facts();
        if (invention.chance(0.5)) {
            return Lines.chat(instruction() + facts.write(notation()), description.text());
        }
        var names = names(facts);
        var shown = new Facts(
                facts.act(),
                facts.facts().stream()
                        .map(fact -> names.contains(fact.value())
                                ? new Fact(
                                        fact.key(), Lines.capitals(fact.value()).replace(" 's", "'s"))
                                : new Fact(fact.key(), fact.value()))
                        .toList());
        return Lines.chat(instruction() + shown.write(notation()), Lines.written(description.text(), names));
    }

    private static Set<String> names(Facts facts) {
        return facts.facts().stream()
                .filter(fact -> fact.key().equals("name"))
                .map(Fact::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Values that the text repeats word by word become others, so that only copying helps; the phrasing stays a person's. */
    private String renamed(Dialogue dialogue) {
        var facts = Facts.parse(dialogue.act());
        var text = " " + dialogue.text() + " ";
        var changed = new ArrayList<Fact>();
        for (var fact : facts.facts()) {
            var old = " " + fact.value() + " ";
            boolean open = !KEPT.contains(fact.value())
                    && !fact.key().equals("type")
                    && !fact.key().equals("count");
            boolean name = fact.key().equals("name")
                    || fact.key().equals("near")
                    || fact.key().equals("area");
            if (open && text.contains(old) && invention.chance(name ? 0.9 : 0.35)) {
                var fresh = fact.value().matches("[0-9 ,to-]+(dollar|euro|pound)?")
                        ? Integer.toString(random.nextInt(500)) + (fact.value().contains("dollar") ? " dollar" : "")
                        : name ? invention.name() : invention.chance(0.5) ? invention.any(words) : invention.word();
                text = text.replace(old, " " + fresh + " ");
                changed.add(new Fact(fact.key(), fresh));
            } else {
                changed.add(fact);
            }
        }
        var result = new Facts(facts.act(), changed);
        var shown =
                invention.chance(0.6) ? dialogue.act().contains("'") ? Notation.QUOTED_ACT : Notation.ACT : notation();
        if (invention.chance(0.25)) {
            return Lines.chat(instruction() + result.write(shown), Lines.written(text.strip(), names(result)));
        }
        return Lines.chat(result.write(shown), text.strip());
    }

    private String lookedUp(Descriptions.Description description) {
        var facts = description.facts();
        var fact = invention.any(facts.facts());
        boolean inText = invention.chance(0.5)
                && !KEPT.contains(fact.value())
                && !fact.key().equals("type");
        var source = inText ? Lines.written(description.text(), List.of()) : facts.write(notation());
        var answer = inText ? fact.value() : fact.value().replace("true", "yes").replace("false", "no");
        var question = invention.any(
                List.of("What is the " + fact.key() + "?", "Which " + fact.key() + " does it have?", fact.key() + "?"));
        return switch (random.nextInt(4)) {
            case 0 -> Lines.chat(source + "\n\n" + question, answer);
            case 1 -> Lines.chat(question + "\n" + source, answer);
            case 2 ->
                Lines.chat(
                        "Text: " + Lines.written(description.text(), List.of()) + "\nWrite down its facts.",
                        facts.write(Notation.LINES));
            default ->
                Lines.chat(
                        "Context: " + source + "\nQuestion: " + question, "The " + fact.key() + " is " + answer + ".");
        };
    }

    private String copied() {
        var some = new ArrayList<String>();
        int count = 2 + random.nextInt(9);
        for (int i = 0; i < count; i++) {
            some.add(
                    invention.chance(0.6)
                            ? invention.any(words)
                            : invention.chance(0.5) ? invention.word() : Integer.toString(random.nextInt(10_000)));
        }
        var line = String.join(" ", some);
        var list = String.join(", ", some);
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                Lines.chat(invention.any(List.of("Repeat: ", "Say this again: ", "Copy this.\n")) + line, line);
            case 2 -> Lines.chat("What is the first word of: " + line, some.getFirst());
            case 3 -> Lines.chat("What is the last word of: " + line, some.getLast());
            case 4 -> Lines.chat("One a line: " + list, String.join("\n", some));
            default -> Lines.chat("In capitals: " + line, line.toUpperCase(Locale.ROOT));
        };
    }

    private String rewritten(Descriptions.Description description) {
        var facts = description.facts();
        var text = description.text();
        var written = Lines.written(text, names(facts));
        return switch (random.nextInt(4)) {
            case 0 -> Lines.chat("Write with capitals and full stops: " + text, written);
            case 1 -> Lines.chat("Write in lower case: " + written, written.toLowerCase(Locale.ROOT));
            case 2 -> {
                var other = invention.name();
                yield Lines.chat(
                        "Put " + other + " in place of " + description.name() + ": " + text,
                        text.replace(description.name(), other));
            }
            default -> {
                var shuffled = new ArrayList<>(facts.facts());
                Collections.shuffle(shuffled, random);
                var one = notation();
                yield Lines.chat("Write as lines:\n" + facts.write(one), facts.write(Notation.LINES));
            }
        };
    }
}
