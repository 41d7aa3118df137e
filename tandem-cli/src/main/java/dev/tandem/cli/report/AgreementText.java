package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.judge.agreement.Estimate;
import dev.tandem.evaluation.judge.agreement.LabelAgreement;
import dev.tandem.evaluation.judge.agreement.PreferenceAgreement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far a judge agrees with people. */
final class AgreementText {
    private AgreementText() {}

    /** For people. */
    static String of(LabelAgreement agreement) {
        var bins = agreement.reliability().stream()
                .map(bin -> String.format(Locale.ROOT, "%.2f: %.2f", bin.score(), bin.supported()))
                .collect(Collectors.joining(", "));
        return String.format(
                        Locale.ROOT,
                        "Agreement with the labels of %d answers, %d supported (95%% intervals):%n",
                        agreement.answers(),
                        agreement.supported())
                + row("balanced accuracy", agreement.balancedAccuracy())
                + row("AUROC", agreement.auroc())
                + row("Cohen's kappa", agreement.kappa())
                + row("calibration error", agreement.calibrationError())
                + String.format("  mean score: share supported, from low to high: %s%n", bins);
    }

    static String of(PreferenceAgreement agreement) {
        return String.format(
                        Locale.ROOT, "Agreement with %d labels, ties half right (95%% intervals):%n", agreement.pairs())
                + row("accuracy", agreement.accuracy())
                + row("without ties", agreement.decidedAccuracy())
                + row("Cohen's kappa", agreement.kappa());
    }

    private static String row(String name, Optional<Estimate> estimate) {
        return estimate.map(each -> String.format(
                        Locale.ROOT, "  %-18s %.3f (%.3f to %.3f)%n", name, each.value(), each.low(), each.high()))
                .orElseGet(() -> String.format(Locale.ROOT, "  %-18s cannot be told from these labels%n", name));
    }

    /** For programs. */
    static Map<String, Object> json(LabelAgreement agreement) {
        return Json.object(
                "answers", agreement.answers(),
                "supported", agreement.supported(),
                "balanced_accuracy", json(agreement.balancedAccuracy()),
                "auroc", json(agreement.auroc()),
                "kappa", json(agreement.kappa()),
                "calibration_error", json(agreement.calibrationError()),
                "reliability",
                        agreement.reliability().stream()
                                .map(bin -> Json.object(
                                        "count", bin.count(),
                                        "score", Json.rounded(bin.score()),
                                        "supported", Json.rounded(bin.supported())))
                                .toList());
    }

    static Map<String, Object> json(PreferenceAgreement agreement) {
        return Json.object(
                "pairs", agreement.pairs(),
                "ties", agreement.ties(),
                "accuracy", json(agreement.accuracy()),
                "accuracy_without_ties", json(agreement.decidedAccuracy()),
                "kappa", json(agreement.kappa()));
    }

    private static Optional<Map<String, Object>> json(Optional<Estimate> estimate) {
        return estimate.map(each -> Json.object(
                "value", Json.rounded(each.value()),
                "low", Json.rounded(each.low()),
                "high", Json.rounded(each.high())));
    }
}
