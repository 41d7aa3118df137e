package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.injection.Candidates.Candidate;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A sentence as the first model sees it: alone.
 *
 * @param text the sentence
 * @param heading whether it is a heading
 * @param passage the place of its passage among the document's
 * @param start where it begins in the passage's text
 * @param end where it ends; as {@code start} of a heading
 * @param vector the sentence's, of unit length
 * @param words {@link Directive}'s numbers
 */
public record Look(String text, boolean heading, int passage, int start, int end, float[] vector, double[] words) {
    /** About as large as the words' numbers become the vector's, so that one pull towards zero suits all weights. */
    private static final double SCALE = 5;

    /** The words' numbers are few and their weights should be pulled less. */
    private static final double WORDS_SCALE = 3;

    /** Where a candidate stands. */
    private record Place(Candidate candidate, int passage, int start, int end) {}

    /** Every sentence of a document that is worth a look, in order. */
    public static List<Look> at(Document document, List<Passage> passages, TextEncoder encoder) {
        var places = new ArrayList<Place>();
        int current = 0;
        for (var candidate : Candidates.of(document.blocks())) {
            int from = current;
            var place = IntStream.range(from, passages.size())
                    .mapToObj(i -> place(candidate, i, passages.get(i)))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (place.isPresent()) {
                places.add(place.get());
                current = place.get().passage();
            }
        }
        return of(places, encoder);
    }

    /** The sentences of a text that readers of the document do not see. */
    static List<Look> atHidden(String text, TextEncoder encoder) {
        return of(
                Candidates.of(text).stream()
                        .map(candidate -> new Place(
                                candidate,
                                0,
                                text.indexOf(candidate.text()),
                                text.indexOf(candidate.text())
                                        + candidate.text().length()))
                        .toList(),
                encoder);
    }

    private static List<Look> of(List<Place> places, TextEncoder encoder) {
        var texts = places.stream().map(place -> place.candidate().text()).toList();
        var encodings = texts.isEmpty() ? List.<Encoding>of() : encoder.encodePassages(texts);
        return IntStream.range(0, places.size())
                .mapToObj(i -> new Look(
                        texts.get(i),
                        places.get(i).candidate().heading(),
                        places.get(i).passage(),
                        places.get(i).start(),
                        places.get(i).end(),
                        encodings.get(i).vector(),
                        Directive.of(texts.get(i))))
                .toList();
    }

    private static Optional<Place> place(Candidate candidate, int index, Passage passage) {
        var text = candidate.text();
        if (candidate.heading()) {
            return passage.headings().contains(text) || passage.title().equals(text)
                    ? Optional.of(new Place(candidate, index, 0, 0))
                    : Optional.empty();
        }
        int at = passage.text().indexOf(text);
        return at < 0 ? Optional.empty() : Optional.of(new Place(candidate, index, at, at + text.length()));
    }

    /** The numbers of the first model: the vector, then what the words say. */
    public double[] values() {
        var values = new double[vector.length + words.length];
        for (int i = 0; i < vector.length; i++) {
            values[i] = vector[i] * SCALE;
        }
        for (int i = 0; i < words.length; i++) {
            values[vector.length + i] = words[i] * WORDS_SCALE;
        }
        return values;
    }

    /** Whether another stands at the same place or within it, or it within the other. */
    boolean overlaps(Look other) {
        return passage == other.passage && start < other.end && other.start < end;
    }
}
