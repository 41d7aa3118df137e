package dev.tandem.answering.route;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How much a text sounds like small talk, by its words and pairs of neighbouring words: the mean of their log odds (naive Bayes),
 * as {@code bench/run FitSmallTalk} counted them in public requests. The threshold is so high that no question of the document
 * collections that were not counted is above it (docs/benchmarks.md).
 */
public final class SmallTalkWords {
    private static final String FILE = "small-talk.tsv";
    private static final double THRESHOLD = 0.8;
    private static final Pattern WORD = Pattern.compile("[a-z']+|[0-9]+");
    private static final Map<String, Double> WEIGHTS = read();

    private SmallTalkWords() {}

    /** Whether a text is taken for small talk. */
    static boolean isSmallTalk(String text) {
        var features = features(text);
        double sum = features.stream()
                .mapToDouble(feature -> WEIGHTS.getOrDefault(feature, 0.0))
                .sum();
        return !features.isEmpty() && sum / features.size() > THRESHOLD;
    }

    /** A text's words, and its pairs of neighbouring words, where ^ and $ stand for its ends. */
    public static Set<String> features(String text) {
        var words = new ArrayList<String>();
        words.add("^");
        WORD.matcher(text.toLowerCase(Locale.ROOT).replace('’', '\''))
                .results()
                .forEach(found -> words.add(found.group()));
        words.add("$");
        var features = new LinkedHashSet<String>(words.subList(1, words.size() - 1));
        for (int i = 0; i + 1 < words.size() && words.size() > 2; i++) {
            features.add(words.get(i) + " " + words.get(i + 1));
        }
        return features;
    }

    private static Map<String, Double> read() {
        var weights = new HashMap<String, Double>();
        for (var line : lines()) {
            int tab = line.indexOf('\t');
            weights.put(line.substring(0, tab), Double.parseDouble(line.substring(tab + 1)));
        }
        return weights;
    }

    private static List<String> lines() {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SmallTalkWords.class.getResourceAsStream(FILE)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
