/** One decoder-only transformer for every family: its configuration as data, its linear layers, its blocks, its forward pass. */
@org.jspecify.annotations.NullMarked
package dev.tandem.decoder.model;
