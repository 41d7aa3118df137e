/** Models fetched from a hub that speaks Hugging Face's protocol. */
@org.jspecify.annotations.NullMarked
package dev.tandem.models.hub;
