package dev.tandem.evaluation.report;

import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.ExampleVerdict;
import dev.tandem.evaluation.run.RunMetric;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.foundation.page.Page;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one run did with one question. */
record ExampleView(ExampleResult example, PassageShelf passages) {
    /** What it can be filtered by. */
    static Stream<String> marks(ExampleResult example) {
        return Stream.of(
                        ExampleVerdict.of(example).isFailed() ? "failed" : "",
                        example.answer().filter(StrategyAnswer::abstained).isPresent() ? "declined" : "",
                        example.unsupported().isEmpty() ? "" : "unsupported")
                .filter(mark -> !mark.isEmpty());
    }

    static String badge(ExampleResult example) {
        var verdict = ExampleVerdict.of(example);
        var style = verdict.isFailed() ? "error" : verdict == ExampleVerdict.UNJUDGED ? "note" : "general";
        return "<b class=\"badge " + style + "\">" + verdict.label() + "</b>";
    }

    String html() {
        return "<p class=\"name\">answer</p>" + answer()
                + example.answer().map(this::foundation).orElse("") + metrics();
    }

    private String answer() {
        if (example.answer().isEmpty()) {
            return "<p class=\"text error\" dir=\"auto\">"
                    + Page.escaped(example.failure().orElse("none")) + "</p>";
        }
        var answer = example.answer().get();
        return (answer.abstained() ? "<p class=\"text\"><i>declined</i></p>" : "")
                + (answer.text().isEmpty() ? "" : MarkedAnswer.html(answer.text(), example.unsupported()));
    }

    private String foundation(StrategyAnswer answer) {
        return citations(answer) + retrieved(answer) + timings(answer);
    }

    private static String citations(StrategyAnswer answer) {
        return answer.citations().isEmpty()
                ? ""
                : answer.citations().stream()
                        .map(ExampleView::citation)
                        .collect(Collectors.joining("", "<p class=\"name\">citations</p><ul>", "</ul>"));
    }

    private static String citation(CitedQuote cited) {
        return "<li><b dir=\"auto\">%s</b> <bdi>%s</bdi><p class=\"text\" dir=\"auto\">“%s”</p></li>"
                .formatted(Page.escaped(cited.document()), Page.escaped(cited.place()), Page.escaped(cited.quote()));
    }

    private String retrieved(StrategyAnswer answer) {
        return answer.passages().isEmpty()
                ? ""
                : answer.passages().stream()
                        .map(this::passage)
                        .collect(Collectors.joining("", "<p class=\"name\">retrieved, best first</p><ol>", "</ol>"));
    }

    private String passage(FoundPassage passage) {
        boolean expected = example.testCase().documents().contains(passage.document());
        return "<li><b dir=\"auto\">%s</b> <bdi>%s</bdi> <span class=\"about\">%s%s</span>%s</li>"
                .formatted(
                        Page.escaped(passage.document()),
                        Page.escaped(passage.heading()),
                        String.format(Locale.ROOT, "score %.3f", passage.score()),
                        expected ? ", an expected document" : "",
                        passages.beginning(passage));
    }

    private static String timings(StrategyAnswer answer) {
        var stages = answer.timings().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Double> stage) ->
                                stage.getKey().equals("total"))
                        .thenComparing(Map.Entry::getKey))
                .map(stage -> stage.getKey() + " " + RunMetric.shown("latency_ms", stage.getValue()))
                .collect(Collectors.joining(" · "));
        var tokens = answer.promptTokens() + answer.answerTokens() == 0
                ? ""
                : " · " + Page.number(answer.promptTokens()) + " tokens read, " + Page.number(answer.answerTokens())
                        + " written";
        return "<p class=\"name\">time</p><p class=\"about\">" + Page.escaped(stages + tokens) + "</p>";
    }

    private String metrics() {
        return example.metrics().isEmpty()
                ? ""
                : "<p class=\"name\">metrics</p><p class=\"about\">"
                        + new TreeMap<>(example.metrics())
                                .entrySet().stream()
                                        .map(each -> Page.escaped(
                                                each.getKey() + " " + RunMetric.shown(each.getKey(), each.getValue())))
                                        .collect(Collectors.joining(" · "))
                        + "</p>";
    }
}
