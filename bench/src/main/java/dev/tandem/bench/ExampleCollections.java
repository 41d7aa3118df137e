package dev.tandem.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Public question and answer collections, as examples to train on and to test with. */
final class ExampleCollections {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CSV = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*)),\"?(.*?)\"?$");

    /** A collection's two halves. */
    record Collection(List<Example> training, List<Example> test) {}

    private ExampleCollections() {}

    /** Those that are in a folder, by name. */
    static Map<String, Collection> in(Path data) throws IOException {
        var all = new LinkedHashMap<String, Collection>();
        all.put(
                "gsm8k",
                new Collection(
                        lines(data.resolve("text/gsm8k/train.jsonl"), "question", "answer"),
                        lines(data.resolve("gsm8k/test.jsonl"), "question", "answer")));
        var covid = new ArrayList<Example>();
        for (var article : JSON.readTree(
                        data.resolve("text/covid-qa/200423_covidQA.json").toFile())
                .get("data")) {
            for (var paragraph : article.get("paragraphs")) {
                for (var each : paragraph.get("qas")) {
                    covid.add(example(
                            covid.size() + 1,
                            each.get("question").asText(),
                            each.at("/answers/0/text").asText()));
                }
            }
        }
        all.put("covid-qa", new Collection(part(covid, 0, 4), part(covid, 4, 5)));
        var instructions = lines(
                data.resolve("text/self-instruct/human_eval/user_oriented_instructions.jsonl"), "instruction", "");
        all.put("self-instruct", new Collection(part(instructions, 0, 3), part(instructions, 3, 5)));
        all.put(
                "e2e-nlg",
                new Collection(
                        csv(data.resolve("e2e-nlg/devset.csv")), csv(data.resolve("e2e-nlg/testset_w_refs.csv"))));
        for (var domain : List.of("laptop", "hotel", "restaurant")) {
            all.put(
                    "rnnlg " + domain,
                    new Collection(
                            acts(data.resolve("rnnlg/" + domain + "/train.json")),
                            acts(data.resolve("rnnlg/" + domain + "/test.json"))));
        }
        all.put(
                "banking77",
                new Collection(csv(data.resolve("banking77/train.csv")), csv(data.resolve("banking77/test.csv"))));
        var intents = JSON.readTree(data.resolve("clinc-small/data_small.json").toFile());
        all.put("clinc", new Collection(pairs(intents.get("train")), pairs(intents.get("val"))));
        unseen(data, all);
        unseenSince(data, all);
        return all;
    }

    /** Collections that were looked at only after every threshold stood, to see whether those hold elsewhere. */
    private static void unseen(Path data, Map<String, Collection> all) throws IOException {
        var queries = new ArrayList<Example>();
        for (var query :
                JSON.readTree(data.resolve("text2sql-geography/geography.json").toFile())) {
            for (var sentence : query.get("sentences")) {
                var text = sentence.get("text").asText();
                var sql = query.at("/sql/0").asText();
                for (var variable : sentence.get("variables").properties()) {
                    text = text.replace(variable.getKey(), variable.getValue().asText());
                    sql = sql.replace(variable.getKey(), variable.getValue().asText());
                }
                queries.add(example(queries.size() + 1, text, sql));
            }
        }
        all.put("geography", new Collection(part(queries, 0, 4), part(queries, 4, 5)));
        var documents = new ArrayList<Example>();
        for (var each : JSON.readTree(data.resolve("product-docs-qa/evaluation/docs_evaluation_dataset.json")
                .toFile())) {
            documents.add(example(
                    documents.size() + 1,
                    each.get("question").asText(),
                    each.get("correct_answer").asText()));
        }
        all.put("product-docs-qa", new Collection(part(documents, 0, 3), part(documents, 3, 5)));
        var replies = lines(data.resolve("faithfulness/begin_dev_cmu.jsonl"), "question", "response");
        all.put("begin-cmu", new Collection(part(replies, 0, 3), part(replies, 3, 5)));
    }

    /** Those that were looked at only after it was settled that the same answer counts. */
    private static void unseenSince(Path data, Map<String, Collection> all) throws IOException {
        for (var name : List.of("squad-subset", "xquad-en")) {
            var questions = new ArrayList<Example>();
            for (var line : Files.readAllLines(data.resolve("beir/" + name + "/questions.jsonl"))) {
                var node = JSON.readTree(line);
                questions.add(example(
                        questions.size() + 1,
                        node.get("question").asText(),
                        node.at("/answers/0").asText()));
            }
            all.put(name, new Collection(part(questions, 0, 3), part(questions, 3, 5)));
        }
        var replies = lines(data.resolve("faithfulness/begin_dev_wow.jsonl"), "question", "response");
        all.put("begin-wow", new Collection(part(replies, 0, 3), part(replies, 3, 5)));
        var tasks = lines(data.resolve("text/self-instruct/data/seed_tasks.jsonl"), "instruction", "");
        all.put("seed-tasks", new Collection(part(tasks, 0, 3), part(tasks, 3, 5)));
        var judged = new ArrayList<Example>();
        for (var folder : List.of("Natural", "Adversarial/Neighbor", "Adversarial/GPTInst", "Adversarial/GPTOut")) {
            for (var each : JSON.readTree(
                    data.resolve("llmbar/" + folder + "/dataset.json").toFile())) {
                judged.add(example(
                        judged.size() + 1,
                        each.get("input").asText(),
                        each.get("output_1").asText()));
            }
        }
        all.put("llmbar", new Collection(part(judged, 0, 3), part(judged, 3, 5)));
    }

    private static List<Example> part(List<Example> all, int from, int to) {
        return IntStream.range(0, all.size())
                .filter(i -> i % 5 >= from && i % 5 < to)
                .mapToObj(all::get)
                .toList();
    }

    private static List<Example> lines(Path file, String question, String answer) throws IOException {
        var examples = new ArrayList<Example>();
        for (var line : Files.readAllLines(file)) {
            var node = JSON.readTree(line);
            var said = answer.isEmpty() ? node.at("/instances/0/output") : node.get(answer);
            var asked = node.get(question).asText() + "\n"
                    + node.at("/instances/0/input").asText("");
            examples.add(example(examples.size() + 1, asked.strip(), said.asText()));
        }
        return examples;
    }

    private static List<Example> csv(Path file) throws IOException {
        var examples = new ArrayList<Example>();
        for (var line : Files.readAllLines(file)) {
            var fields = CSV.matcher(line);
            if (fields.find()) {
                var first = fields.group(1) != null ? fields.group(1) : fields.group(2);
                examples.add(example(examples.size() + 1, first.replace("\"\"", "\""), fields.group(3)));
            }
        }
        return examples.subList(1, examples.size());
    }

    private static List<Example> acts(Path file) throws IOException {
        var text = Files.readString(file);
        return pairs(JSON.readTree(text.substring(text.indexOf('['))));
    }

    private static List<Example> pairs(JsonNode array) {
        var examples = new ArrayList<Example>();
        array.forEach(pair -> examples.add(
                example(examples.size() + 1, pair.get(0).asText(), pair.get(1).asText())));
        return examples;
    }

    static Example example(int line, String question, String answer) {
        return new Example(
                line,
                List.of(
                        new Message(Message.Role.USER, question, false),
                        new Message(Message.Role.ASSISTANT, answer, true)),
                Optional.empty(),
                Map.of());
    }
}
