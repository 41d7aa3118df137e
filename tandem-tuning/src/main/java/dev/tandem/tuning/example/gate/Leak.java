package dev.tandem.tuning.example.gate;

/**
 * A test example that training examples give away.
 *
 * @param line of the test example in its file
 * @param part what of it
 * @param kind how
 * @param trainingLine of the example that gives it away, or of the document's first line that does
 * @param likeness from 0 to 1: of the words by weight, or the share of runs of words that stand there
 */
public record Leak(int line, Part part, Kind kind, int trainingLine, double likeness) {
    /** What is given away. */
    public enum Part {
        QUESTION,
        ANSWER,
        BOTH,
        /** The question nearly, by an example with exactly the same answer, which may be a label. */
        SAME_ANSWER
    }

    /** How. */
    public enum Kind {
        /** The same but for case, punctuation and spaces. */
        EXACT,
        /** So alike as different examples of these data are not. */
        NEAR,
        /** Most of it stands word for word in something longer. */
        CONTAINED
    }
}
