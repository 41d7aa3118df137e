package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.Amount;
import dev.tandem.evaluation.compare.ScoreSummary;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.foundation.page.IntervalChart;
import dev.tandem.foundation.page.IntervalChart.Bar;
import dev.tandem.foundation.page.IntervalChart.Group;
import dev.tandem.foundation.page.Page;
import dev.tandem.foundation.page.ScatterChart;
import dev.tandem.foundation.page.ScatterChart.Scale;
import dev.tandem.foundation.page.Span;
import dev.tandem.workspace.compare.ComparisonResult.Found;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Quality against latency and cost, and by question type. */
record ComparisonCharts(ComparisonResult result, Found found) {
    private static final List<String> COLOURS = List.of("note", "held-out", "general", "warning", "error");

    String html() {
        var charts = Stream.of(
                        against(
                                "latency, 95 of 100 answers",
                                value -> String.format(Locale.ROOT, "%,.0f ms", value),
                                run -> run.latency(0.95)),
                        against("cost a month", value -> String.format(Locale.ROOT, "$%,.0f", value), this::monthly),
                        Optional.of(byType()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining());
        return legend() + "<div class=\"charts pairs\">" + charts + "</div>" + costs();
    }

    private String legend() {
        return IntStream.range(0, result.approaches().size())
                .mapToObj(i -> "<span><i class=\"%s\"></i> %s</span>"
                        .formatted(
                                colour(i),
                                Page.escaped(result.approaches().get(i).name())))
                .collect(Collectors.joining("", "<p class=\"legend\">", "</p>"));
    }

    private static String colour(int approach) {
        return COLOURS.get(approach % COLOURS.size());
    }

    private OptionalDouble monthly(ApproachRun run) {
        return found.measurements().approach(run.name()).costs().monthly().stream()
                .mapToDouble(Amount::value)
                .findFirst();
    }

    private Optional<String> against(
            String name, DoubleFunction<String> number, Function<ApproachRun, OptionalDouble> value) {
        var points = IntStream.range(0, result.approaches().size())
                .boxed()
                .flatMap(i -> point(i, value).stream())
                .toList();
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScatterChart(
                                "quality against " + name,
                                new Scale(name, number),
                                new Scale("quality", score -> String.format(Locale.ROOT, "%.2f", score)),
                                true,
                                points)
                        .html());
    }

    private Optional<ScatterChart.Point> point(int i, Function<ApproachRun, OptionalDouble> value) {
        var run = result.approaches().get(i);
        var across = value.apply(run);
        return score(run.name(), Optional.empty())
                .filter(score -> across.isPresent())
                .map(score -> new ScatterChart.Point(
                        run.name(), colour(i), across.getAsDouble(), score.mean(), Optional.of(span(score))));
    }

    private Optional<ScoreSummary> score(String approach, Optional<QuestionType> type) {
        return found.verdict().scores().stream()
                .filter(score ->
                        score.approach().equals(approach) && score.type().equals(type))
                .findFirst();
    }

    private static Span span(ScoreSummary score) {
        return new Span(score.interval().low(), score.interval().high());
    }

    private String byType() {
        var types = found.verdict().scores().stream()
                .map(ScoreSummary::type)
                .distinct()
                .toList();
        return new IntervalChart(
                        "quality by question type, with 95% intervals",
                        1,
                        value -> String.format(Locale.ROOT, "%.2f", value),
                        types.stream().map(this::group).toList())
                .html();
    }

    private Group group(Optional<QuestionType> type) {
        var bars = IntStream.range(0, result.approaches().size())
                .boxed()
                .flatMap(i -> score(result.approaches().get(i).name(), type).stream()
                        .map(score -> new Bar(score.approach(), colour(i), score.mean(), Optional.of(span(score)))))
                .toList();
        int cases = result.approaches().stream()
                .flatMap(run -> score(run.name(), type).stream())
                .mapToInt(ScoreSummary::cases)
                .max()
                .orElse(0);
        return new Group(type.map(each -> each.key().replace('_', ' ')).orElse("all") + " (" + cases + ")", bars);
    }

    private String costs() {
        var rows = result.approaches().stream()
                .flatMap(run -> found.measurements().approach(run.name()).costs().monthly().stream()
                        .map(amount -> List.of(
                                run.name(),
                                String.format(Locale.ROOT, "$%,.0f", amount.value()),
                                amount.measured() ? "measured" : "planned",
                                amount.source())))
                .toList();
        return "<details class=\"values\"><summary>what the costs rest on</summary>"
                + Page.table("Cost a month", List.of("", "a month", "", "from"), rows) + "</details>";
    }
}
