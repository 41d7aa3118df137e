package dev.tandem.answering.route;

import dev.tandem.models.embedding.TextEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Sentences that people say to whoever answers, and questions as they are asked of documents, each written for this purpose, with
 * their vectors. A text is talk if the nearest talk is near enough to it and nearer than the nearest question by a margin.
 *
 * <p>Floor and margin were chosen on public requests and questions of other collections, so that hardly any question of those was
 * taken for talk; docs/benchmarks.md has the numbers on what was not looked at. The vectors are made by {@code bench/run
 * TalkVectors} with the bundled embedding model, and used with that one only. Immutable.
 */
public final class TalkExamples {
    /** The kinds of talk, by what they are called in the file. */
    public enum Kind {
        GREETING,
        WELLBEING,
        THANKS,
        BYE,
        IDENTITY,
        CAPABILITY,
        PERSON,
        JOKE,
        ASSENT,
        COMPLAINT,
        /** Asks for the last answer again. */
        REPEAT,
        /** Asks what was asked before. */
        MEMORY,
        /** Asks for more about the last answer: talk only where there was none. */
        FOLLOW_UP,
        /** No talk. */
        DOCUMENTS
    }

    /**
     * A line of the file.
     *
     * @param text what somebody may say
     */
    public record Example(Kind kind, String text) {}

    private static final String TEXTS = "talk.tsv";
    private static final String VECTORS = "talk.vectors";
    private static final double FLOOR = 0.70;
    private static final double MARGIN = 0.05;

    /** Bytes hold components of vectors of unit length times this. */
    public static final float SCALE = 400;

    private final List<Example> examples;
    private final String encoder;
    private final byte[][] vectors;

    private TalkExamples(List<Example> examples, String encoder, byte[][] vectors) {
        this.examples = examples;
        this.encoder = encoder;
        this.vectors = vectors;
    }

    /** Those that ship with Tandem. */
    public static TalkExamples shipped() {
        var examples = examples();
        try (var in = new DataInputStream(resource(VECTORS))) {
            var encoder = in.readUTF();
            var vectors = new byte[in.readInt()][in.readInt()];
            if (vectors.length != examples.size()) {
                throw new IllegalStateException(TEXTS + " has " + examples.size() + " lines and " + VECTORS + " "
                        + vectors.length + " vectors: run bench/run TalkVectors");
            }
            for (var vector : vectors) {
                in.readFully(vector);
            }
            return new TalkExamples(examples, encoder, vectors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sentences in the order of their vectors. */
    public static List<Example> examples() {
        try (var in = resource(TEXTS)) {
            var examples = new ArrayList<Example>();
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int tab = line.indexOf('\t');
                examples.add(new Example(
                        Kind.valueOf(line.substring(0, tab).toUpperCase(Locale.ROOT)), line.substring(tab + 1)));
            }
            return examples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which kind of talk a text is; empty for a question for the documents, and with another encoder than the vectors'. */
    Optional<Kind> kind(String text, TextEncoder with) {
        if (!with.id().equals(encoder)) {
            return Optional.empty();
        }
        var vector = with.encodeQuestion(text).vector();
        int nearest = -1;
        double talk = -1;
        double question = -1;
        for (int i = 0; i < vectors.length; i++) {
            double similarity = similarity(vector, vectors[i]);
            if (examples.get(i).kind() == Kind.DOCUMENTS) {
                question = Math.max(question, similarity);
            } else if (similarity > talk) {
                talk = similarity;
                nearest = i;
            }
        }
        return talk >= FLOOR && talk - question >= MARGIN
                ? Optional.of(examples.get(nearest).kind())
                : Optional.empty();
    }

    private static double similarity(float[] vector, byte[] example) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * example[i];
        }
        return sum / SCALE;
    }

    private static java.io.InputStream resource(String name) {
        return Objects.requireNonNull(TalkExamples.class.getResourceAsStream(name), name);
    }
}
