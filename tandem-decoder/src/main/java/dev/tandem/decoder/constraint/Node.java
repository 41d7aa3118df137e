package dev.tandem.decoder.constraint;

import java.util.ArrayList;
import java.util.List;

/** A place within a rule: which bytes, which other places and which rules may come next. Filled while a grammar is built. */
final class Node {
    /** Bytes from low to high, both from 0 to 255 and included, lead to another place. */
    record Edge(int low, int high, Node to) {}

    /** A whole rule is read, then it goes on at another place. */
    record Call(Rule rule, Node back) {}

    final List<Edge> edges = new ArrayList<>(1);
    final List<Node> free = new ArrayList<>(0);
    final List<Call> calls = new ArrayList<>(0);
    private boolean ends;

    /** Whether the rule may end here. */
    boolean ends() {
        return ends;
    }

    void end() {
        ends = true;
    }

    /** Whether nothing can be done here but end. */
    boolean onlyEnds() {
        return ends && edges.isEmpty() && free.isEmpty() && calls.isEmpty();
    }
}
