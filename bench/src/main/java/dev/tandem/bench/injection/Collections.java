package dev.tandem.bench.injection;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.PassageSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/** Documents as the passages that an ingest makes of them. */
public record Collections(DocumentReader reader, PassageSplitter splitter) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Every file below a folder that can be read, at most so many, evenly chosen. */
    public List<Split> folder(Path folder, int most) throws IOException {
        var documents = new ArrayList<Split>();
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("SOURCE.txt"))
                    .sorted()
                    .toList();
        }
        for (var file : every(files, most)) {
            if (reader.read(file, folder.relativize(file).toString()) instanceof ReadResult.Parsed(var document)) {
                documents.add(new Split(document, splitter.split(document)));
            }
        }
        return documents;
    }

    /** A collection in BEIR's layout. */
    public List<Split> beir(Path folder, int most) throws IOException {
        var documents = new ArrayList<Split>();
        for (var line : every(Files.readAllLines(folder.resolve("corpus.jsonl")), most)) {
            var json = JSON.readTree(line);
            documents.add(split(
                    json.path("_id").asText(),
                    json.path("title").asText(),
                    json.path("text").asText()));
        }
        return documents;
    }

    /** Articles in SQuAD's layout. */
    public List<Split> articles(Path file, int most) throws IOException {
        var documents = new ArrayList<Split>();
        for (var article : JSON.readTree(file.toFile()).path("data")) {
            for (var paragraph : article.path("paragraphs")) {
                if (documents.size() < most) {
                    documents.add(split(
                            "article-" + documents.size(),
                            article.path("title").asText(),
                            paragraph.path("context").asText()));
                }
            }
        }
        return documents;
    }

    /** What claims are held against, in the layout of ../shared/data/faithfulness, each once. */
    public List<Split> contexts(Path file) throws IOException {
        var texts = new LinkedHashSet<String>();
        for (var line : Files.readAllLines(file)) {
            texts.add(JSON.readTree(line).path("context").asText());
        }
        var documents = new ArrayList<Split>();
        for (var text : texts) {
            documents.add(split("context-" + documents.size() + ".txt", "news", text));
        }
        return documents;
    }

    /** BIPIA's letters, as texts. */
    public static List<String> letters(Path file) throws IOException {
        var letters = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            letters.add(JSON.readTree(line).path("context").asText());
        }
        return letters;
    }

    /** A document and its passages. */
    public record Split(Document document, List<Passage> passages) {}

    /** A document, cut into its passages. */
    public Split split(Document document) {
        return new Split(document, splitter.split(document));
    }

    /** A plain text. */
    public Split split(String name, String title, String text) {
        var blocks = Arrays.stream(text.split("\\n[ \\t]*\\n"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .<Block>map(part -> new Block.Paragraph(part, 0))
                .toList();
        return split(new Document(name, title, Metadata.EMPTY, blocks));
    }

    /** At most so many, evenly chosen. */
    static <T> List<T> every(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        var some = new ArrayList<T>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * all.size() / most)));
        }
        return some;
    }
}
