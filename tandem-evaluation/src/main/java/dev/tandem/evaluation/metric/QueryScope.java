package dev.tandem.evaluation.metric;

/** Which queries a mean is taken over; a counted query that retrieved nothing has zero everywhere. */
public enum QueryScope {
    /** Every query that has a relevant document: nothing else can be answered well or badly. The default. */
    WITH_RELEVANT("with-relevant"),
    /** Every judged query, also those where nothing is relevant, which are always zero: trec_eval's {@code -c}. */
    ALL_JUDGED("all-judged"),
    /** Judged queries that are in the run: trec_eval's default, blind to queries that a system left out. */
    IN_RUN("in-run");

    private final String label;

    QueryScope(String label) {
        this.label = label;
    }

    /** The name in a signature. */
    public String label() {
        return label;
    }

    boolean counts(String query, Qrels qrels, Run run) {
        return switch (this) {
            case WITH_RELEVANT -> qrels.hasRelevant(query);
            case ALL_JUDGED -> true;
            case IN_RUN -> run.rankings().containsKey(query);
        };
    }
}
