package dev.tandem.bench;

import dev.tandem.bench.judge.JudgeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the embedded judge is worth on human labels, and the model that ships: first each collection judged by a model fitted
 * on the others, then each by models fitted on nine tenths of all sources, then the model fitted on all is written.
 *
 * <p>Arguments: where to write the model, then the collections' files.
 */
public final class FitJudge {
    private FitJudge() {}

    public static void main(String[] arguments) throws IOException {
        var files = Arrays.stream(arguments).skip(1).map(Path::of).toList();
        var report = JudgeReport.read(files);
        report.print(System.out);
        Files.writeString(Path.of(arguments[0]), report.model().toJson());
    }
}
