package dev.tandem.knowledge.index;

import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** The passages that a filter leaves, found out once for a commit: a set of bits a segment, and a query for just these. */
final class PassageSet extends Query {
    private final List<FixedBitSet> segments;
    private final int size;

    PassageSet(List<FixedBitSet> segments) {
        this.segments = List.copyOf(segments);
        this.size = segments.stream().mapToInt(FixedBitSet::cardinality).sum();
    }

    /** How many passages there are in it. */
    int size() {
        return size;
    }

    /** Those of a segment, by their numbers in it. Not to be changed. */
    FixedBitSet in(LeafReaderContext leaf) {
        return segments.get(leaf.ord);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext leaf) {
                var bits = in(leaf);
                var iterator = new BitSetIterator(bits, bits.cardinality());
                return new DefaultScorerSupplier(new ConstantScoreScorer(score(), scoreMode, iterator));
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "a set of " + size + " passages";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
