/**
 * Hyper-parameter search by successive halving: many configurations with little training, the best third of them with more,
 * and so on; the best of all and the default with all of it.
 *
 * <p>{@code Budget -> SearchSpace -> Plan -> SuccessiveHalving -> SearchResult}. The algorithm asks an {@code Objective} and
 * knows nothing of training; {@code TrainingObjective} is the one that trains, {@code Search} puts all together.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.tuning.search;
