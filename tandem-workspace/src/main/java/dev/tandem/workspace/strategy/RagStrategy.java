package dev.tandem.workspace.strategy;

import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.answer.Answerer;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.WellFormedText;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.workspace.OpenWorkspace;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code tandem ask} does: passages are retrieved, and the answer is made from them. For one thread; the workspace stays the caller's. */
final class RagStrategy implements Strategy {
    static final String NAME = "rag";

    private static final Pattern MARK = Pattern.compile("[ \\u00A0]?\\[(\\d{1,4})]");

    private final Answerer answerer;
    private final Map<String, String> configuration;
    private final TokenCount tokens = new TokenCount();

    /** @throws dev.tandem.foundation.MendableException if nothing was ingested yet, or with another embedding model */
    RagStrategy(OpenWorkspace workspace) {
        this.answerer = workspace.answerer(tokens::around);
        this.configuration = Configuration.of(workspace);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        tokens.reset();
        var filter = testCase.filter().map(FilterParser::parse).orElseGet(Filter.All::new);
        var answer = answerer.answer(testCase.question(), filter, piece -> {});
        return new StrategyAnswer(
                WellFormedText.of(withoutMarks(answer)),
                answer.abstained(),
                answer.citations().stream()
                        .map(cited -> new CitedQuote(cited.document(), cited.location(), cited.quote()))
                        .toList(),
                answer.retrieved().stream().map(RagStrategy::found).toList(),
                answer.timings().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, stage -> millis(stage.getValue()))),
                tokens.prompt(),
                tokens.answer());
    }

    static FoundPassage found(RetrievedPassage found) {
        return new FoundPassage(
                found.passage().document(),
                String.join(" > ", found.passage().headings()),
                found.passage().text(),
                found.score());
    }

    /** The numbers of citations are no part of what is said; a number in brackets that cites nothing is. */
    private static String withoutMarks(Answer answer) {
        var numbers = answer.citations().stream()
                .map(cited -> Integer.toString(cited.number()))
                .collect(Collectors.toSet());
        return MARK.matcher(answer.text())
                .replaceAll(mark ->
                        numbers.contains(mark.group(1)) ? "" : java.util.regex.Matcher.quoteReplacement(mark.group()));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    @Override
    public void close() {
        // The parts are the workspace's.
    }
}
