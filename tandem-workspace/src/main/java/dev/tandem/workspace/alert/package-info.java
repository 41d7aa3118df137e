/** Tells people that something is wrong, and that it is mended: in the log, by webhook and by mail, as {@code alerts} in tandem.yaml says. */
@org.jspecify.annotations.NullMarked
package dev.tandem.workspace.alert;
