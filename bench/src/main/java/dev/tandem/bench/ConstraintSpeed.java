package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.constraint.Constraint;
import dev.tandem.decoder.constraint.Grammar;
import dev.tandem.decoder.constraint.Vocabulary;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a JSON Schema costs a token: the time in which the logits of a vocabulary are restricted and the token is taken in, along
 * a text, for new constraints and for the same one again.
 *
 * <p>Arguments: a folder with a tokenizer, a file with a schema, a text that the schema holds for, rounds.
 */
public final class ConstraintSpeed {
    private ConstraintSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[3]);
        try (var tokenizer = Tokenizer.open(Path.of(arguments[0]))) {
            long began = System.nanoTime();
            var vocabulary = Vocabulary.open(Path.of(arguments[0]), tokenizer.ends());
            System.out.printf("vocabulary: %.0f ms%n", millis(began));
            var schema = new ObjectMapper().readTree(Path.of(arguments[1]).toFile());
            var tokens = tokenizer.encode(arguments[2], false);
            int size = Arrays.stream(tokens).max().orElseThrow() + 1;
            var logits = new float[Math.max(size, 150_000)];
            var grammars = new ArrayList<Double>();
            var first = new ArrayList<Double>();
            var again = new ArrayList<Double>();
            for (int round = -rounds; round < rounds; round++) {
                began = System.nanoTime();
                var grammar = Grammar.ofJsonSchema(schema, arguments[1]);
                double compiled = millis(began);
                var constraint = new Constraint(grammar, vocabulary);
                var fresh = along(tokens, constraint, logits);
                var known = along(tokens, constraint, logits);
                // The first half of the rounds warms up, except that the very first is what a command sees.
                if (round == -rounds) {
                    report("first in this process", fresh);
                }
                if (round >= 0) {
                    grammars.add(compiled);
                    first.addAll(fresh);
                    again.addAll(known);
                }
            }
            report("grammar", grammars);
            report("new constraint, a token", first);
            report("known constraint, a token", again);
        }
    }

    private static List<Double> along(int[] tokens, Constraint constraint, float[] logits) {
        var times = new ArrayList<Double>();
        var progress = constraint.begin();
        for (int token : tokens) {
            Arrays.fill(logits, 0);
            long began = System.nanoTime();
            progress.restrict(logits);
            times.add(millis(began));
            if (logits[token] != 0) {
                throw new IllegalStateException("The schema does not hold for the text at token " + times.size() + ".");
            }
            progress.accept(token);
        }
        return times;
    }

    private static double millis(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private static void report(String what, List<Double> times) {
        var sorted = times.stream().sorted().toList();
        System.out.printf(
                "%s: median %.3f ms, mean %.3f ms, 95%% under %.3f ms, most %.3f ms%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                sorted.get(sorted.size() * 95 / 100),
                sorted.getLast());
    }
}
