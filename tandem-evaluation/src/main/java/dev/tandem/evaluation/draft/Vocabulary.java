package dev.tandem.evaluation.draft;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words that documents write in lower case: a word at a sentence's begin that is one of them is no name. Immutable. */
final class Vocabulary {
    private static final Pattern LOWER =
            Pattern.compile("(?<![\\p{L}\\p{N}])\\p{Ll}[\\p{Ll}'’-]*(?![\\p{L}\\p{N}@.]\\p{L})");

    /** Words that are no name though a small collection may not have them in lower case. */
    private static final Set<String> COMMON =
            Set.of(("a an the your our my all each every everyone everybody anyone nobody most"
                            + " you we employees staff customers people both no if when to how what who where which why")
                    .split(" ", -1));

    /** A capital after a word in lower case: no sentence begins there. */
    private static final Pattern NAME = Pattern.compile("(?<=\\p{Ll},? )\\p{Lu}[\\p{L}\\p{N}'’-]*");

    private final Set<String> words;
    private final Set<String> names;

    private Vocabulary(Set<String> words, Set<String> names) {
        this.words = words;
        this.names = names;
    }

    static Vocabulary of(Collection<SourceDocument> documents) {
        var words = new HashSet<String>(COMMON);
        var names = new HashSet<String>();
        for (var document : documents) {
            for (var passage : document.passages()) {
                var found = LOWER.matcher(passage.text());
                while (found.find()) {
                    words.add(found.group());
                }
                var capital = NAME.matcher(passage.text());
                while (capital.find()) {
                    names.add(capital.group());
                }
            }
        }
        return new Vocabulary(words, names);
    }

    /** Whether a word, however it is written, is known in lower case. */
    boolean isCommon(String word) {
        var plain = word.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
        return words.contains(plain.toLowerCase(Locale.ROOT));
    }

    /** Whether a word is written as a name in the middle of a sentence, and never in lower case. */
    boolean isName(String word) {
        return names.contains(word.replaceAll("[^\\p{L}\\p{N}'’-]+$", "")) && !isCommon(word);
    }

    /** A thing's name from a table, in lower case only if its first word is known in lower case: "ski waxing", "Tind poles". */
    String named(String name) {
        return isCommon(name.split("[\\s,]", 2)[0]) ? lowerFirst(name) : name;
    }

    /** A phrase from a sentence's begin as it stands in the middle of one. */
    String lowerFirst(String phrase) {
        if (phrase.isEmpty() || !Character.isUpperCase(phrase.charAt(0))) {
            return phrase;
        }
        var first = phrase.split("[\\s,]", 2)[0];
        boolean capitals = first.length() > 1 && first.substring(1).chars().anyMatch(Character::isUpperCase);
        boolean nameGoesOn = phrase.length() > first.length() + 1
                && Character.isUpperCase(phrase.charAt(first.length() + 1))
                && !COMMON.contains(first.toLowerCase(Locale.ROOT));
        return capitals || nameGoesOn || first.equals("I") || isName(first)
                ? phrase
                : Character.toLowerCase(phrase.charAt(0)) + phrase.substring(1);
    }
}
