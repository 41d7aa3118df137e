package dev.tandem.bench.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.Evidence;
import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.models.embedding.TextEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer that people judged, with what the judge and the baselines look at.
 *
 * @param set the name of its collection
 * @param source its context: answers of one context never part between fitting and testing
 * @param supported whether people found all of it supported
 * @param claims the evidence of its sentences
 * @param claimLabels people's verdict on each of its sentences; empty where they gave none, or for other sentences
 * @param similarity baseline: cosine of the vectors of context and answer
 * @param bestSimilarity baseline: mean over its sentences of the cosine with the most similar sentence of the context
 * @param overlap baseline: share of its words that are in the context
 */
record LabelledAnswer(
        String set,
        String source,
        boolean supported,
        List<double[]> claims,
        List<Boolean> claimLabels,
        double similarity,
        double bestSimilarity,
        double overlap) {

    /** Reads a collection; answers that people did not agree on (no label) are left out. */
    static List<LabelledAnswer> read(Path file, EmbeddedJudge judge, TextEncoder encoder) throws IOException {
        var name = file.getFileName().toString().replace(".jsonl", "");
        return Files.readAllLines(file).parallelStream()
                .map(LabelledAnswer::parse)
                .filter(node -> node.get("label").isInt())
                .map(node -> of(name, node, judge, encoder))
                .filter(answer -> !answer.claims().isEmpty())
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelledAnswer of(String name, JsonNode node, EmbeddedJudge judge, TextEncoder encoder) {
        var context = node.get("context").asText();
        var answer = node.get("response").asText();
        List<double[]> claims = judge.evidence(exchange(context, answer));
        var labels = new ArrayList<Boolean>();
        if (node.path("sentence_labels").isArray()) {
            // The sentences as people saw them, where each is one for the judge, too.
            var own = new ArrayList<double[]>();
            node.get("sentences").forEach(each -> own.addAll(judge.evidence(exchange(context, each.asText()))));
            if (own.size() == node.get("sentence_labels").size()) {
                claims = own;
                node.get("sentence_labels").forEach(each -> labels.add(each.asInt() == 1));
            }
        }
        return new LabelledAnswer(
                name,
                context,
                node.get("label").asInt() == 1,
                claims,
                labels,
                Baselines.similarity(context, answer, encoder),
                Baselines.bestSimilarity(claims),
                Baselines.overlap(context, answer));
    }

    private static Exchange exchange(String context, String answer) {
        return new Exchange(List.of(context), answer, Optional.empty());
    }

    /** What each claim is fitted to: its own label, or its answer's. */
    boolean label(int claim) {
        return claimLabels.isEmpty() ? supported : claimLabels.get(claim);
    }

    /** What a judge is compared with. */
    static final class Baselines {
        private Baselines() {}

        static double similarity(String context, String answer, TextEncoder encoder) {
            var both = encoder.encodePassages(List.of(context, answer));
            return dot(both.get(0).vector(), both.get(1).vector());
        }

        static double bestSimilarity(List<double[]> claims) {
            return claims.stream()
                    .mapToDouble(claim -> claim[Evidence.SENTENCE_SIMILARITY.place()])
                    .average()
                    .orElse(0);
        }

        static double overlap(String context, String answer) {
            var there = words(context);
            var said = words(answer);
            return said.stream().filter(there::contains).count() / (double) Math.max(1, said.size());
        }

        private static List<String> words(String text) {
            return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        private static double dot(float[] a, float[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }
    }
}
