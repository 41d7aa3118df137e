package dev.tandem.workspace;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.Retriever;
import java.util.ArrayList;

/**
 * Sees to it that questions are compared with passages of the same embedding model: an index may be made anew for another one at any
 * time, by this process or another. An index changes its model once at most while a question is answered, so that it is enough to look
 * before and after.
 *
 * @param encoder the id of the model that questions are encoded with
 * @param remark said with each retrieval, if it is not empty
 */
record OfOneModel(Retriever retriever, PassageIndex index, String encoder, String remark) implements Retriever {
    @Override
    public Retrieval retrieve(String question, int count, Filter filter) {
        requireSame();
        Retrieval found;
        try {
            found = retriever.retrieve(question, count, filter);
        } catch (RuntimeException e) {
            requireSame(); // what failed, failed because vectors have another length now
            throw e;
        }
        requireSame();
        return remark.isEmpty() ? found : remarked(found);
    }

    private Retrieval remarked(Retrieval found) {
        var remarks = new ArrayList<>(found.remarks());
        remarks.add(remark);
        return new Retrieval(
                found.question(), found.encoding(), found.passages(), found.timings(), found.hops(), remarks);
    }

    private void requireSame() {
        try (var snapshot = index.snapshot()) {
            var made = snapshot.description().encoder();
            if (!made.equals(encoder)) {
                throw IndexReplacedException.by(made);
            }
        }
    }
}
