package dev.tandem.decoder.constraint;

/** A part of a grammar that others call, such as one value. */
final class Rule {
    private final String name;
    private final Node start;

    /** @param name where it comes from, for errors */
    Rule(String name, Node start) {
        this.name = name;
        this.start = start;
    }

    String name() {
        return name;
    }

    Node start() {
        return start;
    }
}
