package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.compare.Aspect;
import dev.tandem.evaluation.compare.HeadToHead;
import dev.tandem.evaluation.compare.HeadToHead.Cell;
import dev.tandem.evaluation.compare.Measured;
import dev.tandem.evaluation.compare.Measurements;
import dev.tandem.evaluation.compare.QualityScore;
import dev.tandem.evaluation.compare.Verdict;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.WorkspaceStatus;
import dev.tandem.workspace.compare.ComparisonResult.Found;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** From runs to a verdict. */
record ComparisonConclusion(
        OpenWorkspace workspace,
        ComparisonRequest request,
        List<ApproachRun> runs,
        List<LeftOut> leftOut,
        List<Tuned> tuned,
        Optional<FreshFact> freshFact) {
    /** With fewer questions, hardly any difference can be told from chance. */
    private static final int FEW = 30;

    ComparisonResult result() {
        var status = workspace.status();
        var costs = new ApproachCosts(
                request.prices(),
                request.queries(),
                workspace.workspace().settings(),
                status,
                freshFact.map(fact -> OptionalDouble.of(fact.ingestSeconds())).orElse(OptionalDouble.empty()));
        List<Measured> measured =
                runs.stream().map(run -> run.measured(costs.of(run))).toList();
        long scored =
                measured.stream().filter(each -> !each.quality().isEmpty()).count();
        var found = scored < 2 ? Optional.<Found>empty() : Optional.of(found(measured, status));
        var texts = TextQuality.of(runs, workspace, request.training());
        return new ComparisonResult(request, runs, found, leftOut, tuned, freshFact, texts, cautions(scored, status));
    }

    private Found found(List<Measured> measured, WorkspaceStatus status) {
        var measurements =
                new Measurements(QualityScore.NAME, ComparedCases.of(request.testSet()), measured, request.seed());
        return new Found(
                measurements,
                Verdict.of(measurements, request.constraints()),
                HeadToHead.of(measurements, known(status)));
    }

    private List<String> cautions(long scored, WorkspaceStatus status) {
        var cautions = new ArrayList<String>();
        int cases = request.testSet().cases().size();
        if (scored < 2) {
            cautions.add("There is no verdict: fewer than two approaches have an answer that could be scored.");
        }
        if (cases < FEW) {
            cautions.add("The test set has " + cases + (cases == 1 ? " question" : " questions") + ": with fewer than "
                    + FEW + ", hardly any difference can be told from chance.");
        }
        if (status.stale()) {
            cautions.add("The documents changed since they were ingested: run `tandem ingest -w " + status.folder()
                    + "` to compare what they say now.");
        }
        if (request.allowLeakage() && request.training().isPresent()) {
            var leakage = ComparedCases.leakage(request.training().get(), request.testSet());
            if (leakage.found()) {
                cautions.add(leakage.leaks().size() + " of " + cases + " questions are in the training examples, or"
                        + " nearly so: what the tuned approaches are worth on them says nothing.");
            }
        }
        return cautions;
    }

    private Map<String, Map<Aspect, Cell>> known(WorkspaceStatus status) {
        var known = new HashMap<String, Map<Aspect, Cell>>();
        for (var run : runs) {
            var cells = new EnumMap<Aspect, Cell>(Aspect.class);
            dataNeeded(run, status).ifPresent(cell -> cells.put(Aspect.DATA_NEEDED, cell));
            freshness(run).ifPresent(cell -> cells.put(Aspect.FRESHNESS, cell));
            known.put(run.name(), cells);
        }
        return known;
    }

    private static Optional<Cell> dataNeeded(ApproachRun run, WorkspaceStatus status) {
        var parts = new ArrayList<String>();
        boolean reads = run.kind() == ApproachKind.RAG || run.kind() == ApproachKind.HYBRID;
        if (reads) {
            parts.add(String.format(Locale.ROOT, "%,d documents", status.documents()));
        }
        run.tuned()
                .filter(model -> model.examples().isPresent())
                .ifPresent(model -> parts.add(String.format(
                        Locale.ROOT, "%,d examples", model.examples().getAsLong())));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Cell(String.join(", ", parts), Optional.empty(), Optional.empty(), true, "counted here"));
    }

    private Optional<Cell> freshness(ApproachRun run) {
        return freshFact.stream()
                .flatMap(fact -> fact.findings().stream())
                .filter(finding -> finding.approach().equals(run.name()) && finding.tried())
                .findFirst()
                .map(finding -> new Cell(
                        finding.knows()
                                ? String.format(
                                        Locale.ROOT,
                                        "a changed fact after %.1f s",
                                        finding.seconds().orElse(0))
                                : "did not answer with a changed fact",
                        finding.seconds().isPresent()
                                ? Optional.of(finding.seconds().getAsDouble())
                                : Optional.empty(),
                        Optional.empty(),
                        true,
                        "the test with a fresh fact"));
    }
}
