package dev.tandem.evaluation.advice;

/** The decision questions, in the order in which they are asked. */
public enum Question {
    KNOWLEDGE_CHANGES(
            "Does the knowledge change often?",
            "--knowledge-changes",
            "yes",
            "prices, policies, product data, anything that is new within weeks"),
    NEW_BEHAVIOUR(
            "Must the model behave in a new way?",
            "--new-behaviour",
            "no",
            "a style, a format, a task that instructions in a prompt do not achieve"),
    ATTRIBUTION(
            "Must every answer name its sources?", "--attribution", "no", "to be checked by a reader or an auditor"),
    LATENCY(
            "Is an answer in under 500 ms critical?",
            "--latency-ms",
            "no limit",
            "how long an answer may take, in milliseconds; up to 500 counts as critical"),
    BUDGET("What is the budget for setting up?", "--budget", "no limit", "in the currency of the price book");

    private final String text;
    private final String flag;
    private final String assumed;
    private final String hint;

    Question(String text, String flag, String assumed, String hint) {
        this.text = text;
        this.flag = flag;
        this.assumed = assumed;
        this.hint = hint;
    }

    public String text() {
        return text;
    }

    /** The option of {@code tandem advise} that answers it. */
    public String flag() {
        return flag;
    }

    /**
     * The answer where nobody gives one: what leads to the approach that is cheapest to begin with and to leave again. "yes",
     * "no" or "no limit".
     */
    public String assumed() {
        return assumed;
    }

    /** What is meant, for who is asked. */
    public String hint() {
        return hint;
    }
}
