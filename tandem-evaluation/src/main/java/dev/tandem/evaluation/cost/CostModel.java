package dev.tandem.evaluation.cost;

import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Prices times work. What follows the queries a month: model calls, the embedding of questions and hosted inference linearly;
 * infrastructure and self-hosted inference stepwise; storage stepwise with the documents; set-up, retraining and monitoring
 * not at all.
 *
 * @param book prices and assumptions
 * @param work what is known of the work
 */
public record CostModel(PriceBook book, Workload work) {
    private static final PriceBook SHIPPED = PriceBook.shipped();
    private static final double MILLION = 1e6;
    private static final double PER_QUERIES = 10_000;
    private static final double PER_DOCUMENTS = 10_000;
    private static final double SERVER_QUERIES = 100_000;
    private static final double STORE_GIGABYTES = 10;
    private static final double MONTHS_OF_A_QUARTER = 3;
    private static final double SECONDS_OF_AN_HOUR = 3_600;

    /** More would be no plan, and whole numbers that a double still tells apart. */
    private static final long MOST_QUERIES = 1_000_000_000_000L;

    /** As many queries a month as the book assumes. */
    public long assumedQueries() {
        return Math.round(book.assumption(Assumption.QUERIES_PER_MONTH));
    }

    /**
     * What everything costs.
     *
     * @param queries a month, at least 1
     */
    public Estimate estimate(long queries) {
        if (queries < 1 || queries > MOST_QUERIES) {
            throw new MendableException("Queries a month must be from 1 to 1e12, not " + queries + ".");
        }
        return new Estimate(
                queries,
                Arrays.stream(Plan.values())
                        .map(plan -> new PlanCost(plan, setup(plan), monthly(plan, queries)))
                        .toList(),
                Arrays.stream(TuningMethod.values()).map(this::training).toList());
    }

    private Costs setup(Plan plan) {
        var items = new ArrayList<Item>();
        if (plan.retrieves()) {
            items.add(fixed("retrieval pipeline", PriceName.RAG_SETUP, 1, PublishedTotal.NONE));
        }
        if (plan.tunes()) {
            var published = PublishedTotal.FINE_TUNING_SETUP;
            items.add(fixed("training data", PriceName.TRAINING_DATA, 1, published));
            items.add(fixed("pipeline", PriceName.PIPELINE, 1, published));
            items.add(adapterTraining());
            items.add(fixed("evaluation", PriceName.EVALUATION, 1, published));
        }
        return new Costs(items);
    }

    private Costs monthly(Plan plan, long queries) {
        var items = new ArrayList<Item>();
        if (plan.retrieves()) {
            items.addAll(List.of(store(), embedding(queries), infrastructure(queries)));
        }
        items.add(answering(plan, queries));
        if (plan.tunes()) {
            items.add(fixed("retraining", PriceName.RETRAINING, MONTHS_OF_A_QUARTER, PublishedTotal.NONE));
            items.add(fixed("monitoring", PriceName.MONITORING, 1, PublishedTotal.NONE));
        }
        return new Costs(items);
    }

    /** A query is answered once: a hosted hybrid pays for tokens or for inference, whichever is dearer, since it reads passages. */
    private Item answering(Plan plan, long queries) {
        if (plan.selfHosted()) {
            return servers("self-hosted inference", PriceName.SELF_HOSTED_INFERENCE, queries, PublishedTotal.NONE);
        }
        var calls = modelCalls(queries);
        var inference = linear("hosted inference", PriceName.HOSTED_INFERENCE, queries);
        return switch (plan.approach()) {
            case RAG -> calls;
            case FINE_TUNING -> inference;
            case HYBRID ->
                Stream.of(calls, inference)
                        .max(Comparator.comparingDouble(item -> item.amount().middle()))
                        .orElse(calls);
        };
    }

    private Item modelCalls(long queries) {
        double tokens = value(work.tokensPerQuery(), Assumption.TOKENS_PER_QUERY);
        var published = PublishedTotal.RAG_MONTHLY;
        if (work.inProcess().contains(PriceName.MODEL_TOKENS)) {
            return free(
                    "model calls",
                    Scaling.LINEAR,
                    "no model service is paid by the token; the machine counts as infrastructure");
        }
        double millions = queries * tokens / MILLION;
        return new Item(
                "model calls",
                book.price(PriceName.MODEL_TOKENS).times(millions),
                basis(work.tokensPerQuery().isPresent(), List.of(PriceName.MODEL_TOKENS), Assumption.TOKENS_PER_QUERY),
                Scaling.LINEAR,
                String.format(
                        Locale.ROOT,
                        "%,d queries of %,.0f tokens (%s), %s a million tokens",
                        queries,
                        tokens,
                        work.tokensPerQuery().isPresent() ? "measured" : "assumed",
                        book.price(PriceName.MODEL_TOKENS)),
                published);
    }

    private Item embedding(long queries) {
        if (work.inProcess().contains(PriceName.EMBEDDING_QUESTIONS)) {
            return free("embedding", Scaling.LINEAR, "the embedding model runs in Tandem's process");
        }
        double documents = value(asDouble(work.documents()), Assumption.DOCUMENTS);
        return new Item(
                "embedding",
                book.price(PriceName.EMBEDDING_QUESTIONS)
                        .times(queries / PER_QUERIES)
                        .plus(book.price(PriceName.EMBEDDING_DOCUMENTS).times(documents / PER_DOCUMENTS)),
                basis(
                        work.documents().isPresent(),
                        List.of(PriceName.EMBEDDING_QUESTIONS, PriceName.EMBEDDING_DOCUMENTS),
                        Assumption.DOCUMENTS),
                Scaling.LINEAR,
                String.format(
                        Locale.ROOT,
                        "%,d questions and %,.0f documents (%s) kept fresh",
                        queries,
                        documents,
                        work.documents().isPresent() ? "counted" : "assumed"),
                PublishedTotal.RAG_MONTHLY);
    }

    private Item store() {
        if (work.inProcess().contains(PriceName.VECTOR_DATABASE)) {
            return free("vector database", Scaling.FIXED, "the index is embedded in Tandem");
        }
        boolean known = work.gigabytes().isPresent() || work.documents().isPresent();
        double documents = value(asDouble(work.documents()), Assumption.DOCUMENTS);
        double gigabytes = work.gigabytes().orElse(documents / book.assumption(Assumption.DOCUMENTS_PER_GB));
        double steps = steps(gigabytes, STORE_GIGABYTES);
        return new Item(
                "vector database",
                book.price(PriceName.VECTOR_DATABASE).times(steps),
                basis(known, List.of(PriceName.VECTOR_DATABASE), Assumption.DOCUMENTS, Assumption.DOCUMENTS_PER_GB),
                Scaling.FIXED,
                String.format(
                        Locale.ROOT,
                        "%.3g GB (%s), %,.0f x 10 GB; grows with the documents, not with queries",
                        gigabytes,
                        work.gigabytes().isPresent() ? "measured" : known ? "from the documents counted" : "assumed",
                        steps),
                PublishedTotal.RAG_MONTHLY);
    }

    private Item infrastructure(long queries) {
        return servers("infrastructure", PriceName.INFRASTRUCTURE, queries, PublishedTotal.RAG_MONTHLY);
    }

    private Item servers(String name, PriceName price, long queries, PublishedTotal published) {
        double steps = steps((double) queries, SERVER_QUERIES);
        return new Item(
                name,
                book.price(price).times(steps),
                basis(false, List.of(price)),
                Scaling.STEPWISE,
                String.format(Locale.ROOT, "%,.0f x 100,000 queries a month begun", steps),
                published);
    }

    private Item linear(String name, PriceName price, long queries) {
        return new Item(
                name,
                book.price(price).times(queries / PER_QUERIES),
                basis(false, List.of(price)),
                Scaling.LINEAR,
                String.format(Locale.ROOT, "%,d queries, %s for 10,000", queries, book.price(price)),
                PublishedTotal.NONE);
    }

    private Item fixed(String name, PriceName price, double divisor, PublishedTotal published) {
        var whole = book.price(price);
        return new Item(
                name,
                new Range(whole.low() / divisor, whole.high() / divisor, whole.openEnded()),
                basis(false, List.of(price)),
                Scaling.FIXED,
                whole + " " + (price.unit().equals("once") ? "once" : "a " + price.unit())
                        + (divisor == 1 ? "" : String.format(Locale.ROOT, ", over %.0f months", divisor)),
                published);
    }

    private Item free(String name, Scaling scaling, String why) {
        return new Item(name, Range.ZERO, Basis.MEASURED, scaling, why, PublishedTotal.RAG_MONTHLY);
    }

    private Item adapterTraining() {
        if (work.trainingSeconds().isEmpty()) {
            return fixed("adapter training", PriceName.ADAPTER_TRAINING, 1, PublishedTotal.FINE_TUNING_SETUP);
        }
        double trainings = value(asDouble(work.trainings()), Assumption.TRAININGS);
        return new Item(
                "adapter training",
                oneTraining().times(trainings),
                Basis.MEASURED,
                Scaling.FIXED,
                String.format(
                        Locale.ROOT,
                        "%,.0f trainings (%s) of %s",
                        trainings,
                        work.trainings().isPresent() ? "given" : "assumed",
                        hours()),
                PublishedTotal.FINE_TUNING_SETUP);
    }

    private Item training(TuningMethod method) {
        if (work.trainingSeconds().isPresent() && work.method().orElse(TuningMethod.LORA) == method) {
            return new Item(method.label(), oneTraining(), Basis.MEASURED, Scaling.FIXED, hours(), PublishedTotal.NONE);
        }
        return new Item(
                method.label(),
                book.price(method.price()),
                basis(false, List.of(method.price())),
                Scaling.FIXED,
                book.price(method.price()) + " a training",
                PublishedTotal.NONE);
    }

    private Range hourPrice() {
        return work.hardwarePrice().isPresent()
                ? Range.of(
                        work.hardwarePrice().getAsDouble(), work.hardwarePrice().getAsDouble())
                : book.price(PriceName.HARDWARE);
    }

    private Range oneTraining() {
        return hourPrice().times(work.trainingSeconds().orElse(0) / SECONDS_OF_AN_HOUR);
    }

    private String hours() {
        return String.format(
                Locale.ROOT,
                "%,.0f s (measured) at %s an hour (%s)",
                work.trainingSeconds().orElse(0),
                hourPrice(),
                work.hardwarePrice().isPresent() ? "given" : "price book");
    }

    /** How many are begun; one is needed for nothing already. */
    private static double steps(double amount, double size) {
        return Math.max(1, Math.ceil(amount / size));
    }

    private double value(OptionalDouble known, Assumption otherwise) {
        return known.orElse(book.assumption(otherwise));
    }

    private static OptionalDouble asDouble(OptionalLong number) {
        return number.isPresent() ? OptionalDouble.of((double) number.getAsLong()) : OptionalDouble.empty();
    }

    /** The strongest ground of an amount; published figures are dollars, so in another currency every price is somebody's own. */
    private Basis basis(boolean measured, List<PriceName> prices, Assumption... assumptions) {
        if (measured) {
            return Basis.MEASURED;
        }
        boolean shipped = book.currency().equals(PlanningFigures.CURRENCY)
                && prices.stream().allMatch(name -> book.price(name).equals(SHIPPED.price(name)))
                && Arrays.stream(assumptions).allMatch(name -> book.assumption(name) == SHIPPED.assumption(name));
        return shipped ? Basis.PLANNING : Basis.PRICE_BOOK;
    }
}
