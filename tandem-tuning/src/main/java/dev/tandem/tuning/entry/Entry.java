package dev.tandem.tuning.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One record of a file.
 *
 * @param line where it begins, from 1; in formats without lines, which record it is
 * @param values by name, in the file's order; owned by who gets it
 */
public record Entry(int line, ObjectNode values) {}
