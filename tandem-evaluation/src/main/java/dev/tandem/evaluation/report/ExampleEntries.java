package dev.tandem.evaluation.report;

import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.page.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every question to open, with what each run answered, and the bar that filters them. */
record ExampleEntries(List<ReportedRun> runs, PassageShelf passages) {
    /** A run's result for a question. */
    private record Result(ReportedRun run, ExampleResult example) {}

    String html() {
        Map<String, List<Result>> questions = new LinkedHashMap<>();
        for (var run : runs) {
            for (var example : run.examples()) {
                // Two test sets may use an id for different questions.
                questions
                        .computeIfAbsent(
                                example.testCase().id() + "\n"
                                        + example.testCase().question(),
                                any -> new ArrayList<>())
                        .add(new Result(run, example));
            }
        }
        if (questions.isEmpty()) {
            return "<p>None was asked yet.</p>";
        }
        return bar() + questions.values().stream().map(this::entry).collect(Collectors.joining());
    }

    private String bar() {
        var types = runs.stream()
                .flatMap(run -> run.examples().stream())
                .map(example -> example.testCase().type())
                .distinct()
                .sorted()
                .map(type -> "<option value=\"%s\">%s</option>".formatted(type.key(), words(type.key())))
                .collect(Collectors.joining());
        return """
                <div id="filter" class="filter" role="search" hidden="hidden">
                <label>Search <input id="words" type="search" autocomplete="off"/></label>
                <label>Type <select id="type"><option value="">every type</option>%s</select></label>
                <label>Show <select id="mark"><option value="">every question</option><option value="failed">what went wrong</option>
                <option value="declined">declined</option><option value="unsupported">with unsupported sentences</option></select></label>
                <button id="open" type="button">Open all</button>
                <span id="shown" role="status"></span></div>
                """.formatted(types);
    }

    private String entry(List<Result> results) {
        var testCase = results.getFirst().example().testCase();
        var marks = results.stream()
                .flatMap(result -> ExampleView.marks(result.example()))
                .distinct()
                .collect(Collectors.joining(" "));
        var verdicts = results.stream()
                .map(result -> ExampleView.badge(result.example()))
                .distinct()
                .collect(Collectors.joining(" "));
        var answers = results.stream()
                .map(result -> (runs.size() == 1
                                ? ""
                                : "<h3>" + Page.escaped(result.run().label()) + "</h3>")
                        + new ExampleView(result.example(), passages).html())
                .collect(Collectors.joining());
        return """
                <details class="example" data-type="%s" data-marks="%s">
                <summary>%s <bdi>%s</bdi> <span class="about">%s</span></summary>
                <p class="name">expected</p>%s%s</details>
                """.formatted(
                        testCase.type().key(),
                        marks,
                        verdicts,
                        Page.escaped(testCase.question()),
                        Page.escaped(about(testCase)),
                        expected(testCase),
                        answers);
    }

    private static String about(TestCase testCase) {
        return Stream.of(
                        Stream.of(testCase.id(), words(testCase.type().key())),
                        testCase.difficulty().stream().map(difficulty -> difficulty.key()),
                        testCase.topic().stream(),
                        testCase.filter().stream().map(filter -> "where " + filter))
                .flatMap(each -> each)
                .collect(Collectors.joining(" · "));
    }

    private static String expected(TestCase testCase) {
        if (testCase.answers().isEmpty()) {
            return testCase.documents().isEmpty()
                    ? "<p class=\"text\"><i>nothing: no document answers it</i></p>"
                    : "<p class=\"text\"><i>no answer is given</i>" + from(testCase) + "</p>";
        }
        return testCase.answers().stream()
                .map(answer -> "<bdi>" + Page.escaped(answer) + "</bdi>")
                .collect(Collectors.joining(
                        " <span class=\"about\">|</span> ", "<p class=\"text\">", from(testCase) + "</p>"));
    }

    private static String from(TestCase testCase) {
        return testCase.documents().isEmpty()
                ? ""
                : " <span class=\"about\">from " + Page.escaped(String.join(", ", testCase.documents())) + "</span>";
    }

    private static String words(String key) {
        return key.replace('_', ' ');
    }
}
