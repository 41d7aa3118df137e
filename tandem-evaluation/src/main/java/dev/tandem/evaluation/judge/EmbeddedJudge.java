package dev.tandem.evaluation.judge;

import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The judge that needs no language model and no key: the embedding model that ships, and words. Each sentence of an answer
 * is a claim; {@link Evidence} says what is looked at, {@link FaithfulnessModel} what it weighs. What it is worth, measured
 * on human labels, is in docs/evaluation.md.
 *
 * <p>It sees whether a claim is made of what the context says, not whether it follows from it: a true conclusion in words of
 * its own scores low. Safe for use by many threads; judges the same exchange always the same.
 */
public final class EmbeddedJudge implements Judge {
    /** The name under which it is chosen and recorded. */
    public static final String NAME = "embedded";

    private final TextEncoder encoder;
    private final FaithfulnessModel model;
    private final ContextCache contexts;

    /** The judge that ships. */
    public static EmbeddedJudge open() {
        return new EmbeddedJudge(OnnxTextEncoder.bundled(), FaithfulnessModel.shipped());
    }

    /**
     * A judge of given parts.
     *
     * @param encoder gives token vectors; closed with this judge
     * @param model fitted with this encoder
     */
    public EmbeddedJudge(TextEncoder encoder, FaithfulnessModel model) {
        this.encoder = encoder;
        this.model = model;
        this.contexts = new ContextCache(encoder);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double threshold() {
        return model.threshold();
    }

    @Override
    public Judgement judge(Exchange exchange) {
        var context = contexts.get(exchange.context());
        var answer = EncodedText.of(List.of(exchange.answer()), encoder);
        var logits = new ArrayList<Double>();
        var unsupported = new ArrayList<String>();
        for (var sentence : claims(answer)) {
            double logit = model.logit(ClaimEvidence.of(sentence, context));
            logits.add(logit);
            if (FaithfulnessModel.sigmoid(logit) < model.threshold()) {
                unsupported.add(sentence.text());
            }
        }
        var faithfulness = logits.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(FaithfulnessModel.sigmoid(FaithfulnessModel.answerLogit(
                        logits.stream().mapToDouble(Double::doubleValue).toArray())));
        var question = exchange.question().filter(Exchange::says).map(text -> EncodedText.whole(text, encoder));
        return new Judgement(
                faithfulness,
                question.map(asked -> OptionalDouble.of(Relevancy.ofAnswer(asked, answer)))
                        .orElse(OptionalDouble.empty()),
                question.map(asked -> OptionalDouble.of(Relevancy.ofContext(asked, context)))
                        .orElse(OptionalDouble.empty()),
                unsupported);
    }

    /** The evidence of each claim of an answer, in the order of {@link Evidence}: what a model is fitted on. */
    public List<double[]> evidence(Exchange exchange) {
        var context = contexts.get(exchange.context());
        return claims(EncodedText.of(List.of(exchange.answer()), encoder)).stream()
                .map(claim -> ClaimEvidence.of(claim, context))
                .toList();
    }

    private static List<EncodedText.Sentence> claims(EncodedText answer) {
        return answer.sentences().stream()
                .filter(sentence -> !sentence.words().isEmpty())
                .toList();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
