package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.passage.Stems;
import dev.tandem.models.embedding.TokenVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a question asks about: its tokens, how much each one tells, and its content words. Tokens without a letter or digit
 * are left out, so that a missing question mark changes nothing.
 */
public final class QuestionTerms {
    private final List<float[]> vectors = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final Map<String, Double> stems = new LinkedHashMap<>();

    private QuestionTerms() {}

    /**
     * Looks at a question.
     *
     * @param inverseFrequency how telling a stem is
     */
    public static QuestionTerms of(String question, TokenVectors tokens, ToDoubleFunction<String> inverseFrequency) {
        var terms = new QuestionTerms();
        var words = Stems.of(question);
        words.forEach(word -> terms.stems.computeIfAbsent(word.stem(), inverseFrequency::applyAsDouble));
        int next = 0;
        for (int token = 0; token < tokens.size(); token++) {
            int start = tokens.starts()[token];
            int end = tokens.ends()[token];
            if (question.substring(start, end).codePoints().noneMatch(Character::isLetterOrDigit)) {
                continue;
            }
            while (next < words.size() && words.get(next).end() <= start) {
                next++;
            }
            boolean content = next < words.size() && words.get(next).start() < end;
            terms.vectors.add(tokens.vectors()[token]);
            terms.weights.add(content ? terms.stems.getOrDefault(words.get(next).stem(), 0.0) : 0.0);
        }
        if (terms.weights.stream().allMatch(weight -> weight == 0)) {
            terms.weights.replaceAll(weight -> 1.0);
        }
        return terms;
    }

    /** Whether there is no token to go by. */
    public boolean isEmpty() {
        return vectors.isEmpty();
    }

    /** The distinct content words' stems with how telling each is, in the order of the question. */
    public Map<String, Double> stems() {
        return stems;
    }

    /** All tokens' vectors. */
    public float[][] vectors() {
        return vectors.toArray(float[][]::new);
    }

    /** How telling each token's word is, 0 for words without a topic; all 1 where no word has one. */
    public float[] weights() {
        var array = new float[weights.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = weights.get(i).floatValue();
        }
        return array;
    }

    /** The vectors of those tokens that tell anything. */
    public float[][] topicVectors() {
        var topic = new ArrayList<float[]>();
        for (int i = 0; i < vectors.size(); i++) {
            if (weights.get(i) > 0) {
                topic.add(vectors.get(i));
            }
        }
        return topic.toArray(float[][]::new);
    }

    /** The weights of those tokens that tell anything. */
    public float[] topicWeights() {
        var topic = weights.stream().filter(weight -> weight > 0).toList();
        var array = new float[topic.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = topic.get(i).floatValue();
        }
        return array;
    }
}
