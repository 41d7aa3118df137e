package dev.tandem.evaluation.run;

import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A strategy whose answers a test says, by question id. */
public final class ScriptedStrategy implements Strategy {
    private final Map<String, String> configuration;
    private final Function<TestCase, StrategyAnswer> answers;

    /** How often each question was asked. */
    public final Map<String, Integer> asked = new HashMap<>();

    public ScriptedStrategy(String indexHash, Function<TestCase, StrategyAnswer> answers) {
        this.configuration = Map.of(Strategy.INDEX, indexHash);
        this.answers = answers;
    }

    /** An answer that rests on one passage, cited. */
    public static StrategyAnswer answer(String text, String document, String passage) {
        return new StrategyAnswer(
                text,
                false,
                List.of(new CitedQuote(document, "", passage)),
                List.of(new FoundPassage(document, "", passage, 1)),
                Map.of("total", 12.5),
                0,
                0);
    }

    /** The question is declined. */
    public static StrategyAnswer declined(String document, String passage) {
        return new StrategyAnswer(
                "The documents do not answer this question.",
                true,
                List.of(),
                List.of(new FoundPassage(document, "", passage, 1)),
                Map.of("total", 7.5),
                0,
                0);
    }

    /** The question fails. */
    public static StrategyAnswer failed(String why) {
        throw new MendableException(why);
    }

    @Override
    public String name() {
        return "rag";
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        asked.merge(testCase.id(), 1, Integer::sum);
        return answers.apply(testCase);
    }

    @Override
    public void close() {}
}
