package dev.tandem.evaluation.judge.llm;

import dev.langchain4j.model.chat.ChatModel;
import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * A language model as judge, by Ragas's definitions: {@link Faithfulness}, {@link AnswerRelevancy}, {@link ContextRelevancy},
 * {@link ContextPrecision}, {@link ContextRecall}. A score that cannot be told is missing with a sentence why, and the others
 * are kept. Before the first judgement the model must get {@link ControlQuestions} right.
 *
 * <p>Safe for use by many threads; the requests of one judgement are made one after another. Judges the same exchange the same
 * as far as the model's server gives the same replies to the same requests: temperature 0 and a seed are asked for. Owns
 * neither model nor encoder.
 */
public final class LlmJudge implements Judge {
    /** A share of claims under this means that at least one of them is unsupported, as there are never a thousand. */
    private static final double ALL_SUPPORTED = 0.999;

    private final JudgeModel model;
    private final JudgeOptions options;
    private final Faithfulness faithfulness;
    private final AnswerRelevancy answerRelevancy;
    private final ContextRelevancy contextRelevancy;
    private final ContextPrecision contextPrecision;
    private final ContextRecall contextRecall;
    private final ControlQuestions controls;

    /**
     * A judge.
     *
     * @param modelName as recorded in {@link #name()}
     * @param encoder compares questions for answer relevancy
     */
    public LlmJudge(ChatModel chat, String modelName, TextEncoder encoder, JudgeOptions options) {
        this.model = new JudgeModel(chat, modelName, options);
        this.options = options;
        this.faithfulness = new Faithfulness(model);
        this.answerRelevancy = new AnswerRelevancy(model, encoder, options.questions());
        this.contextRelevancy = new ContextRelevancy(model);
        this.contextPrecision = new ContextPrecision(model);
        this.contextRecall = new ContextRecall(model);
        this.controls = new ControlQuestions(model, faithfulness);
    }

    /** The model and the wording of the prompts: scores of different names cannot be compared. */
    @Override
    public String name() {
        return "llm:" + model.name() + ":prompts-" + JudgePrompt.VERSION;
    }

    /** An answer counts as unsupported if a single claim is. */
    @Override
    public double threshold() {
        return ALL_SUPPORTED;
    }

    /** What it has asked its model until now. */
    public Usage usage() {
        return model.usage();
    }

    /**
     * Whether the model can judge at all, by claims whose verdicts are beyond doubt; asked once.
     *
     * @return how many of {@link #controlClaims()} were right
     * @throws MendableException if too few were, or the model cannot be asked
     */
    public int control() {
        return controls.require();
    }

    /** How many control claims there are. */
    public static int controlClaims() {
        return ControlQuestions.count();
    }

    @Override
    public Judgement judge(Exchange exchange) {
        controls.require();
        return new Scores(exchange).judgement();
    }

    @Override
    public void cancel() {
        model.end();
    }

    @Override
    public void close() {
        model.close();
    }

    /** One judgement in the making. */
    private final class Scores {
        private final Exchange exchange;
        private final boolean answered;
        private final Optional<String> question;
        private final Optional<String> reference;
        private final LinkedHashMap<String, String> missing = new LinkedHashMap<>();
        private final List<String> unsupported = new ArrayList<>();
        private Optional<MendableException> unreachable = Optional.empty();
        private Optional<MendableException> firstFailure = Optional.empty();
        private int measured;

        Scores(Exchange exchange) {
            this.exchange = exchange;
            this.answered = Exchange.says(exchange.answer());
            this.question = exchange.question().filter(Exchange::says);
            this.reference = exchange.reference().filter(Exchange::says);
        }

        Judgement judgement() {
            var faithful = answered ? faithful() : OptionalDouble.empty();
            var asked = question.orElse("");
            var relevant = measure(
                    JudgedMetric.ANSWER_RELEVANCY,
                    answered && question.isPresent(),
                    () -> answerRelevancy.of(asked, exchange.answer()));
            var bearing = measure(
                    JudgedMetric.CONTEXT_RELEVANCY,
                    question.isPresent(),
                    () -> contextRelevancy.of(asked, exchange.context()));
            var target = reference.or(() -> Optional.of(exchange.answer()).filter(Exchange::says));
            var precise = measure(
                    JudgedMetric.CONTEXT_PRECISION,
                    question.isPresent() && target.isPresent(),
                    () -> contextPrecision.of(asked, exchange.context(), target.orElseThrow()));
            var recalled = measure(
                    JudgedMetric.CONTEXT_RECALL,
                    reference.isPresent(),
                    () -> contextRecall.of(
                            question.orElse("(not known)"), exchange.context(), reference.orElseThrow()));
            if (measured == 0 && firstFailure.isPresent()) {
                throw firstFailure.get();
            }
            return new Judgement(faithful, relevant, bearing, precise, recalled, unsupported, missing);
        }

        /** An answer that makes no claim has no score, and that is no failure. */
        private OptionalDouble faithful() {
            var none = new boolean[1];
            var score = measure(JudgedMetric.FAITHFULNESS, true, () -> {
                var finding = faithfulness.of(exchange);
                unsupported.addAll(finding.unsupported());
                none[0] = finding.score().isEmpty();
                return finding.score().orElse(Double.NaN);
            });
            return none[0] ? OptionalDouble.empty() : score;
        }

        private OptionalDouble measure(JudgedMetric metric, boolean possible, DoubleSupplier score) {
            if (!possible || !options.metrics().contains(metric)) {
                return OptionalDouble.empty();
            }
            try {
                if (unreachable.isPresent()) {
                    throw unreachable.get();
                }
                double value = score.getAsDouble();
                measured++;
                return OptionalDouble.of(value);
            } catch (MendableException e) {
                // A server that was waited for in vain is not waited for again by every other score.
                if (ModelFailure.mayPass(e)) {
                    unreachable = Optional.of(e);
                }
                firstFailure = firstFailure.or(() -> Optional.of(e));
                missing.put(metric.label(), String.valueOf(e.getMessage()));
                return OptionalDouble.empty();
            }
        }
    }
}
