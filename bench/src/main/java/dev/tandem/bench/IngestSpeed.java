package dev.tandem.bench;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.ingest.FileSelection;
import dev.tandem.knowledge.ingest.Ingester;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.stores.postgres.PostgresPassageIndex;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Passages a second, in turns on the same passages: ONNX Runtime called directly, one text a run, in its better setting
 * (a thread a core, or a core a thread's share of one run); Tandem's whole ingest, from files to a committed index; and
 * LangChain4j's EmbeddingStoreIngestor with the same model and a store in memory.
 *
 * <p>Arguments: a BEIR folder, the number of documents, the number of rounds; if wanted, the JDBC address of a PostgreSQL database, whose
 * schema {@code bench_ingest} then takes part in place of all but Tandem's own folder.
 */
public final class IngestSpeed {
    private static final PassageSplitter.Settings PASSAGES = new PassageSplitter.Settings(384, 0);

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final List<String> texts;
    private final List<String> raw;
    private final Path folder;
    private final OnnxTextEncoder encoder;

    private IngestSpeed(List<String> texts, List<String> raw, Path folder, OnnxTextEncoder encoder) {
        this.texts = texts;
        this.raw = raw;
        this.folder = folder;
        this.encoder = encoder;
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("tandem-ingest-speed");
        var raw = documents(Path.of(arguments[0]), Integer.parseInt(arguments[1]), folder);
        try (var encoder = OnnxTextEncoder.bundled();
                var reader = new DocumentReader(ReadingLimits.DEFAULT)) {
            var splitter = new PassageSplitter(PASSAGES, encoder::countTokens);
            var texts = new ArrayList<String>();
            for (int i = 0; i < raw.size(); i++) {
                var name = "doc%05d.txt".formatted(i);
                if (reader.read(folder.resolve("docs").resolve(name), name)
                        instanceof dev.tandem.knowledge.document.ReadResult.Parsed(var document)) {
                    splitter.split(document).forEach(passage -> texts.add(Context.embedded(passage)));
                }
            }
            System.out.printf("%d documents, %d passages, %d cores%n", raw.size(), texts.size(), cores());
            var speed = new IngestSpeed(texts, raw, folder, encoder);
            if (arguments.length > 3) {
                speed.compareStores(Integer.parseInt(arguments[2]), arguments[3]);
            } else {
                speed.run(Integer.parseInt(arguments[2]));
            }
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static List<String> documents(Path beir, int count, Path folder) throws IOException {
        var raw = new ArrayList<String>();
        Files.createDirectories(folder.resolve("docs"));
        try (var documents = BeirFolder.open(beir, BeirFolder.TEST).documents()) {
            for (var next = documents.next(); next.isPresent() && raw.size() < count; next = documents.next()) {
                Files.writeString(
                        folder.resolve("docs").resolve("doc%05d.txt".formatted(raw.size())),
                        next.get().text());
                raw.add(next.get().text());
            }
        }
        return raw;
    }

    /** One of those that are timed in turns. */
    private record Contestant(String name, Work work) {}

    private interface Work {
        void run() throws Exception;
    }

    private void run(int rounds) throws Exception {
        var runPerCore = Direct.open(cores(), 1);
        var oneRun = Direct.open(1, cores());
        var contestants = List.of(
                new Contestant("direct, a run a core", () -> direct(runPerCore)),
                new Contestant("direct, a run over all cores", () -> direct(oneRun)),
                new Contestant("tandem ingest", this::tandem),
                new Contestant("langchain4j ingestor", this::langchain4j));
        var rates = new double[contestants.size()][rounds];
        var coreMillis = new double[contestants.size()][rounds];
        // Round -1 warms up and is not counted.
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < rates.length; i++) {
                long start = System.nanoTime();
                long busy = SYSTEM.getProcessCpuTime();
                contestants.get(i).work().run();
                if (round >= 0) {
                    rates[i][round] = texts.size() / ((System.nanoTime() - start) / 1e9);
                    coreMillis[i][round] = (SYSTEM.getProcessCpuTime() - busy) / 1e6 / texts.size();
                }
            }
        }
        for (int i = 0; i < rates.length; i++) {
            System.out.printf(
                    "%-30s median %6.1f passages/s (%.1f to %.1f), %.2f ms of a core a passage%n",
                    contestants.get(i).name(),
                    median(rates[i]),
                    Arrays.stream(rates[i]).min().orElse(0),
                    Arrays.stream(rates[i]).max().orElse(0),
                    median(coreMillis[i]));
        }
        var direct = new double[rounds];
        var peer = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            direct[round] = rates[2][round] / Math.max(rates[0][round], rates[1][round]);
            peer[round] = rates[2][round] / rates[3][round];
        }
        System.out.printf(
                "ratio tandem / direct %.3f, tandem / langchain4j %.3f (medians of rounds)%n",
                median(direct), median(peer));
    }

    private static void drop(String address, String schema) throws SQLException {
        var properties = new Properties();
        Optional.ofNullable(System.getenv("PGPASSWORD")).ifPresent(secret -> properties.put("password", secret));
        try (var connection = DriverManager.getConnection(address, properties);
                var statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + schema + " cascade");
        }
    }

    /** Into a folder and into a database in turns; the first of each is not counted. */
    private void compareStores(int rounds, String address) throws IOException, SQLException {
        var ratios = new double[rounds];
        var rates = new double[2][rounds];
        for (int round = -1; round < rounds; round++) {
            double lucene = rate(this::tandem);
            // What was embedded for the last round would not be embedded again.
            drop(address, "bench_ingest");
            double postgres = rate(() -> {
                try (var index = PostgresPassageIndex.open(
                        address, Optional.empty(), Optional.ofNullable(System.getenv("PGPASSWORD")), "bench_ingest")) {
                    ingest(index, Files.createTempDirectory(folder, "state"), true);
                }
            });
            if (round >= 0) {
                rates[0][round] = lucene;
                rates[1][round] = postgres;
                ratios[round] = postgres / lucene;
            }
            System.out.printf(
                    "round %d: into a folder %.1f passages/s, into PostgreSQL %.1f%n", round + 1, lucene, postgres);
        }
        System.out.printf(
                "into a folder median %.1f passages/s, into PostgreSQL %.1f; ratio median %.3f (%.3f to %.3f)%n",
                median(rates[0]),
                median(rates[1]),
                median(ratios),
                Arrays.stream(ratios).min().orElse(0),
                Arrays.stream(ratios).max().orElse(0));
    }

    private interface Ingest {
        void run() throws IOException;
    }

    private double rate(Ingest ingest) throws IOException {
        long start = System.nanoTime();
        ingest.run();
        return texts.size() / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A session of ONNX Runtime with its threads; made before the clock starts, as Tandem's is. */
    private record Direct(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer, int runs) {
        static Direct open(int runs, int threads) throws OrtException, IOException {
            var environment = OrtEnvironment.getEnvironment();
            try (var options = new OrtSession.SessionOptions();
                    var model = IngestSpeed.class.getResourceAsStream("/bge-small-en-v1.5-q.onnx");
                    var json = IngestSpeed.class.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json")) {
                options.setIntraOpNumThreads(threads);
                return new Direct(
                        environment,
                        environment.createSession(model.readAllBytes(), options),
                        HuggingFaceTokenizer.newInstance(
                                json, Map.of("padding", "false", "truncation", "true", "maxLength", "512")),
                        runs);
            }
        }
    }

    private void direct(Direct direct) throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(direct.runs())) {
            var results = new ArrayList<Future<Float>>();
            for (var text : texts) {
                results.add(
                        pool.submit(() -> encode(direct.environment(), direct.session(), direct.tokenizer(), text)));
            }
            for (var result : results) {
                result.get();
            }
        }
    }

    private static float encode(
            OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer, String text)
            throws OrtException {
        var tokens = tokenizer.encode(text);
        long[] shape = {1, tokens.getIds().length};
        try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getIds()), shape);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getAttentionMask()), shape);
                var types = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.getTypeIds()), shape);
                var result = session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
        }
    }

    private void tandem() throws IOException {
        var state = Files.createTempDirectory(folder, "state");
        try (var index = LucenePassageIndex.open(state.resolve("index"))) {
            ingest(index, state, false);
        }
    }

    private void ingest(PassageIndex index, Path state, boolean rebuild) {
        var splitter = new PassageSplitter(PASSAGES, encoder::countTokens);
        try (var reader = new DocumentReader(ReadingLimits.DEFAULT)) {
            new Ingester(index, reader, splitter, encoder, state.resolve("journal"))
                    .ingest(
                            new Ingester.Request(List.of(folder.resolve("docs")), FileSelection.EVERYTHING, rebuild),
                            Progress.silent());
        }
    }

    private void langchain4j() {
        var ingestor = EmbeddingStoreIngestor.builder()
                .embeddingModel(new BgeSmallEnV15QuantizedEmbeddingModel())
                .embeddingStore(new InMemoryEmbeddingStore<TextSegment>())
                .build();
        ingestor.ingest(raw.stream().map(Document::from).toList());
    }
}
