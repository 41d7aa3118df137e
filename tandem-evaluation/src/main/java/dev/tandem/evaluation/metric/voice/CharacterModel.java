package dev.tandem.evaluation.metric.voice;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How predictable a text is, character by character, to somebody who has read other texts: a model of n-grams of up to six characters, with
 * Witten and Bell's interpolation (1991) down to one of {@value #ALPHABET} characters. Digits count as one character: a price is no matter of style.
 * Immutable once made.
 */
final class CharacterModel {
    private static final int ORDER = 6;
    private static final int ALPHABET = 256;
    private static final char DIGIT = '0';
    private static final char EDGE = '\n';

    /** What followed a context, and how often. */
    private final Map<String, Map<Character, Integer>> followers = new HashMap<>();

    CharacterModel(Collection<String> texts) {
        for (var text : texts) {
            var read = prepared(text);
            for (int at = ORDER - 1; at < read.length(); at++) {
                for (int context = 0; context < ORDER; context++) {
                    followers
                            .computeIfAbsent(read.substring(at - context, at), key -> new HashMap<>())
                            .merge(read.charAt(at), 1, Integer::sum);
                }
            }
        }
    }

    /** Bits a character, the end of the text among them: at least 0; about 8 where nothing is known. */
    double bitsPerCharacter(String text) {
        var read = prepared(text);
        double bits = 0;
        for (int at = ORDER - 1; at < read.length(); at++) {
            double probability = 1.0 / ALPHABET;
            for (int context = 0; context < ORDER; context++) {
                var known = followers.get(read.substring(at - context, at));
                if (known == null) {
                    break;
                }
                int all = known.values().stream().mapToInt(Integer::intValue).sum();
                int kinds = known.size();
                probability = (known.getOrDefault(read.charAt(at), 0) + kinds * probability) / (all + kinds);
            }
            bits -= Math.log(probability) / Math.log(2);
        }
        return bits / (read.length() - ORDER + 1);
    }

    private static String prepared(String text) {
        var read = new StringBuilder(String.valueOf(EDGE).repeat(ORDER - 1));
        text.strip().replaceAll("\\s+", " ").chars().forEach(c -> read.append(Character.isDigit(c) ? DIGIT : (char) c));
        return read.append(EDGE).toString();
    }
}
