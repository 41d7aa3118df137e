package dev.tandem.cli.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.decoder.constraint.Grammar;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The schemas of a run, each made a grammar once, however many prompts have it. */
final class Schemas {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<JsonNode, Grammar> grammars = new HashMap<>();

    /** @throws MendableException if the file is not there, is no JSON, or its schema is not understood */
    Grammar file(Path file) {
        try {
            return of(JSON.readTree(Files.readString(file)), file.toString());
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    file + ", line " + e.getLocation().getLineNr() + ": the schema is no JSON: "
                            + e.getOriginalMessage() + ".",
                    e);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read the schema " + file + ": check that it is a UTF-8 file that you may read.", e);
        }
    }

    /** @param name what the schema is called in errors */
    Grammar of(JsonNode schema, String name) {
        var known = grammars.get(schema);
        if (known != null) {
            return known;
        }
        var grammar = Grammar.ofJsonSchema(schema, name);
        grammars.put(schema, grammar);
        return grammar;
    }
}
