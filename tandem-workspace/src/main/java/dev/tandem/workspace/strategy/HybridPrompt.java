package dev.tandem.workspace.strategy;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.passage.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A user's own prompt for a tuned model that reads what was retrieved.
 *
 * @param template a text with {@code {passages}} (what was retrieved, as it is) or {@code {attributes}} ({@link AskedAttributes} of it), and
 *     {@code {question}} if wanted
 */
public record HybridPrompt(String template) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(question|passages|attributes)\\}");

    /**
     * Reads a template.
     *
     * @throws MendableException if the file cannot be read, or has no place for what was retrieved
     */
    public static HybridPrompt read(Path file) {
        try {
            var template = Files.readString(file).strip();
            if (!template.contains("{passages}") && !template.contains("{attributes}")) {
                throw new MendableException("The prompt " + file + " has neither {passages} nor {attributes}: write one"
                        + " of them where what was retrieved belongs, and {question} where the question does.");
            }
            return new HybridPrompt(template);
        } catch (IOException e) {
            throw new MendableException("Cannot read the prompt " + file + " (" + e + "): check the path.", e);
        }
    }

    /** In one pass, so that a passage that holds a placeholder's name stays a passage. */
    public String fill(String question, List<Passage> passages) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "question" -> question;
                            case "passages" ->
                                passages.stream()
                                        .map(each -> each.text().strip())
                                        .collect(Collectors.joining("\n\n"));
                            default -> AskedAttributes.of(question, passages).text();
                        }))
                .strip();
    }
}
