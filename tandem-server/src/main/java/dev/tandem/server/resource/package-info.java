/** Tandem's own API, under {@code /api}: documents, search, and all that OpenAI's has no word for. */
@NullMarked
package dev.tandem.server.resource;

import org.jspecify.annotations.NullMarked;
