package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.AnswerPerplexity;
import dev.tandem.evaluation.strategy.ExpectedAnswer;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.WellFormedText;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.knowledge.retrieval.Retriever;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tuned model with what was retrieved, in a prompt of the user's own: the passages that fit, best first. It says no sources, so
 * none are cited. Owns the model; the retriever stays the caller's.
 */
final class PromptedHybrid implements Strategy {
    private final Retriever retriever;
    private final int passages;
    private final HybridPrompt prompt;
    private final LocalModel model;
    private final Optional<String> system;
    private final Map<String, String> configuration;

    /**
     * @param retrieval all that decides what is retrieved
     * @param passages how many at most, at least 1
     */
    PromptedHybrid(
            Retriever retriever,
            Map<String, String> retrieval,
            int passages,
            HybridPrompt prompt,
            LocalModel model,
            Optional<String> system) {
        this.retriever = retriever;
        this.passages = passages;
        this.prompt = prompt;
        this.model = model;
        this.system = system;
        configuration = new TreeMap<>(retrieval);
        model.configuration().forEach((name, value) -> configuration.put("tuned." + name, value));
        configuration.put("hybrid", "prompted");
        configuration.put("hybrid.prompt", prompt.template());
        system.ifPresent(text -> configuration.put("system", text));
    }

    @Override
    public String name() {
        return Approaches.HYBRID;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        long began = System.nanoTime();
        var found = found(testCase);
        double retrieving = (System.nanoTime() - began) / 1e6;
        var reply = model.ask(ModelStrategy.turns(system, fitting(testCase.question(), found)));
        double total = (System.nanoTime() - began) / 1e6;
        return new StrategyAnswer(
                WellFormedText.of(reply.text()),
                Declining.is(reply.text()),
                List.<CitedQuote>of(),
                found.stream().map(RagStrategy::found).toList(),
                Map.of("retrieve", retrieving, ModelStrategy.STAGE, total - retrieving, "total", total),
                reply.promptTokens(),
                reply.answerTokens());
    }

    private List<RetrievedPassage> found(TestCase testCase) {
        var filter = testCase.filter().map(FilterParser::parse).orElseGet(Filter.All::new);
        return retriever.retrieve(testCase.question(), passages, filter).passages();
    }

    /** The prompt with as many passages as leave room for an answer, at least one. */
    private String fitting(String question, List<RetrievedPassage> found) {
        for (int count = found.size(); count > 1; count--) {
            var text = filled(question, found.subList(0, count));
            if (model.fits(ModelStrategy.turns(system, text))) {
                return text;
            }
        }
        return filled(question, found.subList(0, Math.min(1, found.size())));
    }

    private String filled(String question, List<RetrievedPassage> found) {
        return prompt.fill(
                question,
                found.stream().map(each -> each.passage().text().strip()).collect(Collectors.joining("\n\n")));
    }

    @Override
    public Optional<AnswerPerplexity> perplexity(List<ExpectedAnswer> answers, Progress progress) {
        return model.perplexity(
                answers,
                answer -> {
                    var question = answer.testCase().question();
                    return ModelStrategy.turns(system, fitting(question, found(answer.testCase())));
                },
                progress);
    }

    @Override
    public void close() {
        model.close();
    }
}
