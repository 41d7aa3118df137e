package dev.tandem.answering.prompt;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wording of a prompt: a text file of two parts, each under a line of its own, {@code --- system} and
 * {@code --- user}. In it stand placeholders in double braces; every other text is taken as it is.
 *
 * <ul>
 *   <li><code>{{cannot_answer}}</code> (system, required): what the model writes to decline
 *   <li><code>{{boundary}}</code> (system, required): the word that fences off documents' text
 *   <li><code>{{passages}}</code> (user, required): the numbered passages
 *   <li><code>{{history}}</code> (user): earlier turns of the conversation with a blank line after, or nothing
 *   <li><code>{{question}}</code> (user, required): the question
 * </ul>
 *
 * <p>An unknown, missing or malformed placeholder is a mendable error that names file and line. Immutable.
 */
public final class PromptTemplate {
    /** The wording that ships with Tandem; a changed wording gets a new name, so that answers stay comparable. */
    public static final String DEFAULT = "answer-v1";

    private static final Pattern PARTS = Pattern.compile(
            "\\A\\s*--- system[ \\t]*\\n(.*?)^--- user[ \\t]*\\n(.*)\\z", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}\\n]*)}}");
    private static final Set<String> SYSTEM = Set.of("cannot_answer", "boundary");
    private static final Set<String> USER = Set.of("passages", "history", "question");
    private static final Set<String> OPTIONAL = Set.of("history");

    private final String name;
    private final String system;
    private final String user;

    private PromptTemplate(String name, String system, String user) {
        this.name = name;
        this.system = system;
        this.user = user;
    }

    /** The shipped template {@link #DEFAULT}. */
    public static PromptTemplate shipped() {
        try (var in = Objects.requireNonNull(PromptTemplate.class.getResourceAsStream(DEFAULT + ".md"))) {
            return parse(DEFAULT, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a workspace's own template. */
    public static PromptTemplate read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new MendableException("The prompt template " + file + " is not UTF-8 text: save it as UTF-8.", e);
        } catch (IOException e) {
            throw new MendableException(
                    "The prompt template " + file + " cannot be read: check the path under answer.prompt_file.", e);
        }
    }

    static PromptTemplate parse(String name, String text) {
        var parts = PARTS.matcher(text.replace("\r\n", "\n"));
        if (!parts.matches()) {
            throw new MendableException("The prompt template " + name
                    + " lacks its two parts: begin them with the lines '--- system' and '--- user'.");
        }
        check(name, text, parts.group(1), SYSTEM, "system");
        check(name, text, parts.group(2), USER, "user");
        return new PromptTemplate(name, parts.group(1).strip(), parts.group(2).strip());
    }

    /** Its name, recorded beside what was made with it. */
    public String name() {
        return name;
    }

    String system(String cannotAnswer, String boundary) {
        return fill(system, Map.of("cannot_answer", cannotAnswer, "boundary", boundary));
    }

    String user(String passages, String history, String question) {
        return fill(user, Map.of("passages", passages, "history", history, "question", question));
    }

    /** In one pass, so that a placeholder's name inside a passage stays a passage's text. */
    private static String fill(String part, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(part)
                .replaceAll(found -> Matcher.quoteReplacement(
                        Objects.requireNonNull(values.get(found.group(1).strip()))));
    }

    private static void check(String name, String text, String part, Set<String> known, String title) {
        var missing = new TreeSet<>(known);
        missing.removeAll(OPTIONAL);
        var found = PLACEHOLDER.matcher(part);
        while (found.find()) {
            var placeholder = found.group(1).strip();
            if (!known.contains(placeholder)) {
                int at = text.replace("\r\n", "\n").indexOf(part) + found.start();
                long line = 1
                        + text.replace("\r\n", "\n")
                                .substring(0, at)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                throw new MendableException("The prompt template " + name + " has '" + found.group() + "' in its "
                        + title + " part on line " + line + ": what may stand there is "
                        + String.join(", ", new TreeSet<>(known)) + ", in double braces.");
            }
            missing.remove(placeholder);
        }
        if (!missing.isEmpty()) {
            throw new MendableException("The prompt template " + name + " lacks {{" + missing.first() + "}} in its "
                    + title + " part: add it.");
        }
    }
}
