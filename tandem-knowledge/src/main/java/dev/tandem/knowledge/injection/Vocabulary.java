package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.passage.Passage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a document that carry its matter, by their first letters, with how often each stands in it. */
record Vocabulary(Map<String, Integer> counts) {
    private static final Pattern WORD = Pattern.compile("[a-z]{4,}");

    /** So that a word's forms mostly count as one. */
    private static final int STEM = 6;

    private static final Set<String> WITHOUT_MATTER = Set.of(
            ("about also answer been being could does done each every following from have into just like made make more most need other over please"
                            + " reply response should some such than that their them then there they this using used very want were what when where which will"
                            + " with would your")
                    .split(" "));

    static Vocabulary of(List<Passage> passages) {
        var counts = new HashMap<String, Integer>();
        for (var passage : passages) {
            stems(passage.text()).forEach(stem -> counts.merge(stem, 1, Integer::sum));
        }
        return new Vocabulary(counts);
    }

    /**
     * What a sentence shares with the rest of its document.
     *
     * @param share of its words, in [0, 1]
     * @param strangers how many of its words stand nowhere else
     */
    record Shared(double share, int strangers) {}

    Shared shared(String sentence) {
        var own = new HashMap<String, Integer>();
        stems(sentence).forEach(stem -> own.merge(stem, 1, Integer::sum));
        var strangers = new HashSet<String>();
        own.forEach((stem, count) -> {
            if (counts.getOrDefault(stem, 0) <= count) {
                strangers.add(stem);
            }
        });
        double share = own.isEmpty() ? 0 : 1 - (double) strangers.size() / own.size();
        return new Shared(share, strangers.size());
    }

    private static List<String> stems(String text) {
        var stems = new ArrayList<String>();
        var words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            if (!WITHOUT_MATTER.contains(words.group())) {
                stems.add(
                        words.group().substring(0, Math.min(STEM, words.group().length())));
            }
        }
        return stems;
    }
}
