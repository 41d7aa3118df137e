/** What begins with {@code /v1}: OpenAI's API, so that its stock clients work unchanged. */
@NullMarked
package dev.tandem.server.openai;

import org.jspecify.annotations.NullMarked;
