package dev.tandem.evaluation.draft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The English verbs that the rules know, by their forms. Small on purpose: a verb that is not here costs a question, one that
 * is a noun more often would make a wrong one. Immutable.
 */
final class Verbs {
    /** What comes before the subject in a question as it stands. */
    static final Set<String> AUXILIARIES =
            Set.of("is are was were can may must will should would could shall cannot".split(" ", -1));

    private static final Verbs ENGLISH = new Verbs();

    private final Map<String, Form> forms = new HashMap<>();
    private final Set<String> participles;
    private final Set<String> imperatives;

    /** Which form of a verb a word is. */
    enum Tense {
        BASE,
        SINGULAR,
        PAST
    }

    /** A verb's form. */
    record Form(String base, Tense tense) {}

    private Verbs() {
        var participles = new ArrayList<String>();
        for (var line : lines("verbs.txt")) {
            var words = line.split(" ", -1);
            var base = words[0];
            var past = words.length > 1 ? words[1] : past(base);
            participles.add(words.length > 2 ? words[2] : past);
            forms.put(past, new Form(base, Tense.PAST));
            forms.put(singular(base), new Form(base, Tense.SINGULAR));
            forms.put(base, new Form(base, Tense.BASE));
        }
        this.participles = Set.copyOf(participles);
        this.imperatives = lines("imperatives.txt").stream()
                .flatMap(line -> List.of(line.split(" ", -1)).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    static Verbs english() {
        return ENGLISH;
    }

    /** What form a word is, of a verb that is known; "have" is none: it is told apart by what follows. */
    Optional<Form> form(String word) {
        return Optional.ofNullable(forms.get(lower(word)));
    }

    boolean isKnown(String word) {
        return forms.containsKey(lower(word)) || AUXILIARIES.contains(lower(word)) || isHave(word);
    }

    boolean isBase(String word) {
        var form = forms.get(lower(word));
        return imperatives.contains(lower(word)) || form != null && form.tense() == Tense.BASE;
    }

    /** Whether a sentence that begins with the word is an instruction. */
    boolean isImperative(String word) {
        return imperatives.contains(lower(word));
    }

    boolean isParticiple(String word) {
        var lower = lower(word);
        return participles.contains(lower) || lower.endsWith("ed") || lower.equals("been") || lower.equals("done");
    }

    static boolean isHave(String word) {
        return Set.of("has", "have", "had").contains(lower(word));
    }

    /** The base form of a word in -ing, if it is a verb's that is known. */
    Optional<String> ofGerund(String word) {
        var lower = lower(word);
        if (!lower.endsWith("ing") || lower.length() < 6) {
            return Optional.empty();
        }
        var stem = lower.substring(0, lower.length() - 3);
        var candidates = new ArrayList<>(List.of(stem, stem + "e"));
        if (stem.charAt(stem.length() - 1) == stem.charAt(stem.length() - 2)) {
            candidates.addFirst(stem.substring(0, stem.length() - 1));
        }
        return candidates.stream().filter(this::isBase).findFirst();
    }

    private static String past(String base) {
        if (base.endsWith("e")) {
            return base + "d";
        }
        boolean consonantY = base.endsWith("y") && "aeiou".indexOf(base.charAt(base.length() - 2)) < 0;
        boolean doubles = Set.of("stop", "ship", "submit", "fit", "permit", "transfer", "prefer", "control")
                .contains(base);
        return consonantY
                ? base.substring(0, base.length() - 1) + "ied"
                : doubles ? base + base.charAt(base.length() - 1) + "ed" : base + "ed";
    }

    private static String singular(String base) {
        if (base.endsWith("y") && "aeiou".indexOf(base.charAt(base.length() - 2)) < 0) {
            return base.substring(0, base.length() - 1) + "ies";
        }
        return base.matches(".*(?:s|sh|ch|x|o)") ? base + "es" : base + "s";
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static List<String> lines(String name) {
        try (var in = new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(Verbs.class.getResourceAsStream(name)), UTF_8))) {
            return in.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
