package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.tuning.training.Sample;
import java.util.Map;

/** A held-out example with the base's answer and the tuned model's. */
final class SampleText {
    private static final int LONGEST = 400;
    private static final String INDENT = " ".repeat(10);

    private SampleText() {}

    /** A small block: prompt, base, tuned once it has answered, expected. */
    static String of(Sample sample, Terminal terminal) {
        return terminal.dim(line("prompt", sample.prompt(), terminal)) + "\n"
                + line("base", sample.base(), terminal) + "\n"
                + sample.tuned()
                        .map(answer -> terminal.bold(line("tuned", answer, terminal)) + "\n")
                        .orElse("")
                + line("expected", sample.expected(), terminal);
    }

    private static String line(String name, String text, Terminal terminal) {
        var shown = text.isBlank() ? "(nothing)" : Wrapping.shortened(Terminal.printable(text), LONGEST);
        var wrapped = Wrapping.wrap(shown, INDENT, terminal.width());
        return name + wrapped.substring(name.length());
    }

    /** For programs. */
    static Map<String, Object> json(Sample sample) {
        return Json.object(
                "prompt", sample.prompt(),
                "expected", sample.expected(),
                "base", sample.base(),
                "tuned", sample.tuned());
    }
}
