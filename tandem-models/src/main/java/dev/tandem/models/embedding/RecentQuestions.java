package dev.tandem.models.embedding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder that remembers the vectors of the newest questions, so that whoever looks at a question after it was answered need not encode
 * it again ({@link #vector}), and of the few newest the whole encodings, so that routing and searching encode a question once. Safe for use by
 * many threads; closes the encoder behind it.
 */
public final class RecentQuestions implements TextEncoder {
    /** Questions in work at once: their encodings are asked for again while they are answered. */
    private static final int IN_WORK = 16;

    private final TextEncoder encoder;
    private final Map<String, float[]> newest;
    private final Map<String, Encoding> inWork;

    /**
     * An encoder in front of another.
     *
     * @param most how many questions are remembered
     */
    public RecentQuestions(TextEncoder encoder, int most) {
        this.encoder = encoder;
        this.newest = newest(most);
        this.inWork = newest(IN_WORK);
    }

    private static <T> Map<String, T> newest(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
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
        return encoder.encodePassages(texts);
    }

    @Override
    public Encoding encodeQuestion(String text) {
        synchronized (newest) {
            var known = inWork.get(text);
            if (known != null) {
                return known;
            }
        }
        var encoding = encoder.encodeQuestion(text);
        synchronized (newest) {
            newest.put(text, encoding.vector());
            inWork.put(text, encoding);
        }
        return encoding;
    }

    /** A question's vector: as it was made when it was encoded, or now. */
    public float[] vector(String text) {
        return remembered(text).orElseGet(() -> encodeQuestion(text).vector());
    }

    private Optional<float[]> remembered(String text) {
        synchronized (newest) {
            return Optional.ofNullable(newest.get(text));
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
