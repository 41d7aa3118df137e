package dev.tandem.models.prompt;

import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.TemplateValues.Function;
import dev.tandem.models.prompt.TemplateValues.Namespace;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A model's chat template: messages to the text that the model was trained on. Templates are Jinja; this is the part of it
 * that they use, with the settings of Hugging Face's transformers, held by goldens from the real library. Immutable, safe
 * for use by many threads.
 */
public final class ChatTemplate {
    private final List<Statement> statements;
    private final boolean knowsTools;
    private final Clock clock;

    private ChatTemplate(List<Statement> statements, boolean knowsTools, Clock clock) {
        this.statements = statements;
        this.knowsTools = knowsTools;
        this.clock = clock;
    }

    /**
     * Reads a template.
     *
     * @throws MendableException with the line where it is no Jinja, or uses what is unknown here
     */
    public static ChatTemplate parse(String template) {
        return parse(template, Clock.system(ZoneId.systemDefault()));
    }

    /** The same with a clock of the caller's: some templates name today's date. */
    public static ChatTemplate parse(String template, Clock clock) {
        return new ChatTemplate(TemplateParser.parse(template), template.contains("tools"), clock);
    }

    /** Whether it has a place for the functions that a model may call. */
    public boolean knowsTools() {
        return knowsTools;
    }

    /**
     * The text of a conversation.
     *
     * @param messages each a map of {@code role}, {@code content} and whatever else the template knows
     * @param tools descriptions of functions that the model may call, in OpenAI's form; none for no tools
     * @param answerBegins whether the text ends where the assistant's next answer begins
     * @param more other names that the template knows: {@code bos_token}, {@code eos_token}, {@code enable_thinking} ...
     * @throws MendableException what the template itself refuses, as a conversation that two users begin
     */
    public String render(
            List<? extends Map<String, ?>> messages,
            List<? extends Map<String, ?>> tools,
            boolean answerBegins,
            Map<String, ?> more) {
        var names = new LinkedHashMap<String, Object>();
        names.put("raise_exception", (Function) (arguments, named) -> {
            throw new MendableException(
                    "The chat template refuses this conversation: " + TemplateValues.text(arguments.getFirst()));
        });
        names.put("strftime_now", (Function) (arguments, named) -> now(TemplateValues.text(arguments.getFirst())));
        names.put("namespace", (Function) (arguments, named) -> {
            var namespace = new Namespace();
            namespace.fields.putAll(named);
            return namespace;
        });
        names.put("dict", (Function) (arguments, named) -> new LinkedHashMap<>(named));
        names.put("range", (Function) (arguments, named) -> range(arguments));
        names.put("messages", messages);
        // As transformers does, which names what is not there: templates ask "is none", not "is defined".
        names.put("tools", tools.isEmpty() ? TemplateValues.Nothing.NONE : tools);
        names.put("documents", TemplateValues.Nothing.NONE);
        names.put("add_generation_prompt", answerBegins);
        names.putAll(more);
        return new TemplateRun(names).render(statements);
    }

    private static List<Object> range(List<Object> arguments) {
        long from = arguments.size() > 1 ? (Long) arguments.getFirst() : 0;
        long to = (Long) arguments.get(arguments.size() > 1 ? 1 : 0);
        long step = arguments.size() > 2 ? (Long) arguments.get(2) : 1;
        var numbers = new ArrayList<Object>();
        for (long i = from; step > 0 ? i < to : step < 0 && i > to; i += step) {
            numbers.add(i);
            if (numbers.size() > 1_000_000) {
                throw new MendableException("The chat template counts without end: use another model's files.");
            }
        }
        return numbers;
    }

    private String now(String format) {
        var now = LocalDateTime.now(clock);
        return Pattern.compile("%(.)").matcher(format).replaceAll(match -> {
            var pattern = switch (match.group(1)) {
                case "d" -> "dd";
                case "m" -> "MM";
                case "Y" -> "uuuu";
                case "y" -> "uu";
                case "b" -> "MMM";
                case "B" -> "MMMM";
                case "a" -> "EEE";
                case "A" -> "EEEE";
                case "H" -> "HH";
                case "M" -> "mm";
                case "S" -> "ss";
                default ->
                    throw new MendableException(
                            "The chat template asks for the time as %" + match.group(1) + ", which is unknown here.");
            };
            return now.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
        });
    }
}
