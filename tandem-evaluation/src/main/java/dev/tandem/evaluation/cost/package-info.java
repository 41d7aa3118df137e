/**
 * What an approach costs: prices of a dated book times a workload, measured where it was measured. {@link
 * dev.tandem.evaluation.cost.PriceBook} and {@link dev.tandem.evaluation.cost.Workload} go in, {@link
 * dev.tandem.evaluation.cost.CostModel} makes an {@link dev.tandem.evaluation.cost.Estimate} of them.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.cost;
