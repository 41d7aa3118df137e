/** Re-rankers: models that read a question and a passage together. All speak LangChain4j's {@code ScoringModel}. */
@NullMarked
package dev.tandem.models.rerank;

import org.jspecify.annotations.NullMarked;
