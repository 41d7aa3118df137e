package dev.tandem.evaluation.cost;

/**
 * What a plan costs.
 *
 * @param setup once
 * @param monthly with the estimate's queries
 */
public record PlanCost(Plan plan, Costs setup, Costs monthly) {
    /** A month with its share of the set-up. */
    public Range allIn(int months) {
        return monthly.total().plus(setup.total().times(1.0 / months));
    }
}
