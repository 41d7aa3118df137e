package dev.tandem.knowledge.ingest;

import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.models.embedding.TokenVectors;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** An encoder as quick as tests of the ingest need: a text's vector is drawn from its hash. Counts what it encodes. */
final class HashingEncoder implements TextEncoder {
    final AtomicInteger encoded = new AtomicInteger();
    private final String id;

    HashingEncoder(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimension() {
        return 32;
    }

    @Override
    public int maxTokens() {
        return 510;
    }

    @Override
    public int countTokens(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    @Override
    public List<Encoding> encodePassages(List<String> texts) {
        encoded.addAndGet(texts.size());
        return texts.stream().map(this::encodeQuestion).toList();
    }

    @Override
    public Encoding encodeQuestion(String text) {
        var random = new Random(text.hashCode());
        var vector = new float[dimension()];
        double squares = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return new Encoding(vector, TokenVectors.NONE);
    }

    @Override
    public void close() {}
}
