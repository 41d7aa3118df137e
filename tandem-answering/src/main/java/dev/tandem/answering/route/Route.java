package dev.tandem.answering.route;

import java.util.Locale;

/** How a request is handled. */
public enum Route {
    /** It is looked up in the documents. */
    DOCUMENTS,
    /** A greeting, thanks, a question about Tandem itself. */
    SMALL_TALK,
    /** A calculation, done exactly. */
    ARITHMETIC,
    /** It asks what was said before. */
    CONVERSATION,
    /** It is about things of which the documents have no words: declined without a search. */
    OFF_TOPIC;

    /** As it is written in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
