package dev.tandem.knowledge.ingest;

import dev.tandem.knowledge.injection.Screening.ScreenedPassage;
import java.util.ArrayList;
import java.util.List;

/**
 * A document's passages under their context lines.
 *
 * @param complete whether none is without a line that it should have
 */
record LinedPassages(List<ScreenedPassage> passages, boolean complete) {
    /** Behind the hash of a document that lacks lines: no file has such a hash, so the next ingest looks at it again. */
    private static final String INCOMPLETE = "~";

    static LinedPassages of(List<ScreenedPassage> passages, ContextLines lines, Runnable between) {
        var found = lines.of(passages.stream().map(ScreenedPassage::passage).toList(), between);
        var lined = new ArrayList<ScreenedPassage>(passages.size());
        boolean complete = true;
        for (int i = 0; i < passages.size(); i++) {
            var screened = passages.get(i);
            complete &= found.get(i).isPresent();
            lined.add(new ScreenedPassage(
                    screened.passage().withContextLine(found.get(i).orElse("")), screened.metadata()));
        }
        return new LinedPassages(lined, complete);
    }

    /** What the index records as the document's hash. */
    String recorded(String contentHash) {
        return complete ? contentHash : contentHash + INCOMPLETE;
    }
}
