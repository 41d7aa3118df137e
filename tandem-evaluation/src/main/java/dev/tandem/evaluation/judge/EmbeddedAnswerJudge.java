package dev.tandem.evaluation.judge;

import dev.tandem.evaluation.metric.task.AnswerJudge;
import dev.tandem.evaluation.metric.task.ContainsCheck;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The embedded judge where no language model is: an answer is right if it contains an expected one, or if it has all numbers of
 * an expected one and the judge finds that supported by it, sentence by sentence, each at the judge's own threshold. The judge is validated for whether
 * contexts support answers, not for this; it sees words and their meaning, and follows no reasoning.
 */
public final class EmbeddedAnswerJudge implements AnswerJudge {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    /** Three digits behind it: of thousands. */
    private static final Pattern GROUPING = Pattern.compile("[.,](?=\\d{3}(?!\\d))");

    private final EmbeddedJudge judge;

    /** @param judge closed with this one */
    public EmbeddedAnswerJudge(EmbeddedJudge judge) {
        this.judge = judge;
    }

    @Override
    public boolean right(Optional<String> question, String answer, List<String> references) {
        return new ContainsCheck().right(answer, references).orElse(false)
                || references.stream().filter(Exchange::says).anyMatch(reference -> says(answer, reference));
    }

    private boolean says(String answer, String reference) {
        // By meaning alone 26 weeks are as good as 40.
        if (!numbers(answer).containsAll(numbers(reference))) {
            return false;
        }
        var judgement = judge.judge(new Exchange(List.of(answer), reference, Optional.empty()));
        return judgement.faithfulness().isPresent() && judgement.unsupported().isEmpty();
    }

    private static Set<String> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(found -> GROUPING.matcher(found.group()).replaceAll(""))
                .collect(Collectors.toSet());
    }

    @Override
    public String signature() {
        return "judge:" + judge.name();
    }

    @Override
    public void close() {
        judge.close();
    }
}
