package dev.tandem.cli.report;

import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.answer.Trace;
import dev.tandem.answering.citation.Citation;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.knowledge.injection.Flags;
import dev.tandem.knowledge.retrieval.Hop;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** An answer with what it rests on. */
public final class AnswerText {
    private AnswerText() {}

    /** For people: the answer, then each citation's document, location and quote. */
    public static String of(Answer answer, Terminal terminal) {
        var wrapped = Wrapping.wrapLines(Terminal.printable(answer.text()), "", terminal.width());
        if (answer.abstained()) {
            return terminal.warning(wrapped) + trace(answer.trace(), terminal);
        }
        var text = new StringBuilder(wrapped.replaceAll(
                "\\[\\d+]",
                terminal.colours()
                        ? Matcher.quoteReplacement(terminal.accent("#")).replace("#", "$0")
                        : "$0"));
        for (var unsupported : answer.unsupported()) {
            text.append(System.lineSeparator().repeat(2))
                    .append(terminal.warning(Wrapping.wrap(
                            "No cited passage supports: " + Terminal.printable(unsupported), "", terminal.width())));
        }
        for (var citation : answer.citations()) {
            text.append(System.lineSeparator().repeat(2)).append(cited(citation, flags(citation, answer), terminal));
        }
        return text.append(trace(answer.trace(), terminal)).toString();
    }

    /** Further looks with their reasons, and remarks; nothing where there was one look. */
    private static String trace(Trace trace, Terminal terminal) {
        var lines = new ArrayList<String>();
        for (var hop : trace.hops()) {
            lines.add("Looked again for \"" + hop.query() + "\": " + hop.reason());
        }
        lines.addAll(trace.remarks());
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(text.isEmpty() ? System.lineSeparator().repeat(2) : System.lineSeparator())
                    .append(terminal.dim(Wrapping.wrap(Terminal.printable(line), "", terminal.width())));
        }
        return text.toString();
    }

    /** For programs: a batch's line, without the id where there is none. */
    public static Map<String, Object> json(String question, Answer answer) {
        return Json.object(
                "question", question,
                "answer", answer.text(),
                "abstained", answer.abstained(),
                "citations",
                        answer.citations().stream()
                                .map(citation -> json(citation, flags(citation, answer)))
                                .toList(),
                "unsupported", answer.unsupported(),
                "retrieved", answer.retrieved().stream().map(AnswerText::json).toList(),
                "route", answer.trace().route().key(),
                "hops", answer.trace().hops().stream().map(AnswerText::json).toList(),
                "remarks", answer.trace().remarks(),
                "timings", Json.timings(answer.timings()));
    }

    static Map<String, Object> json(Hop hop) {
        return Json.object("query", hop.query(), "reason", hop.reason(), "found", hop.found());
    }

    private static String cited(Citation citation, List<String> flags, Terminal terminal) {
        var number = "[" + citation.number() + "]";
        return terminal.accent(number) + " " + terminal.bold(Terminal.printable(citation.document()))
                + terminal.dim("  " + Terminal.printable(citation.location())) + System.lineSeparator()
                + Wrapping.wrapLines(
                        "“" + Terminal.printable(citation.quote()).strip() + "”",
                        " ".repeat(number.length() + 1),
                        terminal.width())
                + flagged(flags, number, terminal);
    }

    private static String flagged(List<String> flags, String number, Terminal terminal) {
        return flags.isEmpty()
                ? ""
                : System.lineSeparator()
                        + terminal.warning(Wrapping.wrap(
                                "Flagged: this passage seems to instruct a language model (“"
                                        + Terminal.printable(flags.getFirst()) + "”); trust it with care.",
                                " ".repeat(number.length() + 1),
                                terminal.width()));
    }

    /** What of the cited passage seems to be meant for a model. */
    private static List<String> flags(Citation citation, Answer answer) {
        return answer.retrieved().stream()
                .filter(found -> found.passage().id().equals(citation.passage()))
                .findFirst()
                .map(found -> Flags.injections(found.metadata()))
                .orElse(List.of());
    }

    private static Map<String, Object> json(Citation citation, List<String> flags) {
        return Json.object(
                "number", citation.number(),
                "document", citation.document(),
                "location", citation.location(),
                "quote", citation.quote(),
                "passage", citation.passage(),
                "flagged", flags);
    }

    private static Map<String, Object> json(RetrievedPassage found) {
        return Json.object(
                "document", found.passage().document(),
                "passage", found.passage().id(),
                "score", Json.rounded(found.score()));
    }
}
