package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.Amount;
import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.compare.Costs;
import dev.tandem.evaluation.cost.Basis;
import dev.tandem.evaluation.cost.CostModel;
import dev.tandem.evaluation.cost.Item;
import dev.tandem.evaluation.cost.Plan;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.cost.PriceName;
import dev.tandem.evaluation.cost.TuningMethod;
import dev.tandem.evaluation.cost.Workload;
import dev.tandem.workspace.WorkspaceStatus;
import dev.tandem.workspace.settings.EmbeddingSettings;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each approach costs: the price book times what was measured (tokens, tuning, documents, storage), the middle of each range. An
 * amount counts as measured where every line of it rests on a measurement; its source names those that do not.
 *
 * @param queries a month; as the book assumes unless given
 * @param ingestSeconds of all documents, where they were measured
 */
record ApproachCosts(
        PriceBook prices,
        OptionalLong queries,
        WorkspaceSettings settings,
        WorkspaceStatus status,
        OptionalDouble ingestSeconds) {
    private static final double GIGABYTE = 1e9;
    private static final double SECONDS_OF_AN_HOUR = 3_600;
    private static final String INFERENCE = "self-hosted inference";

    Costs of(ApproachRun approach) {
        var model = new CostModel(prices, workload(approach));
        long count = queries.orElse(model.assumedQueries());
        var estimate = model.estimate(count);
        var plan = estimate.of(
                switch (approach.kind()) {
                    case RAG -> Plan.RAG;
                    case HYBRID -> Plan.HYBRID_SELF_HOSTED;
                    case BASE, FEW_SHOT, FINE_TUNED -> Plan.FINE_TUNING_SELF_HOSTED;
                });
        boolean prompted = approach.kind() == ApproachKind.BASE || approach.kind() == ApproachKind.FEW_SHOT;
        var monthly = prompted
                ? amount(
                        plan.monthly().items().stream()
                                .filter(item -> item.name().equals(INFERENCE))
                                .toList(),
                        count)
                : amount(plan.monthly().items(), plan.monthly().total().middle(), count);
        var setUp = prompted
                ? Optional.<Amount>empty()
                : Optional.of(amount(plan.setup().items(), plan.setup().total().middle(), 0));
        var perQuery = new Amount(monthly.value() / count, monthly.measured(), monthly.source());
        return new Costs(Optional.of(perQuery), setUp, Optional.of(monthly), hours(approach));
    }

    private Workload workload(ApproachRun approach) {
        var tuned = approach.tuned().filter(each -> each.seconds().isPresent());
        return new Workload(
                approach.tokens(),
                OptionalLong.of(status.documents()),
                OptionalDouble.of(status.size().bytes() / GIGABYTE),
                tuned.map(Tuned::seconds).orElse(OptionalDouble.empty()),
                OptionalDouble.empty(),
                tuned.flatMap(Tuned::method).map(method -> TuningMethod.valueOf(method.name())),
                OptionalLong.empty(),
                inProcess());
    }

    /** The index always is, and so is the language model unless a service that is paid by the token answers. */
    private Set<PriceName> inProcess() {
        var inProcess = EnumSet.of(PriceName.VECTOR_DATABASE);
        if (settings.embedding().provider() == EmbeddingSettings.Provider.EMBEDDED) {
            inProcess.add(PriceName.EMBEDDING_QUESTIONS);
        }
        if (!settings.model().provider().isPaidByToken()) {
            inProcess.add(PriceName.MODEL_TOKENS);
        }
        return inProcess;
    }

    private Amount amount(List<Item> items, long count) {
        return amount(
                items,
                items.stream().mapToDouble(item -> item.amount().middle()).sum(),
                count);
    }

    /** @param count of queries a month, 0 for what is paid once */
    private Amount amount(List<Item> items, double value, long count) {
        var open = items.stream()
                .filter(item -> item.basis() != Basis.MEASURED && item.amount().high() > 0)
                .toList();
        var from = open.isEmpty()
                ? "all of it measured"
                : open.stream()
                                .map(item -> item.name() + " (" + item.basis().label() + ")")
                                .collect(Collectors.joining(", "))
                        + (open.size() < items.size() ? "; the rest is measured" : "");
        return new Amount(
                value,
                open.isEmpty(),
                prices.name() + (count > 0 ? String.format(Locale.ROOT, ", %,d queries a month", count) : "")
                        + ", middle of each range: " + from);
    }

    /** Until it is ready, where every part of it was measured; what needs nothing built has no number. */
    private Optional<Amount> hours(ApproachRun approach) {
        boolean ingests = approach.kind() == ApproachKind.RAG || approach.kind() == ApproachKind.HYBRID;
        boolean tunes = approach.kind() == ApproachKind.FINE_TUNED || approach.kind() == ApproachKind.HYBRID;
        var tuning = approach.tuned().map(Tuned::seconds).orElse(OptionalDouble.empty());
        if (!ingests && !tunes || ingests && ingestSeconds.isEmpty() || tunes && tuning.isEmpty()) {
            return Optional.empty();
        }
        double ingest = ingests ? ingestSeconds.orElse(0) : 0;
        double tune = tunes ? tuning.orElse(0) : 0;
        return Optional.of(Amount.measured(
                (ingest + tune) / SECONDS_OF_AN_HOUR,
                (ingests ? String.format(Locale.ROOT, "ingesting %.1f s", ingest) : "")
                        + (ingests && tunes ? ", " : "")
                        + (tunes ? String.format(Locale.ROOT, "tuning %.1f s", tune) : "")));
    }
}
