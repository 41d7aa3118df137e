package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.personal.PersonalKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of all examples of a file, by their number from 0: hashes, lengths and sets of hashed word pairs, no texts.
 * For one thread.
 */
final class Seen {
    private int size;
    private int[] lines = new int[1_024];
    private int[] lengths = new int[1_024];
    private int[] answerLengths = new int[1_024];
    private long[] prints = new long[1_024];
    private long[] questions = new long[1_024];
    private long[] answers = new long[1_024];
    private byte[] endings = new byte[1_024];
    private int[] languages = new int[1_024];
    private final List<int[]> pairs = new ArrayList<>();
    private final Map<String, Integer> languageNumbers = new HashMap<>();
    private final List<String> languageNames = new ArrayList<>(List.of(""));
    private final Map<FindingKind, List<Integer>> hitLines = new EnumMap<>(FindingKind.class);
    private final Map<FindingKind, List<Place>> hitPlaces = new EnumMap<>(FindingKind.class);
    private final Map<PersonalKind, Integer> personal = new TreeMap<>();
    private int mostTokens;

    void add(Observation observation) {
        if (size == lines.length) {
            grow();
        }
        var words = observation.words();
        lines[size] = words.line();
        lengths[size] = observation.length();
        answerLengths[size] = words.answer().length;
        prints[size] = words.print();
        questions[size] = observation.question();
        answers[size] = words.answerPrint();
        endings[size] = (byte)
                observation.closed().map(closed -> closed ? 1 : 2).orElse(0).intValue();
        languages[size] = observation.language().map(this::number).orElse(0);
        pairs.add(observation.pairs());
        size++;
        mostTokens = Math.max(mostTokens, observation.tokens());
        observation.personal().forEach((kind, count) -> personal.merge(kind, count, Integer::sum));
        observation.hits().forEach(hit -> {
            hitLines.computeIfAbsent(hit.kind(), kind -> new ArrayList<>()).add(words.line());
            var places = hitPlaces.computeIfAbsent(hit.kind(), kind -> new ArrayList<>());
            if (places.size() < Finding.SHOWN) {
                places.add(hit.place());
            }
        });
    }

    private int number(String language) {
        return languageNumbers.computeIfAbsent(language, name -> {
            languageNames.add(name);
            return languageNames.size() - 1;
        });
    }

    private void grow() {
        int more = 2 * size;
        lines = Arrays.copyOf(lines, more);
        lengths = Arrays.copyOf(lengths, more);
        answerLengths = Arrays.copyOf(answerLengths, more);
        prints = Arrays.copyOf(prints, more);
        questions = Arrays.copyOf(questions, more);
        answers = Arrays.copyOf(answers, more);
        endings = Arrays.copyOf(endings, more);
        languages = Arrays.copyOf(languages, more);
    }

    int size() {
        return size;
    }

    int line(int number) {
        return lines[number];
    }

    /** Words of question and answer. */
    int length(int number) {
        return lengths[number];
    }

    /** Words of the answer. */
    int answerLength(int number) {
        return answerLengths[number];
    }

    /** Equal for the same question and answer. */
    long print(int number) {
        return prints[number];
    }

    /** Equal for the same question; 0 where there is none. */
    long question(int number) {
        return questions[number];
    }

    /** Equal for the same answer. */
    long answer(int number) {
        return answers[number];
    }

    /** Whether the answer is sentences and the last one is not ended. */
    boolean isOpen(int number) {
        return endings[number] == 2;
    }

    /** Whether the answer is sentences. */
    boolean isSentences(int number) {
        return endings[number] != 0;
    }

    /** The language of the answer; empty where it cannot be told. */
    String language(int number) {
        return languageNames.get(languages[number]);
    }

    List<int[]> pairs() {
        return pairs;
    }

    int mostTokens() {
        return mostTokens;
    }

    Map<PersonalKind, Integer> personal() {
        return personal;
    }

    List<Integer> hitLines(FindingKind kind) {
        return hitLines.getOrDefault(kind, List.of());
    }

    List<Place> hitPlaces(FindingKind kind) {
        return hitPlaces.getOrDefault(kind, List.of());
    }
}
