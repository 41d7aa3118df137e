package dev.tandem.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.review.Review;
import dev.tandem.evaluation.testset.TestSetFile;
import dev.tandem.foundation.MendableException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem testset review}: one question after the other, as a person decides. */
@Command(
        name = "review",
        description = {
            "Walk through the questions that nobody has reviewed yet: accept, edit, drop or skip each.",
            "Every decision is saved at once; what is left comes again the next time."
        },
        footer = {"", "Examples:", "  tandem testset review -w my-kb", "  EDITOR=nano tandem testset review -w my-kb"})
public final class TestSetReviewCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final TestSetOption testSet = new TestSetOption();

    public TestSetReviewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var file = new TestSetFile(testSet.existing(workspace.find()));
        if (!terminal.interactiveErr()) {
            throw new MendableException("A review needs a terminal to ask in: run it in one, or decide with"
                    + " `tandem testset accept` and `tandem testset drop`.");
        }
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        var done = new Review(file, in, terminal, Review.editor()).run();
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(Json.object(
                                        "file", file.path(),
                                        "accepted", done.accepted(),
                                        "dropped", done.dropped(),
                                        "left", done.left()))
                                : "Accepted " + done.accepted() + ", dropped " + done.dropped() + "; " + done.left()
                                        + " are left to review.");
        return 0;
    }
}
