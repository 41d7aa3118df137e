@org.jspecify.annotations.NullMarked
package dev.tandem.cli.generate;
