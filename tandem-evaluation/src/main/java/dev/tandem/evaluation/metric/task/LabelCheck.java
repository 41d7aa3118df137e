package dev.tandem.evaluation.metric.task;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Classification: the answer is the label, but for case, Unicode form (NFKC), spaces, and quotes, brackets, emphasis and
 * full stops around it. Whole labels only: "not positive" is not "positive".
 */
public record LabelCheck() implements TaskCheck {
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String AROUND = " \"'`“”‘’„«»()[]{}.,;:!?*_。！？";

    @Override
    public Optional<Boolean> right(String answer, List<String> references) {
        String label = normalised(answer);
        return Optional.of(references.stream().map(LabelCheck::normalised).anyMatch(label::equals));
    }

    @Override
    public Optional<String> fault(String reference) {
        return reference.isBlank() ? Optional.of("is empty, which is no label") : Optional.empty();
    }

    @Override
    public String signature() {
        return "task:label|norm:nfkc,lower,space,trim";
    }

    private static String normalised(String text) {
        String even = SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT);
        int begin = 0;
        int end = even.length();
        while (begin < end && AROUND.indexOf(even.charAt(begin)) >= 0) {
            begin++;
        }
        while (end > begin && AROUND.indexOf(even.charAt(end - 1)) >= 0) {
            end--;
        }
        return begin == end ? even : even.substring(begin, end);
    }
}
