@org.jspecify.annotations.NullMarked
package dev.tandem.knowledge;
