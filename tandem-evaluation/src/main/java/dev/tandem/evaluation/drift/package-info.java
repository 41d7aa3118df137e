/**
 * Whether what comes in now is still what came in before: questions by their vectors, answers by scores. A reference is frozen, and
 * every few observations the newest ones are compared with it by permutation tests, whose levels share a budget of false alarms.
 */
@NullMarked
package dev.tandem.evaluation.drift;

import org.jspecify.annotations.NullMarked;
