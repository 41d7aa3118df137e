@org.jspecify.annotations.NullMarked
package dev.tandem.stores.remote;
