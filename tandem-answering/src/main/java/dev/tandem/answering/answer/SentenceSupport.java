package dev.tandem.answering.answer;

import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.SentenceSplitter;
import dev.tandem.knowledge.passage.Stems;
import dev.tandem.knowledge.retrieval.QuestionTerms;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.models.embedding.TokenVectors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How well each sentence of a passage supports a question.
 *
 * <pre>
 *   m_i     how similar the question's token i is to the most similar token of the sentence, in the encoding of the
 *           whole passage, so that "it" in a sentence means what it does in its context
 *   support = (mean of m_i + 0.5 * mean weighted by inverse document frequency + 0.3 * cover) / 1.8
 *   cover   = share of the question's content words, by inverse document frequency, that are in the sentence, the one
 *           before it, or the passage's title and headings
 * </pre>
 *
 * <p>The weights are round on purpose: a model fitted to two dozen such features did no better (docs/benchmarks.md).
 */
final class SentenceSupport {
    private static final double RARE_TOKENS = 0.5;
    private static final double COVER = 0.3;
    private static final double SUM = 1 + RARE_TOKENS + COVER;

    /** How much the passage's rank counts beside the sentence itself. */
    private static final double RANK = 0.05;

    private final QuestionTerms terms;
    private final TextEncoder encoder;

    /**
     * A sentence with its support.
     *
     * @param passage where it stands
     * @param quote the sentence, to the letter
     * @param confidence its support, about 0.3 to 0.95; comparable between questions
     * @param score what it is ranked by against the other sentences for the same question
     */
    record Supported(Passage passage, String quote, double confidence, double score) {}

    SentenceSupport(QuestionTerms terms, TextEncoder encoder) {
        this.terms = terms;
        this.encoder = encoder;
    }

    /** The sentences of some passages, in their order. */
    List<Supported> of(List<RetrievedPassage> passages) {
        if (terms.isEmpty() || passages.isEmpty()) {
            return List.of();
        }
        var encodings = encoder.encodePassages(passages.stream()
                .map(found -> Context.embedded(found.passage()))
                .toList());
        double highest = passages.getFirst().score();
        double lowest = passages.getLast().score();
        var supported = new ArrayList<Supported>();
        for (int i = 0; i < passages.size(); i++) {
            double rank = highest == lowest ? 1 : (passages.get(i).score() - lowest) / (highest - lowest);
            addSentences(passages.get(i).passage(), encodings.get(i).tokens(), RANK * rank, supported);
        }
        return supported;
    }

    private void addSentences(Passage passage, TokenVectors tokens, double prior, List<Supported> supported) {
        var text = passage.text();
        int shift = Context.embedded(passage).length() - text.length();
        // A context line helps to find the passage; what a model wrote supports no sentence.
        var contextStems = stems(Context.above(passage));
        Set<String> before = Set.of();
        for (var span : SentenceSplitter.split(text)) {
            var sentence = span.of(text);
            var own = stems(sentence);
            var covered = new HashSet<>(own);
            covered.addAll(before);
            covered.addAll(contextStems);
            double support = similarity(tokens, span.start() + shift, span.end() + shift) + COVER * cover(covered);
            if (!Double.isNaN(support)) {
                supported.add(new Supported(passage, sentence, support / SUM, support + prior));
            }
            before = own;
        }
    }

    /** The mean of the best similarities, and the weighted one on top; NaN if no token of the passage is in the sentence. */
    private double similarity(TokenVectors tokens, int from, int to) {
        var question = terms.vectors();
        var weights = terms.weights();
        double plain = 0;
        double rare = 0;
        double weight = 0;
        for (int i = 0; i < question.length; i++) {
            double best = Double.NaN;
            for (int token = 0; token < tokens.size(); token++) {
                if (tokens.starts()[token] >= from && tokens.starts()[token] < to) {
                    double similarity = dot(question[i], tokens.vectors()[token]);
                    best = Double.isNaN(best) ? similarity : Math.max(best, similarity);
                }
            }
            plain += best;
            rare += weights[i] * best;
            weight += weights[i];
        }
        return plain / question.length + RARE_TOKENS * rare / weight;
    }

    private double cover(Set<String> stems) {
        double all = 0;
        double found = 0;
        for (var term : terms.stems().entrySet()) {
            all += term.getValue();
            found += stems.contains(term.getKey()) ? term.getValue() : 0;
        }
        return all == 0 ? 0 : found / all;
    }

    private static Set<String> stems(String text) {
        var stems = new HashSet<String>();
        Stems.of(text).forEach(word -> stems.add(word.stem()));
        return stems;
    }

    private static double dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
