@org.jspecify.annotations.NullMarked
package dev.tandem.stores.migration;
