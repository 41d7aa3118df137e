/**
 * From a team's constraints to an approach: {@link dev.tandem.evaluation.advice.Answers} go in, {@link
 * dev.tandem.evaluation.advice.Advisor} walks the questions in their order, {@link dev.tandem.evaluation.advice.Advice} says where
 * that led, and each step of the way there. The rules are data: {@link dev.tandem.evaluation.advice.DecisionTable}.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.advice;
