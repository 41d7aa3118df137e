package dev.tandem.evaluation.cost;

/**
 * One line of costs.
 *
 * @param name for people
 * @param amount of money, once or a month
 * @param basis what it rests on
 * @param scaling how it follows the queries a month
 * @param how the amount came about, for people
 * @param published the published total that this is a part of, if there is one that its sum does not agree with
 */
public record Item(String name, Range amount, Basis basis, Scaling scaling, String how, PublishedTotal published) {}
