package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.injection.Flags;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What a search found. */
public final class SearchText {
    private static final int SNIPPET = 280;

    private SearchText() {}

    /** For people: rank, score, document, location, and how the passage begins. */
    public static String of(Retrieval retrieval, Terminal terminal) {
        if (retrieval.passages().isEmpty()) {
            return "Nothing found.";
        }
        var text = new StringBuilder();
        for (int i = 0; i < retrieval.passages().size(); i++) {
            var found = retrieval.passages().get(i);
            text.append(i == 0 ? "" : System.lineSeparator().repeat(2));
            text.append(String.format(
                    Locale.ROOT,
                    "%3d  %s  %s  %s%n",
                    i + 1,
                    terminal.dim(String.format(Locale.ROOT, "%6.3f", found.score())),
                    terminal.accent(Terminal.printable(found.passage().document())),
                    Terminal.printable(found.passage().location())));
            text.append(Wrapping.wrap(
                    Wrapping.shortened(Terminal.printable(found.passage().text()), SNIPPET),
                    "     ",
                    terminal.width()));
            for (var flagged : Flags.injections(found.metadata())) {
                text.append(System.lineSeparator())
                        .append(terminal.warning(Wrapping.wrap(
                                "Flagged, seems to instruct a language model: “" + Terminal.printable(flagged) + "”",
                                "     ",
                                terminal.width())));
            }
        }
        retrieval
                .hops()
                .forEach(hop -> text.append(System.lineSeparator().repeat(2))
                        .append(terminal.dim(Wrapping.wrap(
                                Terminal.printable("Looked again for \"" + hop.query() + "\": " + hop.reason()),
                                "",
                                terminal.width()))));
        retrieval
                .remarks()
                .forEach(remark -> text.append(System.lineSeparator().repeat(2))
                        .append(terminal.dim(Wrapping.wrap(Terminal.printable(remark), "", terminal.width()))));
        return text.toString();
    }

    /** For programs. */
    public static Map<String, Object> json(Retrieval retrieval) {
        return Json.object(
                "question", retrieval.question(),
                "results",
                        IntStream.range(0, retrieval.passages().size())
                                .mapToObj(
                                        i -> result(i + 1, retrieval.passages().get(i)))
                                .toList(),
                "hops", retrieval.hops().stream().map(AnswerText::json).toList(),
                "remarks", retrieval.remarks(),
                "timings", Json.timings(retrieval.timings()));
    }

    private static Map<String, Object> result(int rank, RetrievedPassage found) {
        var passage = found.passage();
        return Json.object(
                "rank", rank,
                "score", Json.rounded(found.score()),
                "cosine", Json.rounded(found.cosine()),
                "document", passage.document(),
                "title", passage.title(),
                "location", passage.location(),
                "passage", passage.id(),
                "text", passage.text(),
                "metadata", metadata(found.metadata()));
    }

    private static Map<String, Object> metadata(Metadata metadata) {
        var object = new LinkedHashMap<String, Object>();
        metadata.fields()
                .forEach((name, values) -> object.put(
                        name, values.stream().map(FieldValue::display).toList()));
        return object;
    }
}
