/** The small language model that comes with Tandem. */
@org.jspecify.annotations.NullMarked
package dev.tandem.models.starter;
