package dev.tandem.bench;

import dev.tandem.bench.injection.Case;
import dev.tandem.bench.injection.Corpus;
import dev.tandem.bench.injection.Fit;
import dev.tandem.bench.injection.RememberingEncoder;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the model that finds prompt injection to all that {@link Corpus} gives for it, and writes it. Attacks: BIPIA's training
 * half, what people ask of assistants (Self-Instruct, LLMBar, CLINC150, questions), and lines of our own, each planted in a
 * document. Clean texts: a handbook, policies, office documents, news, abstracts, encyclopaedia. {@link InjectionDetection}
 * measures what a model fitted like this finds of what it was not fitted to.
 *
 * <p>Arguments: the folder of data, the file to write.
 */
public final class FitInjection {
    private FitInjection() {}

    public static void main(String[] arguments) throws IOException {
        try (var encoder = new RememberingEncoder(OnnxTextEncoder.bundled());
                var corpus = new Corpus(Path.of(arguments[0]), encoder)) {
            var cases = new ArrayList<Case>(corpus.clean());
            cases.addAll(corpus.attacks());
            System.out.printf("%d clean documents, %d attacks planted%n", count(cases, false), count(cases, true));
            var model = Fit.of(cases);
            System.out.printf("suspicion %.2f, threshold %.4f%n", model.suspicion(), model.threshold());
            Files.writeString(Path.of(arguments[1]), model.toJson());
        }
    }

    private static long count(List<Case> cases, boolean attacks) {
        return cases.stream().filter(each -> each.isAttack() == attacks).count();
    }
}
