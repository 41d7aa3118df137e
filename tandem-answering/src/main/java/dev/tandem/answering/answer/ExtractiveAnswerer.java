package dev.tandem.answering.answer;

import dev.tandem.answering.citation.Citation;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.retrieval.InverseFrequency;
import dev.tandem.knowledge.retrieval.QuestionTerms;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.knowledge.retrieval.Surroundings;
import dev.tandem.models.embedding.TextEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Answers without any language model: the sentences of the best passages that support the question most, quoted to the
 * letter, each with its citation; or no answer, where even the best supports it too little.
 *
 * <p>How well a sentence supports a question is one number, from {@link SentenceSupport}. Whether that is enough depends
 * on the size of the index: among more passages, the best of those that do not answer scores higher by chance. The
 * threshold and its slope were fitted on parts of SQuAD and hold on collections that were not looked at
 * (docs/benchmarks.md).
 *
 * <p>Safe for use by many threads.
 */
public final class ExtractiveAnswerer implements Answerer {
    /** What is said instead of an answer. */
    public static final String DECLINED = "The documents do not answer this question.";

    /** Passages whose sentences are considered; the answer is in the first three for 99% of questions that have one. */
    private static final int PASSAGES_READ = 3;

    /** Below this support a question is declined, in an index of at least {@link #FULL_SIZE} passages. */
    private static final double THRESHOLD = 0.58;

    /** The margin where there is no sentence at all: declined at every strictness. */
    private static final double NOTHING = -2;

    private static final double SLOPE = 0.015;
    private static final double FULL_SIZE = 300;

    private final Retriever retriever;
    private final PassageIndex index;
    private final TextEncoder encoder;
    private final Options options;
    private final Surroundings surroundings;

    /**
     * How answers are made.
     *
     * @param passages how many passages are retrieved and reported with the answer, at least 1
     * @param sentences the most sentences quoted, at least 1
     * @param margin how much less support than the best a further sentence may have
     * @param strictness added to the threshold: positive declines more, negative less
     */
    public record Options(int passages, int sentences, double margin, double strictness) {
        /** Ten passages, at most two sentences, the second only if nearly as good. */
        public static final Options DEFAULT = new Options(10, 2, 0.05, 0);
    }

    /**
     * Makes an answerer.
     *
     * @param encoder one that gives token vectors; it need not be the one that the index was made with
     */
    public ExtractiveAnswerer(Retriever retriever, PassageIndex index, TextEncoder encoder, Options options) {
        this(retriever, index, encoder, options, Surroundings.Settings.NONE);
    }

    /**
     * Makes an answerer.
     *
     * @param around what is read with each of the best passages
     */
    public ExtractiveAnswerer(
            Retriever retriever,
            PassageIndex index,
            TextEncoder encoder,
            Options options,
            Surroundings.Settings around) {
        this.surroundings = new Surroundings(index, around);
        this.retriever = retriever;
        this.index = index;
        this.encoder = encoder;
        this.options = options;
    }

    @Override
    public Answer answer(String question, Filter filter, Consumer<String> partial) {
        long start = System.nanoTime();
        var retrieval = retriever.retrieve(question, Math.max(PASSAGES_READ, options.passages()), filter);
        var timings = new HashMap<String, Duration>(retrieval.timings());
        long retrieved = System.nanoTime();
        var read = surroundings.around(read(retrieval), retrieval.encoding());
        var candidates = new ArrayList<SentenceSupport.Supported>();
        int indexSize;
        try (var snapshot = index.snapshot()) {
            indexSize = snapshot.passageCount();
            var tokens = retrieval.encoding().tokens().size() > 0
                    ? retrieval.encoding().tokens()
                    : encoder.encodeQuestion(question).tokens();
            var frequency = InverseFrequency.of(snapshot);
            var terms = QuestionTerms.of(question, tokens, frequency::of);
            candidates.addAll(new SentenceSupport(terms, encoder).of(read));
        }
        candidates.sort(
                Comparator.comparingDouble(SentenceSupport.Supported::score).reversed());
        timings.put("select", Duration.ofNanos(System.nanoTime() - retrieved));
        timings.put("total", Duration.ofNanos(System.nanoTime() - start));
        var reported = reported(retrieval, read);
        double margin = candidates.isEmpty() ? NOTHING : candidates.getFirst().confidence() - threshold(indexSize);
        var trace = Trace.of(retrieval, OptionalDouble.of(margin));
        if (margin < options.strictness()) {
            partial.accept(DECLINED);
            return new Answer(DECLINED, true, List.of(), List.of(), reported, timings, trace);
        }
        var answer = compose(chosen(candidates), reported, timings, trace);
        partial.accept(answer.text());
        return answer;
    }

    /** The best passages, and of each further look the best that it added. */
    private static List<RetrievedPassage> read(Retrieval retrieval) {
        var passages = retrieval.passages();
        var read = new ArrayList<>(passages.subList(0, Math.min(PASSAGES_READ, passages.size())));
        for (var hop : retrieval.hops()) {
            passages.stream()
                    .filter(passage -> hop.found().contains(passage.passage().id()))
                    .findFirst()
                    .filter(passage -> !read.contains(passage))
                    .ifPresent(read::add);
        }
        return read;
    }

    /** What was found, and what was read around it: a citation may be of either. */
    private List<RetrievedPassage> reported(Retrieval retrieval, List<RetrievedPassage> read) {
        var reported = new LinkedHashMap<String, RetrievedPassage>();
        Stream.concat(retrieval.passages().stream().limit(options.passages()), read.stream())
                .forEach(passage -> reported.putIfAbsent(passage.passage().id(), passage));
        return List.copyOf(reported.values());
    }

    private static double threshold(int indexSize) {
        return THRESHOLD - SLOPE * Math.max(0, Math.log(FULL_SIZE / Math.max(1, indexSize)));
    }

    private List<SentenceSupport.Supported> chosen(List<SentenceSupport.Supported> candidates) {
        var chosen = new ArrayList<SentenceSupport.Supported>();
        double least = candidates.getFirst().score() - options.margin();
        for (var candidate : candidates) {
            if (chosen.size() == options.sentences() || candidate.score() < least) {
                break;
            }
            // Two passages may hold the same sentence, as overlapping or copied documents do.
            if (chosen.stream().noneMatch(other -> other.quote().equals(candidate.quote()))) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    private static Answer compose(
            List<SentenceSupport.Supported> chosen,
            List<RetrievedPassage> retrieved,
            Map<String, Duration> timings,
            Trace trace) {
        var text = new StringBuilder();
        var citations = new ArrayList<Citation>();
        for (var sentence : chosen) {
            int number = citations.size() + 1;
            var passage = sentence.passage();
            text.append(text.isEmpty() ? "" : " ")
                    .append(PlainLinks.in(sentence.quote()))
                    .append(" [")
                    .append(number)
                    .append(']');
            citations.add(new Citation(number, passage.document(), passage.location(), sentence.quote(), passage.id()));
        }
        return new Answer(text.toString(), false, citations, List.of(), retrieved, timings, trace);
    }
}
