package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.answering.route.SmallTalkWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Counts the words of small talk: log odds of words and pairs in CLINC150's small talk against its other requests, BANKING77 and
 * the questions of squad-subset; of the first two the training parts only. Routing measures on what was not counted.
 *
 * <p>Arguments: the folder of the collections, the file to write (small-talk.tsv).
 */
public final class FitSmallTalk {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Weights that say little are left out, unless they are seen so often in other requests that they are sure. */
    private static final double FOR = 1;

    private static final double AGAINST = -0.7;
    private static final int SURE = 20;

    private FitSmallTalk() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        var talk = new ArrayList<String>();
        var other = new ArrayList<String>();
        JSON.readTree(data.resolve("clinc-small/data_small.json").toFile())
                .get("train")
                .forEach(pair -> (Routing.SMALL_TALK.contains(pair.get(1).asText()) ? talk : other)
                        .add(pair.get(0).asText()));
        for (var line : Files.readAllLines(data.resolve("beir/squad-subset/queries.jsonl"))) {
            other.add(JSON.readTree(line).get("text").asText());
        }
        Objects.requireNonNull(ExampleCollections.in(data).get("banking77"))
                .training()
                .forEach(example -> other.add(example.messages().getFirst().content()));
        Files.write(Path.of(arguments[1]), weights(talk, other));
        System.out.printf("%d small talk, %d other%n", talk.size(), other.size());
    }

    private static List<String> weights(List<String> talk, List<String> other) {
        var inTalk = counts(talk);
        var inOther = counts(other);
        var features = new TreeSet<String>(inTalk.keySet());
        features.addAll(inOther.keySet());
        var lines = new ArrayList<String>();
        for (var feature : features) {
            int a = inTalk.getOrDefault(feature, 0);
            int b = inOther.getOrDefault(feature, 0);
            double weight = Math.log((a + 0.5) / (talk.size() + 1)) - Math.log((b + 0.5) / (other.size() + 1));
            if (a + b >= 2 && (weight > FOR && a > 0 || weight < AGAINST && b >= SURE)) {
                lines.add(feature + "\t" + String.format(Locale.ROOT, "%.2f", weight));
            }
        }
        return lines;
    }

    private static Map<String, Integer> counts(List<String> texts) {
        var counts = new HashMap<String, Integer>();
        texts.forEach(text -> SmallTalkWords.features(text).forEach(feature -> counts.merge(feature, 1, Integer::sum)));
        return counts;
    }
}
