package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.answering.route.QuestionRouter;
import dev.tandem.answering.route.Route;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.scope.ScopedRetriever;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.RecentQuestions;
import dev.tandem.models.embedding.TextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How requests are told apart, over indexes as MultiHop and QuestionFilters leave them: document questions of the index's own
 * collection, and of CLINC150's held-out part small talk, chat of kinds that no example is of, calculations, requests to repeat,
 * everything else, and what is out of its scope; and questions to a bank (BANKING77). A line is a kind of request over an index,
 * with the share of each route.
 *
 * <p>Arguments: the folder of the collections (clinc-small, banking77), then INDEX=QUESTIONS.jsonl.
 */
public final class Routing {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Set<String> SMALL_TALK = Set.of(
            "greeting",
            "goodbye",
            "thank_you",
            "are_you_a_bot",
            "what_is_your_name",
            "who_made_you",
            "what_can_i_ask_you",
            "how_old_are_you",
            "where_are_you_from",
            "who_do_you_work_for",
            "tell_joke",
            "yes",
            "no",
            "maybe",
            "cancel");

    /** Of these nothing was counted and no example written. */
    private static final Set<String> CHAT = Set.of(
            "meaning_of_life", "what_are_your_hobbies", "do_you_have_pets", "fun_fact", "flip_coin", "roll_dice");

    /** About so many of a kind, evenly. */
    private static final int MOST = 1_000;

    private Routing() {}

    public static void main(String[] arguments) throws IOException {
        var requests = requests(Path.of(arguments[0]));
        System.out.printf("%-18s %-28s %6s", "index", "requests", "n");
        for (var route : Route.values()) {
            System.out.printf(" %12s", route.key());
        }
        System.out.println("  ms");
        try (var encoder = new RecentQuestions(OnnxTextEncoder.bundled(), 20_000)) {
            for (var pair : Arrays.asList(arguments).subList(1, arguments.length)) {
                var parts = pair.split("=", 2);
                measure(Path.of(parts[0]), Path.of(parts[1]), requests, encoder);
            }
        }
    }

    private static void measure(Path place, Path own, Map<String, List<String>> requests, TextEncoder encoder)
            throws IOException {
        try (var index = LucenePassageIndex.open(place)) {
            var router = new QuestionRouter(index, encoder, ScopedRetriever::mayName);
            var folder = own.toAbsolutePath().getParent();
            var name = folder == null ? "" : String.valueOf(folder.getFileName());
            print(name, "its document questions", questions(own), router);
            for (var kind : requests.entrySet()) {
                print(name, kind.getKey(), kind.getValue(), router);
            }
        }
    }

    private static void print(String index, String kind, List<String> all, QuestionRouter router) {
        int step = Math.max(1, all.size() / MOST);
        var texts = IntStream.range(0, all.size())
                .filter(i -> i % step == 0)
                .mapToObj(all::get)
                .toList();
        long start = System.nanoTime();
        Map<Route, Long> counts = texts.stream()
                .map(text -> router.route(text, List.of(), new Filter.All()).route())
                .collect(Collectors.groupingBy(route -> route, Collectors.counting()));
        double millis = (System.nanoTime() - start) / 1e6 / texts.size();
        System.out.printf("%-18s %-28s %6d", index, kind, texts.size());
        for (var route : Route.values()) {
            System.out.printf(" %11.1f%%", 100.0 * counts.getOrDefault(route, 0L) / texts.size());
        }
        System.out.printf("  %.2f%n", millis);
    }

    private static List<String> questions(Path file) throws IOException {
        var questions = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            var node = JSON.readTree(line);
            if (!node.path("type").asText().equals("unanswerable")) {
                questions.add(node.path("question").asText(node.path("text").asText()));
            }
        }
        return questions;
    }

    private static Map<String, List<String>> requests(Path data) throws IOException {
        var requests = new LinkedHashMap<String, List<String>>();
        var clinc = JSON.readTree(data.resolve("clinc-small/data_small.json").toFile());
        clinc.get("val").forEach(pair -> {
            var intent = pair.get(1).asText();
            var kind = SMALL_TALK.contains(intent)
                    ? "clinc small talk"
                    : CHAT.contains(intent)
                            ? "clinc other chat"
                            : switch (intent) {
                                case "calculator" -> "clinc calculator";
                                case "repeat" -> "clinc repeat";
                                default -> "clinc other requests";
                            };
            requests.computeIfAbsent(kind, key -> new ArrayList<>())
                    .add(pair.get(0).asText());
        });
        clinc.get("oos_val")
                .forEach(pair -> requests.computeIfAbsent("clinc out of scope", key -> new ArrayList<>())
                        .add(pair.get(0).asText()));
        requests.put(
                "banking77",
                Objects.requireNonNull(ExampleCollections.in(data).get("banking77")).test().stream()
                        .map(example -> example.messages().getFirst().content())
                        .toList());
        return requests;
    }
}
