package dev.tandem.bench.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The free texts that the starter learns from, cleaned, without what comes twice, and what each allows. */
public final class Sources {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final Pattern LICENCE = Pattern.compile("License:\\s*cc-by\\b");
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
    private static final Pattern BLANK_LINES = Pattern.compile("\n\\s*\n");
    private static final Pattern SENTENCE_ENDS = Pattern.compile("(?<= [.?!]) ");
    private static final int LONGEST = 1_200;

    private final Path data;

    /** @param data a folder with {@code text}, {@code kb-18f} and {@code rnnlg} */
    public Sources(Path data) {
        this.data = data;
    }

    /**
     * Texts of one origin.
     *
     * @param lines training examples, JSON lines
     * @param credits works that ask to be named one by one
     */
    public record Source(String name, String licence, String origin, List<String> lines, List<String> credits) {}

    /** All of them. */
    public List<Source> read() {
        var seen = new LinkedHashSet<String>();
        var credits = new ArrayList<String>();
        var articles = articles(seen, credits);
        return List.of(
                new Source(
                        "WikiText-2, validation part",
                        "CC BY-SA 3.0",
                        "Wikipedia, by way of github.com/pytorch/examples",
                        texts(wiki(), seen),
                        List.of()),
                new Source(
                        "Tiny Shakespeare",
                        "public domain",
                        "github.com/karpathy/char-rnn",
                        texts(file("text/tiny-text/tinyshakespeare.txt"), seen),
                        List.of()),
                new Source("GSM8K, training part", "MIT", "github.com/openai/grade-school-math", sums(), List.of()),
                new Source(
                        "Self-Instruct, seed tasks",
                        "Apache-2.0",
                        "github.com/yizhongw/self-instruct",
                        instructions(),
                        List.of()),
                new Source(
                        "GitHub site policies",
                        "CC0-1.0",
                        "github.com/github/site-policy",
                        markdown("text/legal-policies/github", seen),
                        List.of()),
                new Source(
                        "Basecamp policies",
                        "CC BY 4.0",
                        "github.com/basecamp/policies",
                        markdown("text/legal-policies/basecamp", seen),
                        List.of()),
                new Source(
                        "18F handbook",
                        "public domain / CC0",
                        "github.com/18F/handbook",
                        markdown("kb-18f/week-00", seen),
                        List.of()),
                new Source(
                        "COVID-QA, articles under CC BY",
                        "Apache-2.0 (questions), CC BY (articles)",
                        "github.com/deepset-ai/COVID-QA",
                        articles,
                        credits));
    }

    /** First names. */
    public List<String> people() {
        return file("text/tiny-text/names.txt")
                .lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Restaurants and hotels of RNNLG: {@code train} or {@code valid}. */
    public List<Tasks.Dialogue> dialogues(String part) {
        var dialogues = new ArrayList<Tasks.Dialogue>();
        for (var domain : List.of("restaurant", "hotel")) {
            // Farewells are a fifth of the corpus and teach nothing new: one in sixteen stays.
            var bare = new int[1];
            rnnlg(data.resolve("rnnlg").resolve(domain).resolve(part + ".json")).stream()
                    .filter(dialogue -> !dialogue.act().endsWith("()") || bare[0]++ % 16 == 0)
                    .forEach(dialogues::add);
        }
        return dialogues;
    }

    /** A file of RNNLG: a JSON list behind comment lines. */
    public static List<Tasks.Dialogue> rnnlg(Path file) {
        try {
            var text = Files.readString(file);
            var dialogues = new ArrayList<Tasks.Dialogue>();
            for (var entry : JSON.readTree(text.substring(text.indexOf("\n[") + 1))) {
                dialogues.add(
                        new Tasks.Dialogue(entry.get(0).asText(), entry.get(1).asText()));
            }
            return dialogues;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private String file(String name) {
        try {
            return Files.readString(data.resolve(name));
        } catch (IOException e) {
            throw unreadable(data.resolve(name), e);
        }
    }

    private static MendableException unreadable(Path file, IOException e) {
        return new MendableException(
                file + " cannot be read (" + e.getMessage() + "): name the folder that holds text, kb-18f and rnnlg.",
                e);
    }

    /** Whole paragraphs, as many as fit in a piece; a paragraph that was seen before is left out. */
    private static List<String> texts(String whole, Set<String> seen) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (var paragraph : BLANK_LINES.splitAsStream(whole).toList()) {
            var text = paragraph.strip();
            if (text.isEmpty() || (text.length() > 40 && !seen.add(text))) {
                continue;
            }
            for (int from = 0; from < text.length(); from += LONGEST) {
                var part = text.substring(from, Math.min(text.length(), from + LONGEST));
                if (piece.length() + part.length() > LONGEST) {
                    add(pieces, piece);
                }
                piece.append(piece.isEmpty() ? "" : "\n\n").append(part);
            }
        }
        add(pieces, piece);
        return pieces;
    }

    private static void add(List<String> pieces, StringBuilder piece) {
        if (piece.length() > 80) {
            pieces.add(Lines.text(piece.toString()));
        }
        piece.setLength(0);
    }

    /** Sentences with words that WikiText left out are left out, and its spaces around marks. */
    private String wiki() {
        var text = new StringBuilder();
        for (var line : file("text/tiny-text/wikitext-2.valid.txt").lines().toList()) {
            if (line.strip().startsWith("=")) {
                text.append(line.replace("=", "").strip()).append("\n\n");
                continue;
            }
            for (var sentence : SENTENCE_ENDS.splitAsStream(line).toList()) {
                if (!sentence.contains("<unk>")) {
                    text.append(sentence.strip()
                                    .replaceAll(" @(.)@ ", "$1")
                                    .replaceAll(" ([,.;:?!)%]|'s|n't)", "$1")
                                    .replace("( ", "("))
                            .append(' ');
                }
            }
            text.append("\n\n");
        }
        return text.toString();
    }

    private List<String> markdown(String folder, Set<String> seen) {
        try (var files = Files.walk(data.resolve(folder))) {
            var lines = new ArrayList<String>();
            for (var file : files.filter(each -> each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                var text = Files.readString(file);
                if (text.startsWith("---\n") && text.indexOf("\n---", 4) > 0) {
                    text = text.substring(text.indexOf("\n---", 4) + 4);
                }
                text = LINK.matcher(text.replaceAll("\\{[{%].*?[%}]\\}|<[^>]*>", ""))
                        .replaceAll("$1");
                lines.addAll(texts(ADDRESS.matcher(text).replaceAll(""), seen));
            }
            return lines;
        } catch (IOException e) {
            throw unreadable(data.resolve(folder), e);
        }
    }

    private List<String> sums() {
        return file("text/gsm8k/train.jsonl")
                .lines()
                .map(Sources::json)
                .map(sum -> Lines.chat(
                        sum.path("question").asText(),
                        sum.path("answer")
                                .asText()
                                .replaceAll("<<[^>]*>>", "")
                                .replaceFirst("#### (.*)", "The answer is $1.")))
                .toList();
    }

    private List<String> instructions() {
        var lines = new ArrayList<String>();
        file("text/self-instruct/data/seed_tasks.jsonl")
                .lines()
                .map(Sources::json)
                .forEach(task -> {
                    for (var instance : task.path("instances")) {
                        var input = instance.path("input").asText();
                        lines.add(Lines.chat(
                                task.path("instruction").asText() + (input.isEmpty() ? "" : "\n\n" + input),
                                instance.path("output").asText()));
                    }
                });
        return lines;
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new MendableException("A line is no JSON: " + line, e);
        }
    }

    /** Articles that say that they are under CC BY, and the questions whose answers they give word by word. */
    private List<String> articles(Set<String> seen, List<String> credits) {
        var lines = new ArrayList<String>();
        for (var entry : json(file("text/covid-qa/200423_covidQA.json")).path("data")) {
            for (var paragraph : entry.path("paragraphs")) {
                var context = paragraph.path("context").asText();
                if (!LICENCE.matcher(context.toLowerCase(Locale.ROOT).replace("license", "License"))
                        .find()) {
                    continue;
                }
                credits.add(context.substring(0, Math.min(context.length(), 600))
                        .lines()
                        .filter(line -> !line.isBlank())
                        .limit(3)
                        .collect(java.util.stream.Collectors.joining("; ")));
                lines.addAll(texts(ADDRESS.matcher(context).replaceAll(""), seen));
                for (var question : paragraph.path("qas")) {
                    var answer = question.path("answers").path(0);
                    var said = answer.path("text").asText();
                    int at = answer.path("answer_start").asInt();
                    if (said.length() < 200 && !said.isBlank()) {
                        var around = context.substring(
                                Math.max(0, at - 250), Math.min(context.length(), at + said.length() + 250));
                        lines.add(Lines.chat(
                                around.strip() + "\n\nQuestion: "
                                        + question.path("question").asText(),
                                said.strip()));
                    }
                }
            }
        }
        return lines;
    }
}
