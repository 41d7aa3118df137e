package dev.tandem.knowledge.index;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * Which living passages of a segment pass a filter, as a set of bits, with the meaning that {@code FilterMatcher} defines.
 * Conditions are joined on the sets, so that a filter may have any number of them.
 */
final class FilterBits {
    private final IndexSearcher searcher;
    private final LeafReaderContext leaf;
    private final LeafReader reader;

    FilterBits(IndexSearcher searcher, LeafReaderContext leaf) {
        this.searcher = searcher;
        this.leaf = leaf;
        this.reader = leaf.reader();
    }

    /** The passages that pass; deleted ones and documents' records never do. */
    FixedBitSet passages(Filter filter) throws IOException {
        var passing = passing(filter);
        passing.andNot(withTerm(PassageFields.RECORD, PassageFields.YES));
        var live = reader.getLiveDocs();
        if (live != null) {
            live.applyMask(passing, 0);
        }
        return passing;
    }

    private FixedBitSet passing(Filter filter) throws IOException {
        return switch (filter) {
            case Filter.All() -> everything();
            case Filter.Comparison(String field, Filter.Operator operator, FieldValue value) ->
                operator == Filter.Operator.NOT_EQUAL
                        ? not(compare(field, Filter.Operator.EQUAL, value))
                        : compare(field, operator, value);
            case Filter.In(String field, List<FieldValue> values) -> {
                var any = nothing();
                for (var value : values) {
                    any.or(compare(field, Filter.Operator.EQUAL, value));
                }
                yield any;
            }
            case Filter.Contains(String field, String text) -> contains(field, FilterMatcher.folded(text));
            case Filter.Exists(String field) ->
                field.equals(Filter.PATH) ? everything() : withTerm(PassageFields.HAS, field);
            case Filter.And(List<Filter> parts) -> {
                var all = everything();
                for (var part : parts) {
                    all.and(passing(part));
                }
                yield all;
            }
            case Filter.Or(List<Filter> parts) -> {
                var any = nothing();
                for (var part : parts) {
                    any.or(passing(part));
                }
                yield any;
            }
            case Filter.Not(Filter part) -> not(passing(part));
        };
    }

    private FixedBitSet compare(String field, Filter.Operator operator, FieldValue value) throws IOException {
        return switch (value) {
            case FieldValue.Text(String text) ->
                compareText(PassageFields.TEXT_VALUE + field, operator, FilterMatcher.folded(text));
            case FieldValue.Flag(boolean flag) ->
                compareText(PassageFields.FLAG_VALUE + field, operator, Boolean.toString(flag));
            case FieldValue.Numeric(double written) -> {
                double bound = FilterMatcher.unsigned(written);
                yield matching(DoublePoint.newRangeQuery(
                        PassageFields.NUMBER_VALUE + field,
                        switch (operator) {
                            case GREATER -> DoublePoint.nextUp(bound);
                            case EQUAL, GREATER_OR_EQUAL -> bound;
                            default -> Double.NEGATIVE_INFINITY;
                        },
                        switch (operator) {
                            case LESS -> DoublePoint.nextDown(bound);
                            case EQUAL, LESS_OR_EQUAL -> bound;
                            default -> Double.POSITIVE_INFINITY;
                        }));
            }
            case FieldValue.Date(java.time.LocalDate date) -> {
                long day = date.toEpochDay();
                yield matching(LongPoint.newRangeQuery(
                        PassageFields.DATE_VALUE + field,
                        switch (operator) {
                            case GREATER -> day + 1;
                            case EQUAL, GREATER_OR_EQUAL -> day;
                            default -> Long.MIN_VALUE;
                        },
                        switch (operator) {
                            case LESS -> day - 1;
                            case EQUAL, LESS_OR_EQUAL -> day;
                            default -> Long.MAX_VALUE;
                        }));
            }
        };
    }

    private FixedBitSet compareText(String field, Filter.Operator operator, String bound) throws IOException {
        var wanted = new BytesRef(bound);
        return switch (operator) {
            case EQUAL -> withTerm(field, bound);
            case NOT_EQUAL -> not(withTerm(field, bound));
            case LESS -> withTerms(field, term -> term.compareTo(wanted) < 0);
            case LESS_OR_EQUAL -> withTerms(field, term -> term.compareTo(wanted) <= 0);
            case GREATER -> withTerms(field, term -> term.compareTo(wanted) > 0);
            case GREATER_OR_EQUAL -> withTerms(field, term -> term.compareTo(wanted) >= 0);
        };
    }

    private FixedBitSet contains(String field, String text) throws IOException {
        return withTerms(
                PassageFields.TEXT_VALUE + field, term -> term.utf8ToString().contains(text));
    }

    private FixedBitSet withTerm(String field, String term) throws IOException {
        var bits = nothing();
        var terms = reader.terms(field);
        var each = terms == null ? null : terms.iterator();
        if (each != null && each.seekExact(new BytesRef(term))) {
            add(each, bits);
        }
        return bits;
    }

    private FixedBitSet withTerms(String field, Predicate<BytesRef> wanted) throws IOException {
        var bits = nothing();
        var terms = reader.terms(field);
        var each = terms == null ? null : terms.iterator();
        while (each != null && each.next() != null) {
            if (wanted.test(each.term())) {
                add(each, bits);
            }
        }
        return bits;
    }

    private static void add(TermsEnum term, FixedBitSet bits) throws IOException {
        var postings = term.postings(null, PostingsEnum.NONE);
        while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            bits.set(postings.docID());
        }
    }

    private FixedBitSet matching(Query query) throws IOException {
        var bits = nothing();
        var scorer = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
                .scorer(leaf);
        if (scorer != null) {
            bits.or(scorer.iterator());
        }
        return bits;
    }

    private FixedBitSet everything() {
        return not(nothing());
    }

    private FixedBitSet nothing() {
        return new FixedBitSet(reader.maxDoc());
    }

    /** Turns the set itself around. */
    private static FixedBitSet not(FixedBitSet bits) {
        bits.flip(0, bits.length());
        return bits;
    }
}
