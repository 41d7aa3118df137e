package dev.tandem.workspace.testset;

import java.util.List;
import java.util.Locale;

/**
 * Something that is wrong with questions of a test set.
 *
 * @param places questions concerned, each with what is wrong with it
 */
public record TestSetFinding(Kind kind, List<Place> places) {
    /** What can be wrong. */
    public enum Kind {
        LEAKAGE(true, "are in the training data too, or nearly so: what is measured on them says nothing"),
        EXACT_DUPLICATE(true, "are asked twice: they count double"),
        MISSING_DOCUMENT(true, "name a document that is not in the index: ingest it, or mend the path"),
        LOST_ANSWER(
                true,
                "were drafted from a document that no longer holds the answer: the document changed, so review them again"),
        ANSWER_NOT_IN_DOCUMENT(false, "have an answer that does not stand in their documents word for word"),
        NEAR_DUPLICATE(false, "are much like another with the same answer"),
        SEEMS_ANSWERED(false, "are marked unanswerable, but the documents seem to answer them");

        private final boolean serious;
        private final String sentence;

        Kind(boolean serious, String sentence) {
            this.serious = serious;
            this.sentence = sentence;
        }

        /** Whether a test set with it should not be used. */
        public boolean serious() {
            return serious;
        }

        /** What is said of the questions. */
        public String sentence() {
            return sentence;
        }

        /** As it is written in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A question and what is wrong with it. */
    public record Place(String id, String question, String detail) {}

    public TestSetFinding {
        places = List.copyOf(places);
    }
}
