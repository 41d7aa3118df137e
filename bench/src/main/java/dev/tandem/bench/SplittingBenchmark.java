package dev.tandem.bench;

import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.passage.SentenceSplitter;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What splitting costs beside embedding, for a document of about 4,000 words: {@code bench/run Jmh SplittingBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SplittingBenchmark {
    private static final String SENTENCE = "Dr. Berg of Fjellvik Ltd. tested the tent at 110 km/h, i.e. in a storm. ";

    private final String text = SENTENCE.repeat(270);
    private final Document document =
            new Document("tent.md", "Tent", Metadata.EMPTY, List.of(new Block.Paragraph(text, 0)));
    private OnnxTextEncoder encoder = OnnxTextEncoder.bundled();

    /** A new encoder for each trial, because the last one closed its own. */
    @Setup
    public void open() {
        encoder.close();
        encoder = OnnxTextEncoder.bundled();
    }

    @TearDown
    public void close() {
        encoder.close();
    }

    /** Sentences alone. */
    @Benchmark
    public List<SentenceSplitter.Span> sentences() {
        return SentenceSplitter.split(text);
    }

    /** Passages, counted in the embedding model's tokens. */
    @Benchmark
    public List<Passage> passages() {
        return new PassageSplitter(new PassageSplitter.Settings(384, 0), encoder::countTokens).split(document);
    }
}
