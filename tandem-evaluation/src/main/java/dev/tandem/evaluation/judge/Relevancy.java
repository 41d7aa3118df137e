package dev.tandem.evaluation.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.util.VectorUtil;

/**
 * How an answer and a context bear on a question: similarity of the vectors and content words in common. Rules with round
 * numbers, not fitted: what they are worth is in docs/evaluation.md.
 */
final class Relevancy {
    /** Cosines of the shipped encoder for texts that have nothing to do with each other, and for those that say the same. */
    private static final double UNRELATED = 0.45;

    private static final double SAME = 0.9;

    /** How much shared words count beside the vectors. */
    private static final double WORDS = 0.3;

    /** An answer that declines is at most this relevant. */
    private static final double DECLINED = 0.1;

    /** A context's sentence bears on the question from here on. */
    private static final double BEARS = 0.5;

    private static final Pattern DECLINES = Pattern.compile(
            "\\b(?:i (?:do not|don['’]?t|cannot|can['’]?t|am unable|could not|couldn['’]?t) (?:know|answer|find|say|tell"
                    + "|help|determine)|i['’]?m (?:not sure|sorry|unable)|(?:do|does) not (?:contain|answer|mention"
                    + "|say|provide|include|state)|(?:doesn|don)['’]?t (?:contain|answer|mention|say|provide|include|state)"
                    + "|no (?:information|answer|mention)|not (?:enough information|mentioned|stated|specified|provided)"
                    + "|cannot be (?:answered|determined))\\b");

    private Relevancy() {}

    /** How much an answer is one to the question, in [0, 1]. */
    static double ofAnswer(EncodedText question, EncodedText answer) {
        if (answer.sentences().isEmpty()) {
            return 0;
        }
        double similarity = answer.sentences().stream()
                .mapToDouble(sentence -> similarity(question, sentence))
                .max()
                .orElse(0);
        double score = (1 - WORDS) * scaled(similarity) + WORDS * cover(question, answer.sentences());
        // Only an answer that begins so declines; one that answers may say at its end what it does not know.
        boolean declines = DECLINES.matcher(answer.sentences().getFirst().text().toLowerCase(Locale.ROOT))
                .find();
        return declines ? Math.min(DECLINED, score) : score;
    }

    /** The share of a context's sentences that bear on the question. */
    static double ofContext(EncodedText question, Context context) {
        return context.sentences().stream()
                        .filter(sentence -> bears(question, sentence))
                        .count()
                / (double) context.sentences().size();
    }

    private static boolean bears(EncodedText question, EncodedText.Sentence sentence) {
        return (1 - WORDS) * scaled(similarity(question, sentence)) + WORDS * cover(question, List.of(sentence))
                >= BEARS;
    }

    private static double scaled(double cosine) {
        return Math.clamp((cosine - UNRELATED) / (SAME - UNRELATED), 0, 1);
    }

    /** The share of the question's content words that are in some sentences; 0 where it has none. */
    private static double cover(EncodedText question, List<EncodedText.Sentence> sentences) {
        var asked = new HashSet<String>();
        question.sentences().forEach(sentence -> addContent(sentence, asked));
        var said = new HashSet<String>();
        sentences.forEach(sentence -> addContent(sentence, said));
        return asked.isEmpty() ? 0 : asked.stream().filter(said::contains).count() / (double) asked.size();
    }

    private static void addContent(EncodedText.Sentence sentence, Set<String> forms) {
        sentence.words().stream().filter(Word::content).forEach(word -> forms.add(word.form()));
    }

    /** The cosine with that sentence of the question which is most similar; the vectors are of unit length. */
    private static double similarity(EncodedText question, EncodedText.Sentence sentence) {
        return question.sentences().stream()
                .mapToDouble(asked -> VectorUtil.dotProduct(asked.vector(), sentence.vector()))
                .max()
                .orElse(0);
    }
}
