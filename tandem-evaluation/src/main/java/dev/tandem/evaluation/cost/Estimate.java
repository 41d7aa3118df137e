package dev.tandem.evaluation.cost;

import java.util.List;

/**
 * What every plan and every way of tuning costs with a number of queries.
 *
 * @param queries a month
 * @param plans in the order of {@link Plan}
 * @param methods one training by each way of tuning, in the order of {@link TuningMethod}
 */
public record Estimate(long queries, List<PlanCost> plans, List<Item> methods) {
    public Estimate {
        plans = List.copyOf(plans);
        methods = List.copyOf(methods);
    }

    public PlanCost of(Plan plan) {
        return plans.stream().filter(each -> each.plan() == plan).findFirst().orElseThrow();
    }

    /** The lowest figure at which an approach can be set up, published or summed: below it, a budget rules it out. */
    public double leastSetup(Approach approach) {
        return plans.stream()
                .filter(each -> each.plan().approach() == approach)
                .mapToDouble(each -> Math.min(
                        each.setup().total().low(), each.setup().sumOfParts().low()))
                .min()
                .orElse(0);
    }
}
