package dev.tandem.answering.answer;

import dev.tandem.answering.route.Route;
import dev.tandem.knowledge.retrieval.Hop;
import dev.tandem.knowledge.retrieval.Retrieval;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How an answer came about.
 *
 * @param route how the request was handled
 * @param hops further looks into the index, with their reasons
 * @param remarks sentences for people, as of a filter that the question named
 * @param margin how much the best sentence's support is above what is needed at strictness 0, negative below; empty where
 *     a language model decided
 */
public record Trace(Route route, List<Hop> hops, List<String> remarks, OptionalDouble margin) {
    /** Of an answer from one look. */
    public static final Trace PLAIN = new Trace(Route.DOCUMENTS, List.of(), List.of(), OptionalDouble.empty());

    public Trace {
        hops = List.copyOf(hops);
        remarks = List.copyOf(remarks);
    }

    static Trace of(Retrieval retrieval, OptionalDouble margin) {
        return new Trace(Route.DOCUMENTS, retrieval.hops(), retrieval.remarks(), margin);
    }
}
