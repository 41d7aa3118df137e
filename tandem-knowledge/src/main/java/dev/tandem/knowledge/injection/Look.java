package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.injection.Candidates.Candidate;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence as the regressions see it.
 *
 * @param text the sentence
 * @param passage the place of its passage among the document's
 * @param start where it begins in the passage's text
 * @param end where it ends; as {@code start} of a heading
 * @param rest what stands before and behind it in the passage
 * @param headings what stands above it
 * @param company how many other sentences of its passage ask or direct as it does: lists of questions and of steps are made
 *     of such, and what is planted mostly stands alone
 * @param vector the sentence's, of unit length
 * @param values the numbers of the first regression: the vector, then {@link Directive}'s
 */
public record Look(
        String text,
        int passage,
        int start,
        int end,
        String rest,
        String headings,
        int company,
        float[] vector,
        double[] values) {
    /** About as large as the words' numbers become the vector's, so that one pull towards zero suits all weights. */
    private static final double SCALE = 5;

    /** The words' numbers are few and their weights should be pulled less. */
    private static final double WORDS_SCALE = 3;

    /** Likenesses lie close together. */
    private static final double LIKENESS_SCALE = 10;

    /** How much before and behind a sentence it is held against, in chars: two or three sentences each. */
    private static final int AROUND = 400;

    /** Where a candidate stands. */
    private record Place(Candidate candidate, int passage, int start, int end) {}

    /** Every sentence of a document that is worth a look, in order. */
    public static List<Look> at(Document document, List<Passage> passages, TextEncoder encoder) {
        var places = new ArrayList<Place>();
        int current = 0;
        for (var candidate : Candidates.of(document.blocks())) {
            for (int i = current; i < passages.size(); i++) {
                var place = place(candidate, i, passages.get(i));
                if (place != null) {
                    places.add(place);
                    current = i;
                    break;
                }
            }
        }
        var texts = places.stream().map(place -> place.candidate().text()).toList();
        var encodings =
                texts.isEmpty() ? List.<dev.tandem.models.embedding.Encoding>of() : encoder.encodePassages(texts);
        var looks = new ArrayList<Look>(places.size());
        for (int i = 0; i < places.size(); i++) {
            var place = places.get(i);
            var passage = passages.get(place.passage());
            var rest = passage.text().substring(Math.max(0, place.start() - AROUND), place.start()) + " "
                    + passage.text()
                            .substring(place.end(), Math.min(passage.text().length(), place.end() + AROUND));
            looks.add(of(
                    place,
                    rest.strip(),
                    above(passage, place),
                    company(place, places),
                    encodings.get(i).vector()));
        }
        return looks;
    }

    /** The sentences of a text that readers of the document do not see. */
    static List<Look> atHidden(String text, String title, TextEncoder encoder) {
        return Candidates.of(text).stream()
                .map(candidate -> of(
                        new Place(candidate, 0, 0, 0),
                        "",
                        title,
                        0,
                        encoder.encodePassages(List.of(candidate.text()))
                                .getFirst()
                                .vector()))
                .toList();
    }

    private static Look of(Place place, String rest, String headings, int company, float[] vector) {
        var text = place.candidate().text();
        return new Look(
                text,
                place.passage(),
                place.start(),
                place.end(),
                rest,
                headings,
                company,
                vector,
                values(vector, text));
    }

    private static int company(Place place, List<Place> places) {
        var mood = Directive.mood(place.candidate().text());
        long alike = places.stream()
                .filter(other -> other.passage() == place.passage()
                        && Directive.mood(other.candidate().text()) == mood)
                .count();
        return (int) alike - 1; // without itself
    }

    private static @org.jspecify.annotations.Nullable Place place(Candidate candidate, int index, Passage passage) {
        if (candidate.heading()) {
            return passage.headings().contains(candidate.text())
                            || passage.title().equals(candidate.text())
                    ? new Place(candidate, index, 0, 0)
                    : null;
        }
        int at = passage.text().indexOf(candidate.text());
        return at < 0
                ? null
                : new Place(candidate, index, at, at + candidate.text().length());
    }

    private static String above(Passage passage, Place place) {
        var lines = new ArrayList<String>();
        lines.add(passage.title());
        lines.addAll(passage.headings());
        if (place.candidate().heading()) {
            lines.remove(place.candidate().text());
        }
        return String.join(" ", lines).strip();
    }

    private static double[] values(float[] vector, String sentence) {
        var words = Directive.of(sentence);
        var values = new double[vector.length + words.length];
        for (int i = 0; i < vector.length; i++) {
            values[i] = vector[i] * SCALE;
        }
        for (int i = 0; i < words.length; i++) {
            values[vector.length + i] = words[i] * WORDS_SCALE;
        }
        return values;
    }

    /**
     * The numbers of the second regression.
     *
     * @param logit of the first
     */
    public double[] inPlace(double logit, TextEncoder encoder) {
        var above = headings.isEmpty() ? "text" : headings;
        var around = encoder.encodePassages(List.of(rest.isEmpty() ? above : rest, above));
        return new double[] {
            logit, likeness(around.get(0).vector()), likeness(around.get(1).vector()), Math.log1p(company)
        };
    }

    private double likeness(float[] other) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * other[i];
        }
        return sum * LIKENESS_SCALE;
    }
}
