/** The approaches under test, behind one face: a question in, what was answered, what it rested on and what it took out. */
@org.jspecify.annotations.NullMarked
package dev.tandem.evaluation.strategy;
