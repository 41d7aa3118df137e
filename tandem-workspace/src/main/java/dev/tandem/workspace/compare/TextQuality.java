package dev.tandem.workspace.compare;

import dev.tandem.evaluation.metric.fact.FactCheck;
import dev.tandem.evaluation.metric.fact.FactErrors;
import dev.tandem.evaluation.metric.text.Bleu;
import dev.tandem.evaluation.metric.text.CorpusMetric;
import dev.tandem.evaluation.metric.text.Rouge;
import dev.tandem.evaluation.metric.voice.Voice;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.strategy.ProductSheets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an approach writes, over the questions of style that it answered; nothing here decides the verdict.
 *
 * @param approach its name; {@link #EXPECTED} for the expected texts, held to the same measures
 * @param texts how many it wrote
 * @param bleu sacrebleu's, from 0 to 1
 * @param rougeL mean F-measure, from 0 to 1
 * @param voice share of texts in the voice of the training answers; empty with fewer than {@value Voice#FEWEST} of them
 * @param facts slot errors against the attribute sheets of the questions' documents; empty if there are none
 */
public record TextQuality(
        String approach, int texts, double bleu, double rougeL, OptionalDouble voice, Optional<FactErrors> facts) {
    /** The name of the row of the expected texts. */
    public static final String EXPECTED = "(expected)";

    private static final Rouge ROUGE = new Rouge(false);

    /** Each approach, then the expected texts; empty if no question is one of style. */
    static List<TextQuality> of(List<ApproachRun> runs, OpenWorkspace workspace, Optional<Path> training) {
        var voice = training.flatMap(TextQuality::voice);
        var check = ProductSheets.check(workspace.index());
        var made = new ArrayList<TextQuality>();
        List<ExampleResult> styled = List.of();
        for (var run : runs) {
            var some = run.examples().stream().filter(TextQuality::isText).toList();
            if (!some.isEmpty()) {
                styled = some;
                var texts = some.stream()
                        .map(each -> new Text(
                                each.testCase(), each.answer().orElseThrow().text()))
                        .toList();
                made.add(of(run.name(), texts, voice, workspace, check));
            }
        }
        if (!styled.isEmpty()) {
            var texts = styled.stream()
                    .map(each ->
                            new Text(each.testCase(), each.testCase().answers().getFirst()))
                    .toList();
            made.add(of(EXPECTED, texts, voice, workspace, check));
        }
        return made;
    }

    private record Text(TestCase testCase, String text) {}

    private static boolean isText(ExampleResult example) {
        return example.testCase().type() == QuestionType.STYLE
                && !example.testCase().answers().isEmpty()
                && example.answer().isPresent();
    }

    private static Optional<Voice> voice(Path training) {
        var answers = new ArrayList<String>();
        ExampleFiles.read(training, example -> answers.add(example.answer()));
        return answers.size() < Voice.FEWEST ? Optional.empty() : Optional.of(new Voice(answers));
    }

    private static TextQuality of(
            String name, List<Text> texts, Optional<Voice> voice, OpenWorkspace workspace, FactCheck check) {
        var counts = new ArrayList<int[]>();
        var errors = new ArrayList<FactErrors>();
        double rouge = 0;
        for (var each : texts) {
            var answers = each.testCase().answers();
            counts.add(Bleu.DEFAULT.counts(each.text(), answers));
            rouge += Objects.requireNonNull(ROUGE.scores(each.text(), answers).get(Rouge.Kind.ROUGE_L))
                    .fMeasure();
            var asked = ProductSheets.asked(
                    workspace.index(),
                    each.testCase().question(),
                    each.testCase().documents());
            if (!asked.sheets().isEmpty()) {
                errors.add(check.errors(each.text(), asked.values()));
            }
        }
        return new TextQuality(
                name,
                texts.size(),
                Bleu.DEFAULT.corpusScore(CorpusMetric.sum(counts)) / 100,
                rouge / texts.size(),
                voice.map(known -> OptionalDouble.of(
                                known.consistency(texts.stream().map(Text::text).toList())))
                        .orElse(OptionalDouble.empty()),
                errors.isEmpty() ? Optional.empty() : Optional.of(FactErrors.sum(errors)));
    }
}
