package dev.tandem.bench;

import dev.tandem.answering.route.TalkExamples;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the vectors of the sentences in {@code talk.tsv}, by the bundled embedding model: its id, how many there are, their
 * length, and a byte a component.
 *
 * <p>Arguments: the file to write (talk.vectors).
 */
public final class TalkVectors {
    private TalkVectors() {}

    public static void main(String[] arguments) throws IOException {
        var examples = TalkExamples.examples();
        try (var encoder = OnnxTextEncoder.bundled();
                var out = new DataOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            out.writeUTF(encoder.id());
            out.writeInt(examples.size());
            out.writeInt(encoder.dimension());
            for (var example : examples) {
                for (float component : encoder.encodeQuestion(example.text()).vector()) {
                    out.writeByte(Math.clamp(Math.round(component * TalkExamples.SCALE), -127, 127));
                }
            }
        }
        System.out.printf("%d sentences%n", examples.size());
    }
}
