package dev.tandem.models.embedding;

import java.util.List;

/**
 * Turns texts into vectors for retrieval. A vector depends on its text alone, never on the texts it was encoded with.
 * Implementations are safe for use by many threads.
 */
public interface TextEncoder extends AutoCloseable {
    /** The model's name as recorded in the index; two encoders with the same id give the same vectors. */
    String id();

    /** Length of every vector. */
    int dimension();

    /** The longest text that is read whole, in this model's tokens, special tokens not counted. */
    int maxTokens();

    /** Number of tokens in a text, special tokens not counted. */
    int countTokens(String text);

    /** Encodes passages, in the order given. Long texts are cut at {@link #maxTokens()}. */
    List<Encoding> encodePassages(List<String> texts);

    /** Encodes a question, with the prefix that the model was trained with. */
    Encoding encodeQuestion(String text);

    @Override
    void close();
}
