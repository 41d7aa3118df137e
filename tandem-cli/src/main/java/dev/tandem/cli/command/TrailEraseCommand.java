package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.server.feedback.FeedbackStore;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.version.DocumentVersions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem trail erase}: one person's questions and answers are removed. */
@Command(
        name = "erase",
        description = {
            "Remove what a person asked and was answered from the audit trail, and from the answers and the feedback that a",
            "server keeps, for good. That there was something, and when, stays; the trail verifies as before. Earlier versions of",
            "uploaded documents no longer name the person; --versions removes those that the person uploaded."
        },
        footer = {
            "",
            "Examples:",
            "  tandem trail erase -w my-kb --who anna",
            "  tandem trail erase -w my-kb --who anna --versions"
        })
public final class TrailEraseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(
            names = "--who",
            paramLabel = "NAME",
            required = true,
            description = "Whose, as `tandem trail show` names them.")
    private String who = "";

    @Option(
            names = "--versions",
            description = "Remove the earlier versions of documents that the person uploaded, too; the documents stay.")
    private boolean versions;

    public TrailEraseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found = workspace.find();
        int records = found.trail().erase(who);
        var served = ServerDatabase.allFeedback(found).stream()
                .map(database -> new FeedbackStore(database).erase(who))
                .reduce(FeedbackStore.Erased.NOTHING, FeedbackStore.Erased::and);
        var documents = found.documentVersions((path, file) -> Optional.empty()).erase(who, versions);
        terminal.out().println(common.json ? json(records, served, documents) : text(records, served, documents));
        return 0;
    }

    private String json(int records, FeedbackStore.Erased served, DocumentVersions.Erased documents) {
        return Json.pretty(Json.object(
                "who", who,
                "erased", records,
                "answers", served.answers(),
                "feedback", served.feedback(),
                "test_cases_left", served.testCases(),
                "training_examples_left", served.trainingExamples(),
                "version_names", documents.names(),
                "versions", documents.versions(),
                "versions_left", documents.left()));
    }

    private String text(int records, FeedbackStore.Erased served, DocumentVersions.Erased documents) {
        var name = Terminal.printable(who);
        var text = new StringBuilder(
                records == 0
                        ? "The trail holds nothing of " + name + "."
                        : "Erased " + records + " records of " + name + ". That they were there stays in the chain.");
        if (served.answers() + served.feedback() > 0) {
            text.append(System.lineSeparator())
                    .append("Erased what the server kept: ")
                    .append(served.answers())
                    .append(" answers and ")
                    .append(served.feedback())
                    .append(" pieces of feedback.");
        }
        if (!served.testCases().isEmpty() || served.trainingExamples() > 0) {
            text.append(System.lineSeparator())
                    .append("Made of that feedback, and left for you to look at: ")
                    .append(served.testCases().size())
                    .append(" test cases")
                    .append(
                            served.testCases().isEmpty()
                                    ? ""
                                    : " (" + Terminal.printable(String.join(", ", served.testCases())) + ")")
                    .append(" and ")
                    .append(served.trainingExamples())
                    .append(" training examples.");
        }
        if (documents.names() > 0) {
            text.append(System.lineSeparator())
                    .append("Versions of uploaded documents no longer name the person in ")
                    .append(documents.names())
                    .append(" places; ")
                    .append(documents.versions())
                    .append(" earlier versions were removed");
            if (documents.left() > 0) {
                text.append(", and ")
                        .append(documents.left())
                        .append(" that the person uploaded are left: they name nobody now, so remove them on the page")
                        .append(" Documents if they should go");
            }
            text.append('.');
        }
        return text.toString();
    }
}
