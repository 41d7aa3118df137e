package dev.tandem.evaluation.judge.llm;

/** A reply that is not what was asked for; the message says why in words that the model is told, without a full stop. */
final class UnusableReply extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableReply(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
