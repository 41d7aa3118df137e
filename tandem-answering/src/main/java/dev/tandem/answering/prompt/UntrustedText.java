package dev.tandem.answering.prompt;

import java.util.regex.Pattern;

/**
 * Takes from text that others wrote what a model could mistake for the prompt's own: citation marks, the mark that
 * declines, and the control words of chat templates, which many servers obey wherever they stand. People still read it
 * the same.
 */
public final class UntrustedText {
    private static final Pattern CITATION_MARK = Pattern.compile("\\[(\\d[\\d,;\\s–-]{0,40})]");
    private static final Pattern TEMPLATE_PIPES = Pattern.compile("<([|｜])|([|｜])>");
    private static final Pattern TEMPLATE_TAG = Pattern.compile(
            "<(/?(?:s|bos|eos|think|start_of_turn|end_of_turn|tool_call|tool_response|system|user|assistant))>",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INSTRUCTION_TAG = Pattern.compile("\\[(/?INST|/?SYSTEM_PROMPT)]|<<(/?SYS)>>");
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u200B\\u202A-\\u202E\\u2066-\\u2069]");

    private UntrustedText() {}

    /** The text without them. */
    public static String neutral(String text) {
        var plain = CONTROL.matcher(text.replace("\r\n", "\n")).replaceAll("");
        plain = CITATION_MARK.matcher(plain).replaceAll("($1)");
        plain = TEMPLATE_PIPES.matcher(plain).replaceAll("$1$2");
        plain = TEMPLATE_TAG.matcher(plain).replaceAll("($1)");
        plain = INSTRUCTION_TAG.matcher(plain).replaceAll("($1$2)");
        return plain.replace(PromptBuilder.CANNOT_ANSWER, PromptBuilder.CANNOT_ANSWER.replace('_', ' '));
    }

    /** Of one line, and no longer than so many chars. */
    public static String line(String text, int longest) {
        var line = neutral(text).strip().replaceAll("\\s+", " ");
        if (line.length() <= longest) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 1)) ? longest - 1 : longest;
        return line.substring(0, end) + "…";
    }
}
