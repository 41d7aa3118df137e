package dev.tandem.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.decoder.torch.Torch;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    @Test
    void textIsWrappedBetweenWordsAndALongWordStandsAlone() {
        assertThat(Wrapping.wrap("one two\nthree  fourteen-letters five", "  ", 12)
                        .lines())
                .containsExactly("  one two", "  three", "  fourteen-letters", "  five");
    }

    @Test
    void aShortenedTextIsCutBetweenWordsAndNeverInsideASign() {
        assertThat(Wrapping.shortened("one two three", 9)).isEqualTo("one two…");
        assertThat(Wrapping.shortened("one two", 9)).isEqualTo("one two");
        assertThat(Wrapping.shortened("abcde\uD83D\uDE00fgh", 7)).isEqualTo("abcde…");
    }

    @Test
    void aDocumentCannotSteerTheTerminal() {
        assertThat(Terminal.printable("a\u001B[31mb\r\n\tc\u009B")).isEqualTo("a\uFFFD[31mb\uFFFD\n\tc\uFFFD");
    }

    @Test
    void jsonKeepsOrderAndEscapes() {
        assertThat(Json.line(Json.object(
                        "z",
                        "a\"\u0001é",
                        "a",
                        List.of(1, 2.5, true),
                        "none",
                        Optional.empty(),
                        "some",
                        Optional.of(3L))))
                .isEqualTo("{\"z\":\"a\\\"\\u0001é\",\"a\":[1,2.5,true],\"none\":null,\"some\":3}");
    }

    @Test
    void aFailureThatCanBeMendedIsFoundAmongTheCauses() {
        var mendable = Failure.of(new IllegalStateException(new MendableException("Do this.")));
        assertThat(mendable).isEqualTo(new Failure(1, "Do this."));
        var full = Failure.of(new UncheckedIOException(new IOException("No space left on device")));
        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.message()).contains("disk is full", "free some space");
        assertThat(Failure.of(new OutOfMemoryError("Java heap space")).message())
                .contains("TANDEM_JAVA_OPTS");
    }

    @Test
    void libtorchOutOfMemoryIsASentence() {
        Torch.load();
        var thrown = catchThrowable(() -> {
            try (var scope = new PointerScope()) {
                torch.zeros(1L << 50);
            }
        });
        var shortage = Failure.of(new IllegalStateException(thrown));
        assertThat(shortage.exitCode()).isEqualTo(1);
        assertThat(shortage.message()).contains("memory ran out", "--batch").doesNotContain("\n");
    }

    @Test
    void anyOtherFailureIsABug() {
        var bug = Failure.of(new IllegalStateException("odd"));
        assertThat(bug.exitCode()).isEqualTo(70);
        assertThat(bug.message()).contains("IllegalStateException: odd", "--verbose");
    }

    @Test
    void whereNobodyWatchesShortWorkIsSilent() {
        var err = new StringWriter();
        var terminal = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err));
        try (var task = new TerminalProgress(terminal).start("Ingesting", 3, "documents")) {
            task.step(3);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whereAPersonWatchesABarWithRateIsDrawnAndRemoved() {
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), true, true, false, 80);
        try (var task = new TerminalProgress(terminal).start("Ingesting", 4, "documents")) {
            task.step(4);
        }
        assertThat(err.toString())
                .contains("Ingesting", "100%", "4/4", "documents/s")
                .endsWith("\r");
    }

    @Test
    void whatAnEarlierProcessDidIsNoPartOfTheRate() {
        var err = new StringWriter();
        var now = new AtomicLong();
        var terminal = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err));
        try (var task = new TerminalProgress(terminal, now::get).start("Tuning", Progress.UNKNOWN, "updates")) {
            task.total(130);
            task.before(100);
            now.set(10_000_000_000L);
            task.step(10);
        }
        assertThat(err.toString()).contains("110 of 130 updates, 1.0 updates/s, 0:20 left");
    }

    @Test
    void whereNothingIsDoneYetNoTimeIsForetold() {
        var err = new StringWriter();
        var now = new AtomicLong();
        var terminal = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err));
        try (var task = new TerminalProgress(terminal, now::get).start("Searching", 130, "examples")) {
            now.set(10_000_000_000L);
            task.step(0);
        }
        assertThat(err.toString()).contains("Searching: 0 examples").doesNotContain("left");
    }

    @Test
    void aBarBeginsWhereAnEarlierProcessEnded() {
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), true, true, false, 100);
        try (var task = new TerminalProgress(terminal).start("Tuning", Progress.UNKNOWN, "updates")) {
            task.total(130);
            task.before(100);
            task.step(10);
        }
        assertThat(err.toString()).contains("110/130 updates");
    }

    @Test
    void passingTextIsWrappedAsItComesAndTakenAway() {
        var err = new StringWriter();
        var text = new PassingText(
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), true, true, false, 40));
        text.add("Parental le");
        text.add("ave lasts twenty-six whole weeks.\nTell us");
        assertThat(err.toString()).isEqualTo("Parental leave lasts twenty-six whole\nweeks.\nTell");
        text.clear();
        assertThat(err.toString()).endsWith("\nTell\r\u001B[2A\u001B[J");
    }

    @Test
    void passingTextIsNotWrittenWhereNobodyWatches() {
        var err = new StringWriter();
        var text = new PassingText(Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err)));
        text.add("Parental leave ");
        text.clear();
        assertThat(err.toString()).isEmpty();
    }
}
