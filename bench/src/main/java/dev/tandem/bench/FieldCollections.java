package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes two public collections whose documents carry fields as folders of Markdown files with front matter, for
 * {@link QuestionFilters} and whatever else takes DOCUMENTS=QUESTIONS.jsonl. Nothing in Tandem was made while looking at them.
 *
 * <ul>
 *   <li>covid-qa: scientific articles, with title, authors, date and licence as they stand at each article's head
 *   <li>product-docs: the pages of a product's documentation, in the folders of their addresses; a page's title is the last
 *       part of its address
 * </ul>
 *
 * <p>Arguments: the folder of the collections (text/covid-qa, product-docs-qa), the folder to write to.
 */
public final class FieldCollections {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern AUTHORS = Pattern.compile("(?m)^(?:Authors:\\s*)?([^\\n;]+,[^\\n;]+(?:;[^\\n]+)?)$");
    private static final Pattern DATE = Pattern.compile("(?m)^(?:Date:\\s*)?(\\d{4}(?:-\\d\\d-\\d\\d)?)\\s*$");
    private static final Pattern LICENCE = Pattern.compile("(?m)^License:\\s*(\\S+)\\s*$");

    /** What stands above an article's text is in its first lines. */
    private static final int HEAD = 1_500;

    private FieldCollections() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        var to = Path.of(arguments[1]);
        articles(data.resolve("text/covid-qa/200423_covidQA.json"), to.resolve("covid-qa"));
        pages(data.resolve("product-docs-qa"), to.resolve("product-docs"));
    }

    private static void articles(Path file, Path to) throws IOException {
        var questions = new LinkedHashMap<String, String>();
        for (var article : JSON.readTree(file.toFile()).get("data")) {
            var paragraph = article.at("/paragraphs/0");
            var text = paragraph.path("context").asText().strip();
            var path = paragraph.path("document_id").asText() + ".md";
            write(to.resolve("documents").resolve(path), fields(text), text);
            for (var asked : paragraph.path("qas")) {
                var question = asked.path("question").asText().strip();
                questions.putIfAbsent(
                        question,
                        line(
                                question,
                                List.of(path),
                                asked.at("/answers/0/text").asText()));
            }
        }
        Files.write(to.resolve("covid-qa.jsonl"), questions.values());
    }

    private static Map<String, Object> fields(String text) {
        var head = text.substring(0, Math.min(HEAD, text.length()));
        int abstractAt = head.indexOf("Abstract:");
        var above = abstractAt < 0 ? head : head.substring(0, abstractAt);
        int end = above.indexOf('\n');
        var fields = new LinkedHashMap<String, Object>();
        fields.put("title", (end < 0 ? above : above.substring(0, end)).strip());
        first(DATE, above).ifPresent(date -> fields.put("published", date.length() == 4 ? date + "-01-01" : date));
        first(LICENCE, above).ifPresent(licence -> {
            fields.put("licence", licence);
            // Where a licence is named, the line of names above the date is that of the authors.
            first(AUTHORS, above.substring(Math.max(0, end))).ifPresent(names -> fields.put("author", names(names)));
        });
        return fields;
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1).strip())
                .findFirst();
    }

    /** "Nishiura, Hiroshi; Jung, Sung-mok" as "Hiroshi Nishiura" and "Sung-mok Jung". */
    private static List<String> names(String written) {
        return Arrays.stream(written.split(";", -1))
                .map(name -> name.split(",", 2))
                .map(parts -> parts.length == 2 ? parts[1].strip() + " " + parts[0].strip() : parts[0].strip())
                .filter(name -> !name.isBlank())
                .toList();
    }

    private static void pages(Path folder, Path to) throws IOException {
        var texts = new LinkedHashMap<String, StringBuilder>();
        for (var chunk :
                JSON.readTree(folder.resolve("data/anthropic_docs.json").toFile())) {
            var text = chunk.path("text").asText().strip();
            var heading = chunk.path("chunk_heading").asText().strip();
            texts.computeIfAbsent(page(chunk.path("chunk_link").asText()), path -> new StringBuilder())
                    .append("## ")
                    .append(heading)
                    .append("\n\n")
                    .append(
                            text.startsWith(heading)
                                    ? text.substring(heading.length()).strip()
                                    : text)
                    .append("\n\n");
        }
        for (var entry : texts.entrySet()) {
            write(
                    to.resolve("documents").resolve(entry.getKey()),
                    Map.of("title", title(entry.getKey())),
                    entry.getValue().toString());
        }
        var questions = new ArrayList<String>();
        for (var asked : JSON.readTree(
                folder.resolve("evaluation/docs_evaluation_dataset.json").toFile())) {
            var paths = new LinkedHashSet<String>();
            asked.path("correct_chunks").forEach(link -> paths.add(page(link.asText())));
            questions.add(line(
                    asked.path("question").asText(),
                    List.copyOf(paths),
                    asked.path("correct_answer").asText()));
        }
        Files.write(to.resolve("product-docs.jsonl"), questions);
    }

    /** "https://docs.claude.com/en/api/errors#request-id" is api/errors.md. */
    private static String page(String link) {
        var path = link.replaceFirst("#.*", "").replaceFirst(".*?/en/", "").replaceFirst("/$", "/index");
        return path + ".md";
    }

    private static String title(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).replace(".md", "").replace('-', ' ');
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static void write(Path file, Map<String, Object> fields, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        var head = new StringBuilder("---\n");
        for (var field : fields.entrySet()) {
            // JSON is YAML; a date stays a bare word, which is what tells it from text.
            var value =
                    field.getKey().equals("published") ? field.getValue() : JSON.writeValueAsString(field.getValue());
            head.append(field.getKey()).append(": ").append(value).append('\n');
        }
        Files.writeString(file, head + "---\n" + text + "\n");
    }

    private static String line(String question, List<String> paths, String answer) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("question", question);
        fields.put("documents", paths);
        fields.put("answers", List.of(answer));
        return JSON.writeValueAsString(fields);
    }
}
