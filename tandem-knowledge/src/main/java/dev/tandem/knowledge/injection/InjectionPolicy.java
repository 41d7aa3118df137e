package dev.tandem.knowledge.injection;

/** What becomes of text in documents that seems to be meant for a language model. */
public enum InjectionPolicy {
    /** Nothing: it is not looked for. */
    KEEP,
    /** It stays, and is marked wherever its passage is shown or put into a prompt. */
    FLAG,
    /** It is taken out of its passage before that is indexed. */
    DROP
}
