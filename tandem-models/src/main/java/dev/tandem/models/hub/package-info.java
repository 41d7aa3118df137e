/** Model folders in Hugging Face's layout: fetched from a hub, checked, described. */
@org.jspecify.annotations.NullMarked
package dev.tandem.models.hub;
