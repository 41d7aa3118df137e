package dev.tandem.evaluation.metric.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The answer is JSON, and nothing but JSON, that is valid by a JSON Schema (2020-12, or what its {@code $schema} says).
 * References are not looked at. Nothing is fetched: a schema stands alone.
 */
public final class JsonSchemaCheck implements TaskCheck {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonSchema schema;

    private JsonSchemaCheck(JsonSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads a schema.
     *
     * @throws MendableException if the file is not there, is no JSON, or is no schema that stands alone
     */
    public static JsonSchemaCheck read(Path file) {
        try {
            return new JsonSchemaCheck(schema(JSON.readTree(Files.readString(file))));
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    file + ", line " + e.getLocation().getLineNr() + ": the schema is no JSON: "
                            + e.getOriginalMessage() + ".",
                    e);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot read the schema " + file + ": check that it is a UTF-8 file that you may read.", e);
        } catch (JsonSchemaException e) {
            throw new MendableException(
                    file + " is no JSON Schema that stands alone (" + e.getMessage()
                            + "): mend it, and put what it refers to into its $defs.",
                    e);
        }
    }

    private static JsonSchema schema(JsonNode node) {
        if (!node.isObject() && !node.isBoolean()) {
            throw new JsonSchemaException("it is neither an object nor true or false");
        }
        var version = SpecVersionDetector.detectOptionalVersion(node, false).orElse(SpecVersion.VersionFlag.V202012);
        var factory = JsonSchemaFactory.getInstance(
                version, builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
        var schema = factory.getSchema(
                node,
                SchemaValidatorsConfig.builder()
                        .regularExpressionFactory(expression -> bounded(Pattern.compile(expression)))
                        .build());
        schema.initializeValidators();
        return schema;
    }

    /** A pattern that takes too long holds for nothing. */
    private static RegularExpression bounded(Pattern expression) {
        return text -> BoundedSearch.find(expression, text).orElseThrow(TooLong::new);
    }

    @Override
    public Optional<Boolean> right(String answer, List<String> references) {
        try {
            var node = JSON.readTree(answer);
            return Optional.of(!node.isMissingNode() && schema.validate(node).isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.of(false);
        } catch (TooLong e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> fault(String reference) {
        return Optional.empty();
    }

    @Override
    public boolean needsReferences() {
        return false;
    }

    @Override
    public String signature() {
        return "task:json-schema|whole-answer";
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
