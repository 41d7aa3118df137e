package dev.tandem.evaluation.testset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.evaluation.metric.Run;
import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrecFormatTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsWrittenIsReadAgain(int seed) {
        Random random = new Random(seed);
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        Map<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
        for (String query : List.of("1", "q-ü", "\uD83D\uDE00", "#x", "no\u00A0break")) {
            Map<String, Integer> judged = new LinkedHashMap<>();
            List<ScoredDocument> hits = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                judged.put("http://x/ß?a=%20#" + i, random.nextInt(5) - 1);
                hits.add(new ScoredDocument("日本" + i, random.nextGaussian() * Math.pow(10, random.nextInt(80) - 40)));
            }
            grades.put(query, judged);
            rankings.put(query, hits);
        }
        Path qrels = folder.resolve("qrels.txt");
        Path run = folder.resolve("run.trec");
        TrecFormat.writeQrels(new Qrels(grades), qrels);
        TrecFormat.writeRun(new Run(rankings), "tandem", run);
        assertThat(TrecFormat.readQrels(qrels)).isEqualTo(new Qrels(grades));
        assertThat(TrecFormat.readRun(run)).isEqualTo(new Run(rankings));
    }

    @Test
    void aRunIsWrittenInTrecEvalsOrderWithRanksFromOne() throws IOException {
        Path file = folder.resolve("run.trec");
        TrecFormat.writeRun(
                new Run(Map.of(
                        "q",
                        List.of(new ScoredDocument("a", 1), new ScoredDocument("b", 1), new ScoredDocument("c", 2.5)))),
                "tandem",
                file);
        assertThat(file).hasContent("q Q0 c 1 2.5 tandem\nq Q0 b 2 1.0 tandem\nq Q0 a 3 1.0 tandem\n");
    }

    @Test
    void windowsLineEndsByteOrderMarksTabsAndBlankLinesAreNoObstacle() throws IOException {
        Path run = file("\uFEFFq1 Q0 a 1 2 x\r\n\r\n  q1\tQ0\tb\t7\t3e0\tx");
        assertThat(TrecFormat.readRun(run))
                .isEqualTo(new Run(Map.of("q1", List.of(new ScoredDocument("a", 2), new ScoredDocument("b", 3)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q Q0 a 1 2| 5 columns instead of 6",
                "q Q0 my file 1 2 tag| 7 columns instead of 6",
                "q Q0 a 1 NaN tag| the score is NaN",
                "q Q0 a 1 -Infinity tag| the score is -Infinity",
                "q Q0 a 1 best tag| the score 'best' is no number",
                "ok Q0 a 1 1 tag| document 'a' was already retrieved for query 'ok'"
            })
    void aMalformedRunLineIsNamedWithItsNumber(String line, String problem) throws IOException {
        Path run = file("ok Q0 a 1 1 tag\n\n" + line + "\n");
        assertThatThrownBy(() -> TrecFormat.readRun(run))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith(run + ", line 3: " + problem + "; ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q 0 a| 3 columns instead of 4",
                "q 0 a 1.5| the grade '1.5' is no whole number",
                "q 0 a 99999999999| the grade '99999999999' is no whole number",
                "ok 0 a 2| document 'a' was already judged for query 'ok'"
            })
    void aMalformedJudgementIsNamedWithItsNumber(String line, String problem) throws IOException {
        Path qrels = file("ok 0 a 1\n" + line);
        assertThatThrownBy(() -> TrecFormat.readQrels(qrels))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith(qrels + ", line 2: " + problem + "; ");
    }

    @Test
    void emptyMissingAndBinaryFilesAreRefused() throws IOException {
        Path empty = file("\n \r\n");
        assertThatThrownBy(() -> TrecFormat.readRun(empty))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> TrecFormat.readQrels(folder.resolve("nowhere")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("check that the file exists");
        Path binary = folder.resolve("binary");
        Files.write(binary, new byte[] {'a', (byte) 0xC3, '\n'});
        assertThatThrownBy(() -> TrecFormat.readRun(binary))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("line 1: the line is not UTF-8 text");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
        Path file = folder.resolve("huge");
        Files.write(file, new byte[NumberedLines.LONGEST_LINE + 1]);
        assertThatThrownBy(() -> TrecFormat.readRun(file))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("longer than 16 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my file.pdf", "tab\tbed", "", "line\nend"})
    void idsThatTheFormatCannotHoldAreRefusedAndNothingIsWritten(String id) {
        Path file = folder.resolve("run.trec");
        Run run = new Run(Map.of("q", List.of(new ScoredDocument(id, 1))));
        assertThatThrownBy(() -> TrecFormat.writeRun(run, "tandem", file))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("use ids without whitespace");
        assertThatThrownBy(() -> TrecFormat.writeQrels(new Qrels(Map.of("q", Map.of(id, 1))), file))
                .isInstanceOf(MendableException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFolderThatIsNotThereIsNamedWhenWriting() {
        assertThatThrownBy(() -> TrecFormat.writeRun(new Run(Map.of()), "tandem", folder.resolve("a/b")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("Cannot write");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("file"), content);
    }
}
