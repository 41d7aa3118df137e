package dev.tandem.workspace;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.Retriever;
import java.util.ArrayList;

/** Says something with every retrieval that people should know of how it came about. */
record Remarking(Retriever retriever, String remark) implements Retriever {
    @Override
    public Retrieval retrieve(String question, int count, Filter filter) {
        var found = retriever.retrieve(question, count, filter);
        var remarks = new ArrayList<>(found.remarks());
        remarks.add(remark);
        return new Retrieval(
                found.question(), found.encoding(), found.passages(), found.timings(), found.hops(), remarks);
    }
}
