package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.Optional;

/**
 * A case of the test set as a comparison needs it.
 *
 * @param id unique in its test set
 * @param cluster what it has in common with cases that are therefore not independent of it, such as the document they were made
 *     from; empty if it stands alone
 */
public record ComparedCase(String id, QuestionType type, Optional<String> cluster) {}
