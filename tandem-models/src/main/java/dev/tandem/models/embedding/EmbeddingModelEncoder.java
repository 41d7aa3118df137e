package dev.tandem.models.embedding;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Any LangChain4j embedding model as an encoder: a remote endpoint, mostly. It gives no token vectors, so passages found
 * with it are not re-ranked by late interaction. As safe for use by many threads as the model is.
 */
public final class EmbeddingModelEncoder implements TextEncoder {
    private final EmbeddingModel passages;
    private final EmbeddingModel questions;
    private final Options options;
    private final ToIntFunction<String> tokenCount;

    /**
     * How a model is called.
     *
     * @param id the model's name as recorded in the index
     * @param dimension length of its vectors
     * @param maxTokens longest text that it reads whole, in its tokens
     * @param batch texts sent in one call, at least 1
     * @param questionPrefix put before each question; may be empty
     * @param passagePrefix put before each passage; may be empty
     */
    public record Options(
            String id, int dimension, int maxTokens, int batch, String questionPrefix, String passagePrefix) {}

    /**
     * Wraps a model.
     *
     * @param tokenCount counts a text's tokens as the model does, or estimates them from above
     */
    public EmbeddingModelEncoder(EmbeddingModel model, Options options, ToIntFunction<String> tokenCount) {
        this(model, model, options, tokenCount);
    }

    /** Wraps a model that is asked in another way for passages than for questions. */
    public EmbeddingModelEncoder(
            EmbeddingModel passages, EmbeddingModel questions, Options options, ToIntFunction<String> tokenCount) {
        this.passages = passages;
        this.questions = questions;
        this.options = options;
        this.tokenCount = tokenCount;
    }

    @Override
    public String id() {
        return options.id();
    }

    @Override
    public int dimension() {
        return options.dimension();
    }

    @Override
    public int maxTokens() {
        return options.maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return tokenCount.applyAsInt(text);
    }

    @Override
    public List<Encoding> encodePassages(List<String> texts) {
        var encodings = new ArrayList<Encoding>(texts.size());
        for (int from = 0; from < texts.size(); from += options.batch()) {
            var batch = texts.subList(from, Math.min(texts.size(), from + options.batch()));
            encodings.addAll(embed(passages, batch, options.passagePrefix()));
        }
        return encodings;
    }

    @Override
    public Encoding encodeQuestion(String text) {
        return embed(questions, List.of(text), options.questionPrefix()).getFirst();
    }

    private List<Encoding> embed(EmbeddingModel model, List<String> texts, String prefix) {
        var segments =
                texts.stream().map(text -> TextSegment.from(prefix + text)).toList();
        var embeddings = RemoteEmbedding.call(options.id(), () -> model.embedAll(segments))
                .content();
        if (embeddings.size() != texts.size()) {
            throw RemoteEmbedding.wrongCount(options.id(), texts.size(), embeddings.size());
        }
        return embeddings.stream()
                .map(embedding -> {
                    if (embedding.dimension() != options.dimension()) {
                        throw RemoteEmbedding.wrongDimension(options.id(), options.dimension(), embedding.dimension());
                    }
                    embedding.normalize();
                    return new Encoding(embedding.vector(), TokenVectors.NONE);
                })
                .toList();
    }

    @Override
    public void close() {}
}
