/**
 * {@code tandem.yaml} as records. The records say everything about a key (name, type, default, range, what it does), and
 * everything else is made from them: the reader, its error messages, the file that {@code tandem init} writes, and
 * docs/configuration.md.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.settings;
