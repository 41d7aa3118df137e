package dev.tandem.bench.injection;

import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.models.embedding.TokenVectors;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An encoder that encodes a passage once, and gives no vectors of tokens: the same sentences stand in every document that
 * something is planted in.
 */
public record RememberingEncoder(TextEncoder encoder, ConcurrentHashMap<String, Encoding> known)
        implements TextEncoder {
    /** Around an encoder, which it closes. */
    public RememberingEncoder(TextEncoder encoder) {
        this(encoder, new ConcurrentHashMap<>());
    }

    @Override
    public String id() {
        return encoder.id();
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public int maxTokens() {
        return encoder.maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return encoder.countTokens(text);
    }

    @Override
    public List<Encoding> encodePassages(List<String> texts) {
        var unknown = texts.stream()
                .filter(text -> !known.containsKey(text))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            var encodings = encoder.encodePassages(unknown);
            for (int i = 0; i < unknown.size(); i++) {
                known.put(unknown.get(i), new Encoding(encodings.get(i).vector(), TokenVectors.NONE));
            }
        }
        return texts.stream().map(known::get).toList();
    }

    @Override
    public Encoding encodeQuestion(String text) {
        return encoder.encodeQuestion(text);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
