package dev.tandem.cli.generate;

import dev.tandem.decoder.constraint.Constraint;
import dev.tandem.decoder.constraint.Grammar;
import dev.tandem.decoder.constraint.Vocabulary;
import dev.tandem.models.prompt.Tokenizer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Grammars for a model's tokens; the vocabulary is read when the first is asked for. */
final class Constraints {
    private final Path base;
    private final Tokenizer tokenizer;
    private final Map<Grammar, Constraint> constraints = new HashMap<>();
    private Optional<Vocabulary> vocabulary = Optional.empty();

    Constraints(Path base, Tokenizer tokenizer) {
        this.base = base;
        this.tokenizer = tokenizer;
    }

    Constraint of(Grammar grammar) {
        return constraints.computeIfAbsent(grammar, key -> new Constraint(key, vocabulary()));
    }

    private Vocabulary vocabulary() {
        var read = vocabulary.orElseGet(() -> Vocabulary.open(base, tokenizer.ends()));
        vocabulary = Optional.of(read);
        return read;
    }
}
