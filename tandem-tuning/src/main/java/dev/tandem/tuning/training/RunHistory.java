package dev.tandem.tuning.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/**
 * A run as its folder tells it, finished or not: {@code tandem.json}, {@code metrics.csv}, {@code samples.json} and the model
 * card.
 *
 * @param job what was to be done
 * @param record all of {@code tandem.json}
 * @param measured whether there is a {@code metrics.csv}
 * @param updates its lines, in order
 * @param samples none if none were wanted
 * @param card the model card, of a run that came to an end or was stopped
 */
public record RunHistory(
        TuningJob job,
        JsonNode record,
        boolean measured,
        List<Line> updates,
        List<Sample> samples,
        Optional<String> card) {
    /**
     * An update; what was not measured then is {@code NaN}.
     *
     * @param loss of the training, a token
     * @param heldOut held-out loss a token
     * @param megabytes of memory that the process held
     * @param general general loss a token
     */
    public record Line(
            long update,
            double loss,
            double heldOut,
            double learningRate,
            double gradientNorm,
            double tokensPerSecond,
            double megabytes,
            double general) {}

    /**
     * Reads a folder.
     *
     * @throws MendableException if it holds no run, or what it holds cannot be read
     */
    public static RunHistory of(Path out) {
        if (!Files.isRegularFile(out.resolve(RunRecord.NAME))) {
            throw new MendableException("The folder " + out + " holds no run (" + RunRecord.NAME
                    + " is missing): name a folder that `tandem tune --out` made.");
        }
        var metrics = out.resolve(MetricsLog.NAME);
        var card = out.resolve("README.md");
        boolean measured = Files.isRegularFile(metrics);
        return new RunHistory(
                RunRecord.job(out),
                RunRecord.read(out),
                measured,
                measured ? lines(metrics) : List.of(),
                SampleFile.read(out),
                Files.isRegularFile(card) ? Optional.of(text(card)) : Optional.empty());
    }

    /** A number of the record; none while it is not known. */
    public OptionalDouble number(String key) {
        var node = record.path(key);
        return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }

    /** Why the run ended; none if it did not. */
    public Optional<String> ending() {
        return record.hasNonNull("ending") ? Optional.of(record.get("ending").asText()) : Optional.empty();
    }

    /** What may be wrong with the weights, as it was recorded. */
    public List<String> warnings() {
        return StreamSupport.stream(record.path("warnings").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Updates that all epochs take. */
    public long total() {
        var settings = job.settings();
        long examples = record.path("examples").asLong();
        return Math.ceilDiv(examples, (long) settings.batch() * settings.accumulate()) * settings.epochs();
    }

    /** Whether the training file is there and still what the run learned from. */
    public boolean hasItsData() {
        return Files.isRegularFile(job.training())
                && record.path("data_hash").asText().startsWith(FileHash.of(job.training()));
    }

    private static List<Line> lines(Path file) {
        var rows = text(file).lines().toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        var columns = List.of(rows.getFirst().split(",", -1));
        var lines = new ArrayList<Line>();
        for (var row : rows.subList(1, rows.size())) {
            var cells = row.split(",", -1);
            // The line that was being written when a process was killed is short.
            if (cells.length == columns.size() && cells[0].matches("\\d{1,18}")) {
                lines.add(new Line(
                        Long.parseLong(cells[0]),
                        cell(cells, columns.indexOf("loss")),
                        cell(cells, columns.indexOf("held_out_loss")),
                        cell(cells, columns.indexOf("learning_rate")),
                        cell(cells, columns.indexOf("gradient_norm")),
                        cell(cells, columns.indexOf("tokens_per_second")),
                        cell(cells, columns.indexOf("resident_mb")),
                        cell(cells, columns.indexOf("general_loss"))));
            }
        }
        return lines;
    }

    private static double cell(String[] cells, int column) {
        try {
            return column < 0 || cells[column].isEmpty() ? Double.NaN : Double.parseDouble(cells[column]);
        } catch (NumberFormatException damaged) {
            return Double.NaN;
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
