package dev.tandem.evaluation.metric.task;

import dev.tandem.evaluation.metric.AnswerMetrics;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The answer contains a reference: its words side by side, whole ({@link AnswerMetrics#contained}), so that "30" is not in
 * "308". In scripts without spaces between words, its characters side by side.
 */
public record ContainsCheck() implements TaskCheck {
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    @Override
    public Optional<Boolean> right(String answer, List<String> references) {
        return Optional.of(AnswerMetrics.of(answer, references).contained() > 0
                || references.stream()
                        .filter(ContainsCheck::isWithoutSpaces)
                        .anyMatch(reference -> normalised(answer).contains(normalised(reference))));
    }

    @Override
    public Optional<String> fault(String reference) {
        return AnswerMetrics.of(reference, List.of()).exactMatch() > 0
                ? Optional.of("has no word, and would be in every answer")
                : Optional.empty();
    }

    @Override
    public String signature() {
        return "task:contains|norm:squad";
    }

    private static boolean isWithoutSpaces(String text) {
        return text.codePoints().anyMatch(c -> WITHOUT_SPACES.contains(UnicodeScript.of(c)));
    }

    private static String normalised(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
