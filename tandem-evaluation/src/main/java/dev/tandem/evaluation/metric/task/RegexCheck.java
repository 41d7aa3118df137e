package dev.tandem.evaluation.metric.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The references are regular expressions ({@link Pattern}'s), and one of them is found in the answer: {@code ^(?i:yes)\b}.
 * {@code ^} and {@code $} are the ends of the whole answer. A search that takes too long tells nothing.
 */
public final class RegexCheck implements TaskCheck {
    private final Map<String, Pattern> compiled = new ConcurrentHashMap<>();

    @Override
    public Optional<Boolean> right(String answer, List<String> references) {
        boolean unknown = false;
        for (String reference : references) {
            var found = BoundedSearch.find(compiled.computeIfAbsent(reference, Pattern::compile), answer);
            if (found.isPresent() && found.get()) {
                return found;
            }
            unknown |= found.isEmpty();
        }
        return unknown ? Optional.empty() : Optional.of(false);
    }

    @Override
    public Optional<String> fault(String reference) {
        try {
            compiled.computeIfAbsent(reference, Pattern::compile);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is no regular expression (" + e.getDescription() + " near " + e.getIndex() + ")");
        }
    }

    @Override
    public String signature() {
        return "task:regex|match:find";
    }
}
