package dev.tandem.models.rerank;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WellFormedText;
import dev.tandem.models.onnx.OnnxFolder;
import dev.tandem.models.onnx.OnnxNetwork;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A cross-encoder of one's own, from its folder: a network of BERT's family that reads question and passage as one pair and gives one
 * number, or two of which the second speaks for the passage (Nogueira and Cho 2019). Scores are the network's own numbers, the higher the
 * better, comparable between the passages of one question. A pair that is too long loses the passage's end. Safe for use by many threads;
 * owns native memory.
 */
public final class OnnxCrossEncoder implements ScoringModel, AutoCloseable {
    private final OnnxNetwork network;
    private final String id;

    private OnnxCrossEncoder(String id, OnnxNetwork network) {
        this.id = id;
        this.network = network;
    }

    /**
     * Opens one.
     *
     * @throws MendableException if the folder holds none
     */
    public static OnnxCrossEncoder of(Path folder) {
        var files = OnnxFolder.read(folder, "rerank.model", "cross-encoder");
        var json = files.tokenizer();
        return new OnnxCrossEncoder(
                files.id(),
                new OnnxNetwork(
                        files.id(),
                        files.source(),
                        () -> OnnxNetwork.tokenizer(json, "ONLY_SECOND", true, files.window())));
    }

    /** Its name, with a hash of the network. */
    public String id() {
        return id;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> passages, String question) {
        var asked = WellFormedText.of(question);
        return Response.from(network.all(passages.stream()
                .map(passage -> (Callable<Double>) () -> network.using(() -> pair(asked, passage.text())))
                .toList()));
    }

    private double pair(String question, String passage) {
        return network.run(network.tokenizer().encode(question, WellFormedText.of(passage)), this::relevance);
    }

    private double relevance(FloatBuffer numbers) {
        return switch (numbers.remaining()) {
            case 1 -> numbers.get(0);
            case 2 -> numbers.get(1) - numbers.get(0);
            default ->
                throw new MendableException(
                        "The model " + id + " gives " + numbers.remaining()
                                + " numbers for a question and a passage, not one or two: it is no cross-encoder for re-ranking.");
        };
    }

    @Override
    public void close() {
        network.close();
    }
}
