package dev.tandem.decoder.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * What sets the families of decoder-only transformers apart, as data; all else is one transformer. A trait that a folder's
 * {@code config.json} can also name is only the default here.
 *
 * <pre>
 *                 config.json's   query/key/value  query/key  norms   norm by  embeddings   activation  weights
 *                 model_type      biases           norms      a block (1 + w)  x sqrt(d)                tied
 * </pre>
 */
public enum Family {
    LLAMA("llama", false, false, 2, false, false, "silu", false),
    MISTRAL("mistral", false, false, 2, false, false, "silu", false),
    QWEN2("qwen2", true, false, 2, false, false, "silu", false),
    QWEN3("qwen3", false, true, 2, false, false, "silu", false),
    SMOLLM3("smollm3", false, false, 2, false, false, "silu", true),
    GEMMA2("gemma2", false, false, 4, true, true, "gelu_pytorch_tanh", true),
    GEMMA3("gemma3_text", false, true, 4, true, true, "gelu_pytorch_tanh", true);

    private final String modelType;
    private final boolean projectionBiases;
    private final boolean queryKeyNorms;
    private final int blockNorms;
    private final boolean normByOnePlusWeight;
    private final boolean scaledEmbeddings;
    private final String activation;
    private final boolean tied;

    Family(
            String modelType,
            boolean projectionBiases,
            boolean queryKeyNorms,
            int blockNorms,
            boolean normByOnePlusWeight,
            boolean scaledEmbeddings,
            String activation,
            boolean tied) {
        this.modelType = modelType;
        this.projectionBiases = projectionBiases;
        this.queryKeyNorms = queryKeyNorms;
        this.blockNorms = blockNorms;
        this.normByOnePlusWeight = normByOnePlusWeight;
        this.scaledEmbeddings = scaledEmbeddings;
        this.activation = activation;
        this.tied = tied;
    }

    /** As {@code model_type} in config.json. */
    public String modelType() {
        return modelType;
    }

    /** Whether the query, key and value projections have biases whatever config.json says. */
    boolean projectionBiases() {
        return projectionBiases;
    }

    /** Whether each head's query and key are normalised before they are rotated. */
    public boolean queryKeyNorms() {
        return queryKeyNorms;
    }

    /** Whether what attention and the feed-forward network give is normalised once more before it is added. */
    public boolean normsAfterwards() {
        return blockNorms == 4;
    }

    /** Whether a norm multiplies by one plus its weight, so that zeros are the identity. */
    public boolean normByOnePlusWeight() {
        return normByOnePlusWeight;
    }

    /** Whether embeddings are multiplied by the square root of the hidden size. */
    public boolean scaledEmbeddings() {
        return scaledEmbeddings;
    }

    String activation() {
        return activation;
    }

    boolean tied() {
        return tied;
    }

    /** Which family a {@code model_type} names; none if Tandem does not know it. */
    static Optional<Family> named(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelType.equals(modelType))
                .findFirst();
    }
}
