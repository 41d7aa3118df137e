package dev.tandem.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What someone does to a test question so that it is no longer the same string. */
enum Paraphrase {
    COPY,
    CASE,
    PUNCTUATION,
    SWAPPED_NEIGHBOURS,
    REORDERED_CLAUSES,
    ONE_WORD_REPLACED,
    TWO_WORDS_REPLACED,
    CLAUSE_DELETED;

    private static final Pattern PLAIN = Pattern.compile("[\\p{Ll}']+[.,;:!?]*");

    String of(String text, List<String> vocabulary, Random random) {
        return switch (this) {
            case COPY -> text;
            case CASE -> random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
            case PUNCTUATION -> punctuated(text, random);
            case SWAPPED_NEIGHBOURS -> swapped(text, random);
            case REORDERED_CLAUSES -> reordered(text, random);
            case ONE_WORD_REPLACED -> replaced(text, 1, vocabulary, random);
            case TWO_WORDS_REPLACED -> replaced(text, 2, vocabulary, random);
            case CLAUSE_DELETED -> shortened(text, random);
        };
    }

    /**
     * The same, but so that it stays a copy of the same example: at most a fifth of the words are replaced or left out, none
     * of them a name, a number, a label or a slot, and of what is not running text none.
     */
    String fairlyOf(String text, List<String> vocabulary, Random random) {
        var words = words(text);
        if (compareTo(ONE_WORD_REPLACED) < 0) {
            return of(text, vocabulary, random);
        }
        if (words.stream().filter(Paraphrase::isPlain).count() < 0.5 * words.size()) {
            return text;
        }
        int fifth = words.size() / 5;
        if (this == CLAUSE_DELETED) {
            int at = random.nextInt(words.size() - fifth + 1);
            words.subList(at, at + fifth).clear();
            return String.join(" ", words);
        }
        var plain = IntStream.range(0, words.size())
                .filter(i -> isPlain(words.get(i)))
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(plain, random);
        for (int i = 0; i < Math.min(fifth, this == ONE_WORD_REPLACED ? 1 : 2); i++) {
            words.set(plain.get(i), vocabulary.get(random.nextInt(vocabulary.size())));
        }
        return String.join(" ", words);
    }

    /** Whether it is a word in small letters. */
    static boolean isPlain(String word) {
        return PLAIN.matcher(word).matches();
    }

    private static String punctuated(String text, Random random) {
        var changed = new StringBuilder();
        text.chars().forEach(c -> {
            if (".,;:!?".indexOf(c) < 0) {
                changed.append((char) c);
            } else {
                changed.append(List.of("", " ", "!", ".", " - ").get(random.nextInt(5)));
            }
        });
        return changed.append(random.nextBoolean() ? "..." : "").toString();
    }

    private static String swapped(String text, Random random) {
        var words = words(text);
        for (int i = 0; i < 2 && words.size() > 1; i++) {
            int at = random.nextInt(words.size() - 1);
            Collections.swap(words, at, at + 1);
        }
        return String.join(" ", words);
    }

    private static String reordered(String text, Random random) {
        var clauses = clauses(text);
        if (clauses.size() > 1) {
            Collections.shuffle(clauses, random);
            return String.join(" ", clauses);
        }
        var words = words(text);
        Collections.rotate(words, 1 + random.nextInt(Math.max(1, words.size() - 1)));
        return String.join(" ", words);
    }

    private static String replaced(String text, int count, List<String> vocabulary, Random random) {
        var words = words(text);
        for (int i = 0; i < count && !words.isEmpty(); i++) {
            words.set(random.nextInt(words.size()), vocabulary.get(random.nextInt(vocabulary.size())));
        }
        return String.join(" ", words);
    }

    /** A clause of at most two fifths of the words goes, or a fifth of the words where there is none. */
    private static String shortened(String text, Random random) {
        var clauses = clauses(text);
        int all = words(text).size();
        var small = new ArrayList<Integer>();
        for (int i = 0; i < clauses.size() && clauses.size() > 1; i++) {
            if (words(clauses.get(i)).size() <= 0.4 * all) {
                small.add(i);
            }
        }
        if (!small.isEmpty()) {
            clauses.remove((int) small.get(random.nextInt(small.size())));
            return String.join(" ", clauses);
        }
        var words = words(text);
        int gone = words.size() / 5;
        int at = random.nextInt(words.size() - gone + 1);
        words.subList(at, at + gone).clear();
        return String.join(" ", words);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+", -1)).collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> clauses(String text) {
        return Arrays.stream(text.split("(?<=[.,;!?])\\s+", -1)).collect(Collectors.toCollection(ArrayList::new));
    }
}
