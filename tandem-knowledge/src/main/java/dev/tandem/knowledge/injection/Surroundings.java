package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well the sentences of one document fit it: what is planted speaks of other things than what stands around it, and
 * mostly alone. Not safe for use by many threads.
 */
public final class Surroundings {
    /** How much before and behind a sentence it is held against, in chars: two sentences each. */
    private static final int NEAR = 300;

    /** How much of a paragraph elsewhere in the document it is held against, in chars. */
    private static final int STRETCH = 500;

    /** At most so many of them: each costs a run of the encoder. */
    private static final int STRETCHES = 5;

    /** Shorter stretches say too little. */
    private static final int SHORTEST = 60;

    /** Likenesses of this encoder lie closely around this. */
    private static final double LIKENESS = 0.6;

    private static final double LIKENESS_SCALE = 10;

    /** Logits of sentences that are surely a task or question, and surely none. */
    private static final double MUCH = 1.5;

    private static final double LITTLE = -3;

    private final List<Passage> passages;
    private final List<Look> looks;
    private final TextEncoder encoder;
    private final Vocabulary vocabulary;
    private final List<Stretch> stretches;
    private final Map<String, float[]> vectors = new HashMap<>();

    /** A paragraph of a passage, with how it begins. */
    private record Stretch(int passage, int start, int end, String text) {}

    /**
     * Makes the surroundings of a document's sentences.
     *
     * @param passages the document's
     * @param looks every sentence of it that is looked at
     */
    public Surroundings(List<Passage> passages, List<Look> looks, TextEncoder encoder) {
        this.passages = passages;
        this.looks = looks;
        this.encoder = encoder;
        vocabulary = Vocabulary.of(passages);
        stretches = stretches(passages);
    }

    /** Paragraphs, in an order that has nothing to do with where they stand and stays when one is put between them. */
    private static List<Stretch> stretches(List<Passage> passages) {
        var all = new ArrayList<Stretch>();
        for (int i = 0; i < passages.size(); i++) {
            int start = 0;
            for (var paragraph : passages.get(i).text().split("\n\n", -1)) {
                if (paragraph.length() >= SHORTEST) {
                    var text = paragraph.substring(0, Math.min(STRETCH, paragraph.length()));
                    all.add(new Stretch(i, start, start + paragraph.length(), text));
                }
                start += paragraph.length() + 2;
            }
        }
        all.sort(Comparator.comparingInt(stretch -> stretch.text().hashCode()));
        return all;
    }

    /** The numbers that do not depend on what the first model says: likenesses, shared words, company, length. */
    public double[] of(Look look) {
        var around = around(look);
        var headings = headings(look);
        double near = likeness(look, around.isBlank() ? headings : around);
        var elsewhere = elsewhere(look);
        var shared = vocabulary.shared(look.text());
        return new double[] {
            near,
            likeness(look, headings),
            elsewhere.length == 0 ? near : Arrays.stream(elsewhere).max().orElseThrow(),
            elsewhere.length == 0 ? near : Arrays.stream(elsewhere).average().orElseThrow(),
            shared.share(),
            shared.strangers(),
            Math.log1p(company(look)),
            Math.log1p(passages.stream().mapToInt(each -> each.text().length()).sum()) / 3
        };
    }

    private String around(Look look) {
        var text = passages.get(look.passage()).text();
        return text.substring(Math.max(0, look.start() - NEAR), look.start()) + " "
                + text.substring(look.end(), Math.min(text.length(), look.end() + NEAR));
    }

    private String headings(Look look) {
        var passage = passages.get(look.passage());
        var lines = new ArrayList<String>();
        lines.add(passage.title());
        lines.addAll(passage.headings());
        lines.removeIf(line -> look.heading() && line.equals(look.text()));
        var text = String.join(" ", lines).strip();
        return text.isEmpty() ? "text" : text;
    }

    private double[] elsewhere(Look look) {
        return stretches.stream()
                .filter(stretch -> isFar(stretch, look))
                .limit(STRETCHES)
                .mapToDouble(stretch -> likeness(look, stretch.text()))
                .toArray();
    }

    private static boolean isFar(Stretch stretch, Look look) {
        return stretch.passage() != look.passage()
                || stretch.end() <= look.start() - NEAR / 2
                || stretch.start() >= look.end() + NEAR / 2;
    }

    private double likeness(Look look, String text) {
        var other = vectors.computeIfAbsent(
                text.replaceAll("\\s+", " ").strip(),
                line -> encoder.encodePassages(List.of(line)).getFirst().vector());
        double sum = 0;
        for (int i = 0; i < other.length; i++) {
            sum += look.vector()[i] * other[i];
        }
        return (sum - LIKENESS) * LIKENESS_SCALE;
    }

    /** Other sentences of its passage that ask or direct as it does: lists of questions and of steps are made of such. */
    private double company(Look look) {
        var mood = Directive.mood(look.text());
        long alike = looks.stream()
                .filter(other -> other.passage() == look.passage() && Directive.mood(other.text()) == mood)
                .count();
        return alike - 1.0; // without itself
    }

    /**
     * The numbers of the second model.
     *
     * @param at which of the sentences
     * @param logits what the first model says of each of them
     * @param place {@link #of} that sentence
     */
    public double[] values(int at, double[] logits, double[] place) {
        var words = looks.get(at).words();
        // Who speaks of the reply outright speaks to a model, whatever stands around it.
        double outright = Directive.isOutright(words) ? 1 : 0;
        var excused = Arrays.stream(place).map(number -> number * outright).toArray();
        return Stream.of(new double[] {logits[at]}, place, excused, crowd(at, logits), words)
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    /** What the first model says of the document's other sentences: one that is full of tasks and questions is made of them. */
    private double[] crowd(int at, double[] logits) {
        var look = looks.get(at);
        var others = IntStream.range(0, looks.size())
                .filter(i -> i != at && !looks.get(i).overlaps(look))
                .mapToDouble(i -> logits[i])
                .toArray();
        return new double[] {
            Math.log1p(above(0, others)),
            Math.log1p(above(MUCH, others)),
            Math.max(LITTLE, Arrays.stream(others).max().orElse(LITTLE))
        };
    }

    private static double above(double least, double[] logits) {
        return (double) Arrays.stream(logits).filter(logit -> logit > least).count();
    }
}
