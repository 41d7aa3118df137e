package dev.tandem.decoder.constraint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Constraints for one model's tokens: the vocabulary is read when the first is asked for, and what was worked out for a
 * schema serves the next request with it. May be asked by many threads; what it gives is used by one, which generates.
 */
public final class Constraints {
    /** Schemas that are remembered: a program has a few, and each holds masks of the whole vocabulary. */
    private static final int REMEMBERED = 16;

    private final Path base;
    private final Tokenizer tokenizer;
    private final Map<JsonNode, Grammar> grammars = remembering();
    private final Map<Grammar, Constraint> constraints = remembering();
    private Optional<Vocabulary> vocabulary = Optional.empty();

    /** Constraints for the model in a folder. */
    public Constraints(Path base, Tokenizer tokenizer) {
        this.base = base;
        this.tokenizer = tokenizer;
    }

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /**
     * A JSON Schema's constraint.
     *
     * @param name what error messages call the schema
     * @throws MendableException if the schema has a keyword that is not understood, or nothing can fulfil it
     */
    public synchronized Constraint of(JsonNode schema, String name) {
        var known = grammars.get(schema);
        var grammar = known == null ? Grammar.ofJsonSchema(schema, name) : known;
        grammars.put(schema, grammar);
        return of(grammar);
    }

    /** A grammar's constraint. */
    public synchronized Constraint of(Grammar grammar) {
        var known = constraints.get(grammar);
        var constraint = known == null ? new Constraint(grammar, vocabulary()) : known;
        constraints.put(grammar, constraint);
        return constraint;
    }

    private Vocabulary vocabulary() {
        var read = vocabulary.orElseGet(() -> Vocabulary.open(base, tokenizer.ends()));
        vocabulary = Optional.of(read);
        return read;
    }
}
