package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.Evidence.Figure;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which approach to use, and why. The rules, in order:
 *
 * <ol>
 *   <li>Who breaks a hard constraint is out.
 *   <li>Of the others, the best guess has the best mean score; those that are not significantly worse, after Holm's correction over
 *       all comparisons of the report, lead with it. If none do, it wins on quality.
 *   <li>Else cost decides, or latency, where one that leads is better than the others by a stated margin.
 *   <li>Else the data cannot tell, and how many examples would is computed.
 * </ol>
 *
 * @param outcome what decided
 * @param winner empty if nothing decides
 * @param bestGuess the best mean score of those that may win; of all if none may
 * @param leading the best guess and those that the data do not tell from it
 * @param evidence the verdict in a sentence, then why, then the results by question type
 * @param scores of every approach: over all cases, then by question type
 * @param examplesNeeded to tell the leading ones apart; empty if one leads alone
 */
public record Verdict(
        Outcome outcome,
        Optional<String> winner,
        String bestGuess,
        List<String> leading,
        List<Evidence> evidence,
        List<ScoreSummary> scores,
        Comparisons comparisons,
        Optional<ExamplesNeeded> examplesNeeded) {
    /** What a verdict rests on. */
    public enum Outcome {
        /** The winner is significantly better than every other that may win. */
        QUALITY,
        /** The winner is the only one that keeps the constraints. */
        ONLY_ONE_LEFT,
        /** Quality does not tell the leading ones apart; the winner is the cheapest of them. */
        COST,
        /** Neither quality nor cost tell the leading ones apart; the winner is the fastest of them. */
        LATENCY,
        /** Nothing tells the leading ones apart. */
        CANNOT_TELL,
        /** No approach keeps the constraints. */
        NONE_LEFT
    }

    public Verdict {
        leading = List.copyOf(leading);
        evidence = List.copyOf(evidence);
        scores = List.copyOf(scores);
    }

    /**
     * Judges. The same measurements, constraints and seed give the same verdict.
     *
     * @throws MendableException if no approach has a score
     */
    public static Verdict of(Measurements measurements, Constraints constraints) {
        List<Measured> scored = measurements.approaches().stream()
                .filter(measured -> !measured.quality().isEmpty())
                .toList();
        if (scored.isEmpty()) {
            throw new MendableException("No approach has a score for any case: see why each failed, and measure again");
        }
        Screening screening = Screening.of(measurements, constraints);
        Comparisons comparisons = Comparisons.of(measurements);
        LeadingGroup leading =
                LeadingGroup.of(measurements, screening.kept().isEmpty() ? scored : screening.kept(), comparisons);
        return new Judgement(measurements, constraints, screening, comparisons, leading).verdict();
    }

    /** The steps of one verdict, with what they share. */
    private record Judgement(
            Measurements measurements,
            Constraints constraints,
            Screening screening,
            Comparisons comparisons,
            LeadingGroup leading) {
        Verdict verdict() {
            if (screening.kept().isEmpty()) {
                return verdict(Outcome.NONE_LEFT, Optional.empty(), List.of());
            }
            if (screening.kept().size() == 1) {
                return verdict(Outcome.ONLY_ONE_LEFT, best(), List.of());
            }
            if (leading.members().size() == 1) {
                List<Measured> rivals = screening.kept().stream()
                        .filter(measured -> !measured.equals(leading.best()))
                        .toList();
                return wording()
                        .restsOnMissing(leading.best(), rivals)
                        .map(doubt -> verdict(Outcome.CANNOT_TELL, Optional.empty(), List.of(doubt)))
                        .orElseGet(() -> verdict(Outcome.QUALITY, best(), List.of()));
            }
            TieBreak tie = TieBreak.of(measurements, leading.members(), leading.behind(), constraints.margins());
            return verdict(tie.outcome(), tie.winner(), tie.evidence());
        }

        private Verdict verdict(Outcome outcome, Optional<String> winner, List<Evidence> reasons) {
            QualityEvidence wording = wording();
            List<ScoreSummary> scores = scores();
            double margin = constraints.margins().quality();
            Optional<ExamplesNeeded> needed = leading.open().isEmpty()
                    ? Optional.empty()
                    : Optional.of(ExamplesNeeded.of(leading.open(), margin));
            List<Evidence> evidence = new ArrayList<>();
            evidence.add(new Evidence(headline(outcome, winner), headlineFigures(wording, scores)));
            evidence.addAll(screening.evidence());
            leading.decided().forEach(pair -> evidence.add(wording.worse(pair)));
            leading.open().forEach(pair -> evidence.add(wording.open(pair)));
            evidence.addAll(reasons);
            needed.ifPresent(examples -> evidence.add(wording.examplesNeeded(examples, leading, margin)));
            scores.stream()
                    .filter(summary -> summary.type().isEmpty())
                    .forEach(summary -> evidence.add(wording.score(summary)));
            TypeFindings findings = new TypeFindings(wording, scores, comparisons);
            types().forEach(type -> evidence.add(findings.of(type)));
            return new Verdict(
                    outcome, winner, leading.best().approach(), leading.names(), evidence, scores, comparisons, needed);
        }

        private String headline(Outcome outcome, Optional<String> winner) {
            String best = leading.best().approach();
            String name = winner.orElse(best);
            String group = Wording.list(leading.names());
            return switch (outcome) {
                case QUALITY ->
                    "%s wins on quality: it is significantly better than every other approach that may win."
                            .formatted(name);
                case ONLY_ONE_LEFT -> "%s wins: it is the only approach that keeps the constraints.".formatted(name);
                case COST ->
                    "%s wins on cost: the data cannot tell %s apart on quality, and it is the cheapest of them."
                            .formatted(name, group);
                case LATENCY ->
                    "%s wins on latency: the data cannot tell %s apart on quality, and it is the fastest of them."
                            .formatted(name, group);
                case CANNOT_TELL ->
                    leading.members().size() == 1
                            ? "The data cannot tell which is best: answers are missing. The best guess is %s."
                                    .formatted(best)
                            : "The data cannot tell %s apart on quality. The best guess is %s.".formatted(group, best);
                case NONE_LEFT ->
                    "No approach keeps the constraints. The best quality was measured for %s.".formatted(best);
            };
        }

        private List<Figure> headlineFigures(QualityEvidence wording, List<ScoreSummary> scores) {
            return scores.stream()
                    .filter(summary ->
                            summary.type().isEmpty() && leading.names().contains(summary.approach()))
                    .map(wording::figure)
                    .toList();
        }

        private List<ScoreSummary> scores() {
            return Stream.concat(
                            Stream.of(Optional.<QuestionType>empty()),
                            types().stream().map(Optional::of))
                    .flatMap(type -> measurements.approaches().stream()
                            .flatMap(measured -> ScoreSummary.of(measurements, measured, type).stream()))
                    .toList();
        }

        private List<QuestionType> types() {
            List<QuestionType> types = Comparisons.typesShown(measurements);
            return types.size() > 1 ? types : List.of();
        }

        private Optional<String> best() {
            return Optional.of(leading.best().approach());
        }

        private QualityEvidence wording() {
            return new QualityEvidence(measurements);
        }
    }
}
