package dev.tandem.tuning.example.gate;

import java.util.Locale;

/** What the gate looks for, how bad it is, how it is mended, and what a cleaned copy does about it. */
public enum FindingKind {
    LEAKAGE(
            Severity.ERROR,
            "given away to the test set",
            "leave them out of the training file, or what is measured on the test set says nothing",
            Mending.LEFT_OUT),
    UNREADABLE(
            Severity.ERROR,
            "not readable as examples",
            "mend these lines; `tandem dataset validate` lists them all",
            Mending.LEFT_OUT),
    EMPTY_ANSWER(
            Severity.ERROR,
            "answers that are empty",
            "write the answers, or leave these examples out",
            Mending.LEFT_OUT),
    TOO_LONG(
            Severity.ERROR,
            "longer than the model's context",
            "shorten them: their ends, which hold the answers, would be cut off",
            Mending.NONE),
    EXACT_DUPLICATE(
            Severity.WARNING,
            "exact duplicates",
            "leave the copies out: what is repeated is learned by heart",
            Mending.LEFT_OUT),
    NEAR_DUPLICATE(Severity.WARNING, "near duplicates", "leave out all but one of each group", Mending.LEFT_OUT),
    CONFLICT(
            Severity.WARNING,
            "different answers to the same question",
            "decide which answer is right, or ask the questions so that they differ",
            Mending.NONE),
    TRUNCATED(Severity.WARNING, "answers that are cut off", "complete the answers, or leave them out", Mending.NONE),
    BOILERPLATE(
            Severity.WARNING,
            "boilerplate instead of an answer",
            "leave them out: the model would learn to say this",
            Mending.LEFT_OUT),
    REPEATED_ANSWER(
            Severity.WARNING,
            "the same answer over and over",
            "keep a few of each, or answer the questions one by one",
            Mending.NONE),
    LENGTH_OUTLIER(
            Severity.NOTE, "much longer or shorter than the others", "look whether they belong here", Mending.NONE),
    WRONG_LANGUAGE(
            Severity.WARNING, "in another language than the rest", "translate them or leave them out", Mending.NONE),
    PERSONAL_DATA(
            Severity.WARNING, "personal data", "leave it out: a model repeats what it was tuned on", Mending.REDACTED),
    TOXIC(Severity.WARNING, "abusive words", "look at them: only words of a short list are found", Mending.NONE),
    IMBALANCE(
            Severity.WARNING,
            "labels of very different frequency",
            "add examples of the rare labels, or keep fewer of the frequent ones",
            Mending.NONE),
    TOO_FEW(Severity.WARNING, "few examples", "collect more", Mending.NONE),
    TOO_MANY(Severity.NOTE, "many examples", "a good choice of them teaches as much in less time", Mending.NONE);

    /** What a cleaned copy does. */
    public enum Mending {
        LEFT_OUT,
        REDACTED,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final Severity severity;
    private final String title;
    private final String advice;
    private final Mending mending;

    FindingKind(Severity severity, String title, String advice, Mending mending) {
        this.severity = severity;
        this.title = title;
        this.advice = advice;
        this.mending = mending;
    }

    public Severity severity() {
        return severity;
    }

    /** In words that go on from a number of examples. */
    public String title() {
        return title;
    }

    /** How to mend it. */
    public String advice() {
        return advice;
    }

    /** What a cleaned copy does about it. */
    public Mending mending() {
        return mending;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
