package dev.tandem.workspace.strategy;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A user's own prompt for a tuned model that reads passages.
 *
 * @param template a text with {@code {question}} and {@code {passages}}; one of them may be left out
 */
record HybridPrompt(String template) {
    private static final String QUESTION = "{question}";
    private static final String PASSAGES = "{passages}";

    /** Reads a template. */
    static HybridPrompt read(Path file) {
        try {
            var template = Files.readString(file).strip();
            if (!template.contains(PASSAGES)) {
                throw new MendableException("The prompt " + file + " has no {passages}: write it where what was"
                        + " retrieved belongs, and {question} where the question does.");
            }
            return new HybridPrompt(template);
        } catch (IOException e) {
            throw new MendableException("Cannot read the prompt " + file + " (" + e + "): check the path.", e);
        }
    }

    /** In one pass, so that a passage that holds a placeholder's name stays a passage. */
    String fill(String question, String passages) {
        var filled = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith(QUESTION, at)) {
                filled.append(question);
                at += QUESTION.length();
            } else if (template.startsWith(PASSAGES, at)) {
                filled.append(passages);
                at += PASSAGES.length();
            } else {
                filled.append(template.charAt(at++));
            }
        }
        return filled.toString();
    }
}
