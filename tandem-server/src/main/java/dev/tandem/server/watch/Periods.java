package dev.tandem.server.watch;

import dev.tandem.server.store.ServerDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What was observed over time, in equal stretches. */
record Periods(ServerDatabase database) {
    private static final int COUNT = 48;
    private static final int MOST = 100_000;

    private record Answer(Instant time, String outcome, double milliseconds) {}

    private record Score(
            Instant time,
            Optional<Double> faithfulness,
            Optional<Double> answerRelevancy,
            Optional<Double> contextRelevancy) {}

    List<MonitoringReport.Period> of(Instant end, Duration time) {
        long step = Math.max(1, time.toMillis() / COUNT);
        var start = end.minusMillis(step * COUNT);
        var answers =
                IntStream.range(0, COUNT).mapToObj(i -> new ArrayList<Answer>()).toList();
        var scores =
                IntStream.range(0, COUNT).mapToObj(i -> new ArrayList<Score>()).toList();
        answers(start)
                .forEach(each -> answers.get(place(start, step, each.time())).add(each));
        scores(start)
                .forEach(each -> scores.get(place(start, step, each.time())).add(each));
        return IntStream.range(0, COUNT)
                .mapToObj(i -> period(start.plusMillis(step * i), answers.get(i), scores.get(i)))
                .toList();
    }

    private static int place(Instant start, long step, Instant time) {
        return Math.clamp(Duration.between(start, time).toMillis() / step, 0, COUNT - 1);
    }

    private List<Answer> answers(Instant start) {
        return database.with(handle -> handle.createQuery(
                        "select time, outcome, milliseconds from live_answer where time >= :start order by number desc limit :most")
                .bind("start", start.toString())
                .bind("most", MOST)
                .map((row, context) -> new Answer(
                        Instant.parse(row.getString("time")), row.getString("outcome"), row.getDouble("milliseconds")))
                .list());
    }

    private List<Score> scores(Instant start) {
        return database.with(handle -> handle.createQuery(
                        "select * from live_judgement where time >= :start order by number desc limit :most")
                .bind("start", start.toString())
                .bind("most", MOST)
                .map((row, context) -> new Score(
                        Instant.parse(row.getString("time")),
                        Optional.ofNullable((Double) row.getObject("faithfulness")),
                        Optional.ofNullable((Double) row.getObject("answer_relevancy")),
                        Optional.ofNullable((Double) row.getObject("context_relevancy"))))
                .list());
    }

    private static MonitoringReport.Period period(Instant from, List<Answer> answers, List<Score> scores) {
        var made = answers.stream()
                .filter(answer -> !answer.outcome().equals("failed"))
                .toList();
        var times = made.stream().mapToDouble(Answer::milliseconds).sorted().toArray();
        return new MonitoringReport.Period(
                from,
                answers.size(),
                share(made, "declined"),
                share(answers, "failed"),
                quantile(times, 0.5),
                quantile(times, 0.95),
                scores.size(),
                mean(scores.stream()
                        .flatMap(score -> score.faithfulness().stream())
                        .toList()),
                mean(scores.stream()
                        .flatMap(score -> score.answerRelevancy().stream())
                        .toList()),
                mean(scores.stream()
                        .flatMap(score -> score.contextRelevancy().stream())
                        .toList()));
    }

    private static Optional<Double> share(List<Answer> answers, String outcome) {
        return mean(answers.stream()
                .map(answer -> answer.outcome().equals(outcome) ? 1.0 : 0.0)
                .toList());
    }

    private static Optional<Double> mean(List<Double> values) {
        var mean = values.stream().mapToDouble(Double::doubleValue).average();
        return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
    }

    private static Optional<Double> quantile(double[] sorted, double share) {
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]);
    }
}
