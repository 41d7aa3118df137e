package dev.tandem.bench.products;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.evaluation.metric.fact.FactErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Scores side by side: of all test acts, and of those that name a product. What each approach said goes into a file of its own.
 */
public final class ScoreTable {
    private final CorpusScore score;
    private final List<Requests.Request> asked;
    private final Path out;
    private final List<String> lines = new ArrayList<>();

    public ScoreTable(CorpusScore score, List<Requests.Request> asked, Path out) {
        this.score = score;
        this.asked = asked;
        this.out = out;
    }

    /** Scores what an approach said, in the order of the requests. */
    public void add(String approach, List<String> texts) throws IOException {
        int[] all = IntStream.range(0, asked.size()).toArray();
        int[] named = IntStream.of(all)
                .filter(i -> !asked.get(i).act().names().isEmpty())
                .toArray();
        lines.add("| " + approach + " | " + cells(score.score(texts, all)) + " | " + cells(score.score(texts, named))
                + " |");
        var json = new ObjectMapper();
        var said = new ArrayList<String>();
        for (int i : all) {
            said.add(json.writeValueAsString(json.createObjectNode()
                    .put("act", asked.get(i).act().toString())
                    .put("question", asked.get(i).question())
                    .put("prompt", asked.get(i).prompt())
                    .put("text", texts.get(i))
                    .put(
                            "errors",
                            score.errors(texts.get(i), asked.get(i).act()).sentence())));
        }
        Files.write(out.resolve("said-" + lines.size() + ".jsonl"), said);
        System.out.println(lines.getLast());
    }

    private static String cells(CorpusScore.Score score) {
        FactErrors errors = score.errors();
        return String.format(
                Locale.ROOT,
                "%.3f | %.3f | %.2f%% (%d missing, %d added, of %d) | %.2f%%",
                score.bleu(),
                score.rougeL(),
                100 * errors.rate(),
                errors.missing().size(),
                errors.added().size(),
                errors.facts(),
                100 * score.rateWithBinary());
    }

    /** The table in Markdown. */
    public void print() {
        long named =
                asked.stream().filter(each -> !each.act().names().isEmpty()).count();
        System.out.printf(
                "%n| %d acts, then the %d that name a product | BLEU | ROUGE-L | slot errors | with the binary slot"
                        + " | BLEU | ROUGE-L | slot errors | with the binary slot |%n|---|---|---|---|---|---|---|---|---|%n",
                asked.size(), named);
        lines.forEach(System.out::println);
    }
}
