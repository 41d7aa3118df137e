package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.List;
import java.util.Locale;

/** Numbers and lists as the sentences of a verdict say them. A point is a hundredth of the score. */
final class Wording {
    private Wording() {}

    static String points(double difference) {
        return String.format(Locale.ROOT, "%.1f points", Math.abs(difference) * 100);
    }

    static String points(double difference, Interval interval) {
        return String.format(
                Locale.ROOT, "%.1f points [%.1f, %.1f]", difference * 100, interval.low() * 100, interval.high() * 100);
    }

    static String score(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }

    static String milliseconds(double latency) {
        return String.format(Locale.ROOT, latency < 10 ? "%.1f ms" : "%.0f ms", latency);
    }

    static String dollars(double amount) {
        return String.format(Locale.ROOT, amount < 10 ? "$%,.2f" : "$%,.0f", amount);
    }

    static String pValue(double value) {
        return value < 0.0001 ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", value);
    }

    static String list(List<String> names) {
        int last = names.size() - 1;
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    static String questions(QuestionType type) {
        return switch (type) {
            case ANSWERABLE -> "questions that one document answers";
            case CHANGED -> "questions whose answer changed since training";
            case STYLE -> "questions of style and format";
            case SEVERAL_DOCUMENTS -> "questions that need several documents";
            case UNANSWERABLE -> "questions that the documents do not answer";
        };
    }
}
