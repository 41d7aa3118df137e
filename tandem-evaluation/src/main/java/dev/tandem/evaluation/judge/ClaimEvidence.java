package dev.tandem.evaluation.judge;

import dev.tandem.answering.citation.HardFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/** Gathers the evidence for and against one claim. For one thread. */
final class ClaimEvidence {
    /** More of the same says little more, and must not drown the rest. */
    private static final int MOST_COUNTED = 2;

    /** Share of a claim's content words that a sentence must have to be what the claim is taken from. */
    private static final double SAME_MATTER = 0.5;

    private static final Set<String> NEGATIONS =
            Set.of("not no never none nobody nothing neither nor without cannot hardly unable".split(" "));

    private static final Set<String> PERSONAL = Set.of("i me my mine myself we our us you your".split(" "));

    private final EncodedText.Sentence claim;
    private final Context context;
    private final List<String> forms;
    /** Places of the content words; of all words where none is one. */
    private final int[] content;

    private final WordSupport support;

    private ClaimEvidence(EncodedText.Sentence claim, Context context) {
        this.claim = claim;
        this.context = context;
        this.forms = claim.words().stream().map(Word::form).toList();
        this.support = WordSupport.of(claim, context);
        var places = IntStream.range(0, forms.size())
                .filter(i -> claim.words().get(i).content())
                .toArray();
        this.content =
                places.length > 0 ? places : IntStream.range(0, forms.size()).toArray();
    }

    /**
     * All evidence, in the order of {@link Evidence}; finite.
     *
     * @param claim a sentence with at least one word
     * @param context with at least one sentence
     */
    static double[] of(EncodedText.Sentence claim, Context context) {
        return new ClaimEvidence(claim, context).gather();
    }

    private double[] gather() {
        int last = context.sentences().size() - 1;
        int first = best(last, 1);
        int end = Math.min(last, first + 1);
        var near = formsOf(first, end);
        double nearSimilarity = similarity(first, end);
        var values = new double[Evidence.values().length];
        for (var evidence : Evidence.values()) {
            values[evidence.place()] = switch (evidence) {
                case WORD_COVER -> share(forms, context.forms());
                case NEAR_COVER -> nearCover(near);
                case NEAR_SIMILARITY -> nearSimilarity;
                case SENTENCE_SIMILARITY -> sentenceSimilarity();
                case COPIED_RUNS -> CopiedRuns.density(forms, context.words());
                case NEW_PAIRS -> Math.sqrt(newPairs());
                case SCATTER -> similarity(0, last) - nearSimilarity;
                case SWAPPED -> counted(swapped(near));
                case NEW_NUMBERS -> counted(missing(HardFacts.numbers(claim.text()), context.numbers()));
                case NEW_NAMES -> counted(missing(HardFacts.names(claim.text()), context.forms()));
                case NEW_NEGATION -> denies(forms) && !denies(context.words()) ? 1 : 0;
                case OTHER_NEGATION -> otherNegation(last) ? 1 : 0;
                case PERSONAL -> personal() ? 1 : 0;
                case QUESTION -> claim.text().endsWith("?") ? 1 : 0;
            };
        }
        return values;
    }

    private static double share(List<String> words, Set<String> there) {
        return words.stream().filter(there::contains).count() / (double) words.size();
    }

    private double nearCover(List<String> near) {
        return share(IntStream.of(content).mapToObj(forms::get).toList(), new HashSet<>(near));
    }

    private static int counted(int number) {
        return Math.min(MOST_COUNTED, number);
    }

    private static int missing(Set<String> claimed, Set<String> there) {
        return (int) claimed.stream().filter(each -> !there.contains(each)).count();
    }

    /** Where the window begins whose sentences, so many more than one, are most similar to the content words. */
    private int best(int last, int more) {
        return earliestBest(last, first -> similarity(first, Math.min(last, first + more)));
    }

    private static int earliestBest(int last, ToDoubleFunction<Integer> score) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= last; i++) {
            double own = score.applyAsDouble(i);
            if (own > highest) {
                highest = own;
                best = i;
            }
        }
        return best;
    }

    private double similarity(int first, int last) {
        return IntStream.of(content)
                .mapToDouble(word -> support.within(word, first, last))
                .average()
                .orElse(0);
    }

    private double sentenceSimilarity() {
        return context.sentences().stream()
                .mapToDouble(sentence -> VectorUtil.dotProduct(claim.vector(), sentence.vector()))
                .max()
                .orElse(0);
    }

    private List<String> formsOf(int first, int last) {
        return context.sentences().subList(first, last + 1).stream()
                .flatMap(sentence -> sentence.words().stream())
                .map(Word::form)
                .toList();
    }

    private int newPairs() {
        int missing = 0;
        for (int i = 0; i + 1 < forms.size(); i++) {
            missing += context.pairs().contains(forms.get(i) + " " + forms.get(i + 1)) ? 0 : 1;
        }
        return missing;
    }

    /** Content words that follow each other here, where near the second only comes before the first. */
    private int swapped(List<String> near) {
        int swapped = 0;
        for (int i = 0; i + 1 < content.length; i++) {
            var one = forms.get(content[i]);
            var next = forms.get(content[i + 1]);
            int behind = near.lastIndexOf(next);
            swapped += behind >= 0 && near.indexOf(one) > behind ? 1 : 0;
        }
        return swapped;
    }

    private boolean otherNegation(int last) {
        int same = best(last, 0);
        var said = formsOf(same, same);
        return nearCover(said) >= SAME_MATTER && denies(said) != denies(forms);
    }

    /** Whether a word denies; "didn't" comes as "didn" and "t", however its apostrophe is written. */
    private static boolean denies(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            boolean shortened =
                    words.get(i).equals("t") && i > 0 && words.get(i - 1).endsWith("n");
            if (shortened || NEGATIONS.contains(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean personal() {
        return claim.words().stream()
                .map(word -> claim.text().substring(word.start(), word.end()).toLowerCase(Locale.ROOT))
                .anyMatch(word -> PERSONAL.contains(word) && !context.forms().contains(word));
    }
}
