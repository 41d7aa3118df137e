package dev.tandem.bench.products;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.evaluation.metric.fact.FactErrors;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Scores side by side: of all test acts, and of those that name a product. What each approach said goes into a file of its own.
 */
public final class ScoreTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CorpusScore score;
    private final List<Requests.Request> asked;
    private final Path out;
    private final List<String> lines = new ArrayList<>();

    public ScoreTable(CorpusScore score, List<Requests.Request> asked, Path out) {
        this.score = score;
        this.asked = asked;
        this.out = out;
    }

    /**
     * Scores what an approach says, in the order of the requests.
     *
     * @param name of the file
     * @param approach for people
     * @param saying is asked only where the file is not there yet
     */
    public List<String> add(String name, String approach, Supplier<List<String>> saying) throws IOException {
        var file = out.resolve("said-" + name + ".jsonl");
        var texts = Files.exists(file) ? read(file) : saying.get();
        if (texts.size() != asked.size()) {
            throw new MendableException(file + " has " + texts.size() + " texts for " + asked.size()
                    + " requests: it is from another run; delete it.");
        }
        write(file, texts);
        int[] all = IntStream.range(0, asked.size()).toArray();
        int[] named = IntStream.of(all)
                .filter(i -> !asked.get(i).act().names().isEmpty())
                .toArray();
        lines.add("| " + approach + " | " + cells(score.score(texts, all)) + " | " + cells(score.score(texts, named))
                + " |");
        System.out.println(lines.getLast());
        return texts;
    }

    private static List<String> read(Path file) throws IOException {
        var texts = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            texts.add(JSON.readTree(line).path("text").asText());
        }
        return texts;
    }

    private void write(Path file, List<String> texts) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < texts.size(); i++) {
            var request = asked.get(i);
            lines.add(JSON.writeValueAsString(JSON.createObjectNode()
                    .put("act", request.act().toString())
                    .put("question", request.question())
                    .put("prompt", request.prompt())
                    .put("text", texts.get(i))
                    .put("errors", score.errors(texts.get(i), request.act()).sentence())));
        }
        Files.write(file, lines);
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
