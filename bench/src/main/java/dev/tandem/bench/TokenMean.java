package dev.tandem.bench;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes token-mean.bin: the mean token vector of general English that late interaction takes away before it rounds. Each
 * source gives the same number of tokens, so that a large one does not outweigh the others; the vector is that of the
 * encoder, not of any collection that is measured.
 *
 * <p>Arguments: the file to write, tokens a source, folders or files of text (each is one source). The result's cosine
 * with the file that was there before is printed.
 */
public final class TokenMean {
    private static final int BATCH = 32;

    private TokenMean() {}

    public static void main(String[] arguments) throws IOException {
        var out = Path.of(arguments[0]);
        int tokens = Integer.parseInt(arguments[1]);
        var sum = new double[384];
        try (var encoder = OnnxTextEncoder.bundled();
                var reader = new DocumentReader(ReadingLimits.DEFAULT)) {
            var splitter = new PassageSplitter(new PassageSplitter.Settings(384, 0), encoder::countTokens);
            for (var source : Arrays.asList(arguments).subList(2, arguments.length)) {
                var texts = passages(Path.of(source), reader, splitter);
                System.out.printf("%s: %d tokens%n", source, add(texts, encoder, tokens, sum));
            }
        }
        if (Files.exists(out)) {
            System.out.printf("cosine with the former file: %.6f%n", cosine(sum, read(out)));
        }
        write(out, sum, tokens * (long) (arguments.length - 2));
    }

    private static List<String> passages(Path source, DocumentReader reader, PassageSplitter splitter)
            throws IOException {
        var texts = new ArrayList<String>();
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (reader.read(file, file.getFileName().toString()) instanceof ReadResult.Parsed(var document)) {
                    splitter.split(document).forEach(passage -> texts.add(Context.embedded(passage)));
                }
            }
        }
        return texts;
    }

    /** Adds the first tokens of evenly spread passages; returns how many, always as many as were asked for. */
    private static int add(List<String> texts, OnnxTextEncoder encoder, int wanted, double[] sum) {
        int passages = Math.max(1, wanted / 100);
        int step = Math.max(1, texts.size() / passages);
        int seen = 0;
        for (int offset = 0; offset < step; offset++) {
            for (int i = offset; i < texts.size(); i += step * BATCH) {
                var batch = new ArrayList<String>();
                for (int j = i; j < texts.size() && batch.size() < BATCH; j += step) {
                    batch.add(texts.get(j));
                }
                for (var encoding : encoder.encodePassages(batch)) {
                    for (var vector : encoding.tokens().vectors()) {
                        for (int d = 0; d < sum.length; d++) {
                            sum[d] += vector[d];
                        }
                        if (++seen == wanted) {
                            return seen;
                        }
                    }
                }
            }
        }
        throw new MendableException("This source has only " + seen + " tokens: ask for at most as many.");
    }

    private static float[] read(Path file) throws IOException {
        var bytes = java.nio.ByteBuffer.wrap(Files.readAllBytes(file));
        var mean = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(mean);
        return mean;
    }

    private static double cosine(double[] a, float[] b) {
        double product = 0;
        double left = 0;
        double right = 0;
        for (int d = 0; d < a.length; d++) {
            product += a[d] * b[d];
            left += a[d] * a[d];
            right += (double) b[d] * b[d];
        }
        return product / Math.sqrt(left * right);
    }

    private static void write(Path file, double[] sum, long tokens) throws IOException {
        try (var out = new DataOutputStream(Files.newOutputStream(file))) {
            for (double number : sum) {
                out.writeFloat((float) (number / tokens));
            }
        }
    }
}
