package dev.tandem.evaluation.testset;

import java.util.Arrays;
import java.util.Optional;

/** What a question asks of a system; results are shown by it, because approaches differ by it. */
public enum QuestionType {
    /** One document answers it. */
    ANSWERABLE("answerable"),
    /** The answer changed after the model was trained: only who reads the documents can know. */
    CHANGED("changed"),
    /** The facts are given; what counts is how they are said. */
    STYLE("style"),
    /** Needs what stands in several documents. */
    SEVERAL_DOCUMENTS("several_documents"),
    /** The documents do not answer it: right is to decline. */
    UNANSWERABLE("unanswerable");

    private final String key;

    QuestionType(String key) {
        this.key = key;
    }

    /** As it is written in files and options. */
    public String key() {
        return key;
    }

    /** The type of a key, if there is one. */
    public static Optional<QuestionType> of(String key) {
        return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
    }
}
