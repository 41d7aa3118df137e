package dev.tandem.evaluation.report;

import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.foundation.page.Page;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Retrieved passages at the page's end, each once however often it was retrieved, so that a page of many questions stays small.
 * Questions show a passage's beginning and lead here. Where all of them would still be too much, the longest are cut.
 */
final class PassageShelf {
    /** What a question shows of a passage. */
    private static final int BEGINNING = 140;

    /** Bytes of all passages together. */
    private static final int BUDGET = 800_000;

    /** Characters of one passage, tried in turn. */
    private static final int[] LIMITS = {100_000, 5_000, 2_500, 1_500, 1_000, 700, 500, 350, 250};

    private record Key(String document, String heading, String text) {}

    private final Map<Key, Integer> numbers = new LinkedHashMap<>();
    private int limit;

    private PassageShelf() {}

    static PassageShelf of(List<ReportedRun> runs) {
        var shelf = new PassageShelf();
        runs.stream()
                .flatMap(run -> run.examples().stream())
                .flatMap(example -> example.answer().stream())
                .flatMap(answer -> answer.passages().stream())
                .filter(passage -> passage.text().length() > BEGINNING)
                .forEach(passage -> shelf.numbers.putIfAbsent(key(passage), shelf.numbers.size() + 1));
        shelf.limit = IntStream.of(LIMITS)
                .filter(limit -> shelf.bytes(limit) <= BUDGET)
                .findFirst()
                .orElse(LIMITS[LIMITS.length - 1]);
        return shelf;
    }

    private static Key key(FoundPassage passage) {
        return new Key(passage.document(), passage.heading(), passage.text());
    }

    private long bytes(int limit) {
        return numbers.keySet().stream()
                .mapToLong(key -> cut(key.text(), limit).getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** A passage's beginning, with the way to the whole. */
    String beginning(FoundPassage passage) {
        var number = numbers.get(key(passage));
        return number == null
                ? "<p class=\"text\" dir=\"auto\">" + Page.escaped(passage.text()) + "</p>"
                : "<p class=\"text\" dir=\"auto\">%s</p><a class=\"whole\" href=\"#p%d\">whole passage</a>"
                        .formatted(Page.escaped(cut(passage.text().replaceAll("\\s+", " "), BEGINNING)), number);
    }

    /** The section. */
    String html() {
        if (numbers.isEmpty()) {
            return "";
        }
        boolean cut = numbers.keySet().stream().anyMatch(key -> key.text().length() > limit);
        return numbers.entrySet().stream()
                .map(entry -> passage(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        "",
                        "<div class=\"shelf\"><h2>Retrieved passages</h2>"
                                + (cut
                                        ? "<p>Cut after " + Page.number(limit)
                                                + " characters each, so that the page stays small.</p>"
                                        : ""),
                        "</div>"));
    }

    private String passage(Key key, int number) {
        return "<div class=\"passage\" id=\"p%d\" tabindex=\"-1\"><span class=\"name\" dir=\"auto\">%s</span><p class=\"text\" dir=\"auto\">%s</p></div>"
                .formatted(
                        number,
                        Page.escaped(key.document() + (key.heading().isEmpty() ? "" : ", " + key.heading())),
                        Page.escaped(cut(key.text(), limit)));
    }

    private static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }
}
