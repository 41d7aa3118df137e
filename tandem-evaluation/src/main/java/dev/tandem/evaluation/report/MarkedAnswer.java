package dev.tandem.evaluation.report;

import dev.tandem.foundation.page.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** An answer's text with its unsupported sentences marked; those that are not in it to the letter stand below. */
final class MarkedAnswer {
    /** A model that never stops must not fill the page. */
    private static final int MOST = 6_000;

    private MarkedAnswer() {}

    private record Place(int from, int to) {}

    static String html(String text, List<String> unsupported) {
        var shown = text.length() <= MOST ? text : text.substring(0, MOST) + "…";
        var places = new ArrayList<Place>();
        var elsewhere = new ArrayList<String>();
        for (var sentence : unsupported) {
            int from = sentence.isBlank() ? -1 : free(shown, sentence, places);
            if (from >= 0) {
                places.add(new Place(from, from + sentence.length()));
            } else if (!sentence.isBlank()) {
                elsewhere.add(sentence);
            }
        }
        return "<p class=\"text\" dir=\"auto\">" + marked(shown, places) + "</p>"
                + elsewhere.stream()
                        .map(sentence -> "<p class=\"text\" dir=\"auto\">" + mark(sentence) + "</p>")
                        .collect(Collectors.joining());
    }

    /** Where a sentence stands outside of those found before; -1 if nowhere. */
    private static int free(String text, String sentence, List<Place> taken) {
        int from = text.indexOf(sentence);
        while (from >= 0) {
            int start = from;
            if (taken.stream().noneMatch(place -> start < place.to() && place.from() < start + sentence.length())) {
                return from;
            }
            from = text.indexOf(sentence, from + 1);
        }
        return -1;
    }

    private static String marked(String text, List<Place> places) {
        var html = new StringBuilder();
        int end = 0;
        for (var place :
                places.stream().sorted(Comparator.comparingInt(Place::from)).toList()) {
            html.append(Page.escaped(text.substring(end, place.from())))
                    .append(mark(text.substring(place.from(), place.to())));
            end = place.to();
        }
        return html.append(Page.escaped(text.substring(end))).toString();
    }

    /** Said, too, for who cannot see it. */
    private static String mark(String sentence) {
        return "<mark title=\"no support found\">" + Page.escaped(sentence)
                + "<span class=\"unseen\"> (no support found)</span></mark>";
    }
}
