package dev.tandem.workspace.audit;

import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.cost.PriceName;
import dev.tandem.evaluation.cost.Range;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What is in a folder.
 *
 * @param folder absolute
 * @param files all that were looked at, in the order of their paths
 * @param hidden how many hidden files, links and files of tools were left out
 * @param duplicates groups of files with the same bytes, by path
 * @param nearDuplicates groups of documents with nearly the same text, by path, beside those
 * @param atMillis when it was looked at, milliseconds since 1970
 */
public record AuditReport(
        Path folder,
        List<AuditedFile> files,
        int hidden,
        List<List<String>> duplicates,
        List<List<String>> nearDuplicates,
        long atMillis) {
    private static final long DAY = 86_400_000;

    /** Passages a second of the embedded model on two cores, measured (docs/benchmarks.md, Ingesting). */
    private static final double PASSAGES_A_SECOND = 28;

    /** Dollars for a million tokens, as OpenAI publishes them (openai.com/api/pricing, read in 2024 and unchanged in 2026). */
    private static final Map<String, Double> PRICES = prices();

    public AuditReport {
        files = List.copyOf(files);
        duplicates = duplicates.stream().map(List::copyOf).toList();
        nearDuplicates = nearDuplicates.stream().map(List::copyOf).toList();
    }

    private static Map<String, Double> prices() {
        var prices = new LinkedHashMap<String, Double>();
        prices.put("text-embedding-3-small", 0.02);
        prices.put("text-embedding-3-large", 0.13);
        prices.put("text-embedding-ada-002", 0.10);
        return prices;
    }

    /** A row of a table. */
    public record Share(String name, long files, long bytes) {}

    /** By format, the most frequent first; of files that are read. */
    public List<Share> formats() {
        return shares(read(), AuditedFile::format);
    }

    /** By the ending of their names, files that are not read because nobody knows their format. */
    public List<Share> otherFormats() {
        return shares(
                files.stream()
                        .filter(file -> !file.isRead() && file.words() < 0)
                        .toList(),
                AuditedFile::format);
    }

    /** By language, the most frequent first. */
    public List<Share> languages() {
        return shares(read(), file -> file.language().orElse("not told"));
    }

    /** By how long ago they were changed, the newest first. */
    public List<Share> ages() {
        var ages = new LinkedHashMap<String, long[]>();
        for (var span : Age.values()) {
            ages.put(span.title, new long[2]);
        }
        for (var file : read()) {
            var row = ages.get(Age.of((atMillis - file.modifiedMillis()) / DAY).title);
            if (row != null) {
                row[0]++;
                row[1] += file.bytes();
            }
        }
        return ages.entrySet().stream()
                .map(age -> new Share(age.getKey(), age.getValue()[0], age.getValue()[1]))
                .toList();
    }

    private enum Age {
        WEEK("last 7 days", 7),
        MONTH("last 30 days", 30),
        QUARTER("last 90 days", 90),
        YEAR("last year", 365),
        YEARS("last 3 years", 3 * 365),
        OLDER("older", Long.MAX_VALUE);

        private final String title;
        private final long days;

        Age(String title, long days) {
            this.title = title;
            this.days = days;
        }

        static Age of(long days) {
            for (var age : values()) {
                if (days <= age.days) {
                    return age;
                }
            }
            return OLDER;
        }
    }

    /** Files that would be in an index. */
    public List<AuditedFile> read() {
        return files.stream().filter(AuditedFile::isRead).toList();
    }

    /** Files of a known format that could not be read, with the reason. */
    public List<AuditedFile> unreadable() {
        return files.stream()
                .filter(file -> !file.isRead() && file.words() >= 0)
                .toList();
    }

    /** How often each kind of personal data was found, by name. */
    public Map<String, Integer> personal() {
        var all = new TreeMap<String, Integer>();
        files.forEach(file -> file.personal().forEach((kind, count) -> all.merge(kind, count, Integer::sum)));
        return all;
    }

    /** Files with personal data, those with most first. */
    public List<AuditedFile> withPersonalData() {
        return files.stream()
                .filter(file -> !file.personal().isEmpty())
                .sorted(Comparator.comparingInt((AuditedFile file) -> -file.personal().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .thenComparing(AuditedFile::path))
                .toList();
    }

    public long sum(ToLongFunction<AuditedFile> of) {
        return read().stream().mapToLong(of).sum();
    }

    /** Dollars to embed everything once, by model. */
    public Map<String, Double> embeddingCosts() {
        var costs = new LinkedHashMap<String, Double>();
        long tokens = sum(AuditedFile::tokens);
        PRICES.forEach((model, price) -> costs.put(model, tokens / 1e6 * price));
        return costs;
    }

    /** About how many seconds the embedded model takes on two cores, for nothing. */
    public double embeddingSeconds() {
        return sum(AuditedFile::passages) / PASSAGES_A_SECOND;
    }

    /**
     * What a language model would read and write for the line above each passage, asked for once ({@code passages.context: model}).
     *
     * @param read about so many tokens: instructions, as much of the document as is shown, and the passage
     * @param written about so many
     */
    public record ContextLineTokens(long read, long written) {
        private static final int INSTRUCTIONS = 300;
        private static final int DOCUMENT_SHOWN = 3_000;
        private static final int LINE = 40;

        static ContextLineTokens of(List<AuditedFile> files) {
            long read = 0;
            long written = 0;
            for (var file : files) {
                read += file.passages() * (INSTRUCTIONS + Math.min(DOCUMENT_SHOWN, file.tokens())) + file.tokens();
                written += (long) file.passages() * LINE;
            }
            return new ContextLineTokens(read, written);
        }

        /** Dollars by the price book that ships with Tandem: the published range for a model's tokens. */
        public Range dollars() {
            return PriceBook.shipped().price(PriceName.MODEL_TOKENS).times((read + written) / 1e6);
        }
    }

    /** What context lines for everything would take. */
    public ContextLineTokens contextLineTokens() {
        return ContextLineTokens.of(read());
    }

    private static List<Share> shares(List<AuditedFile> files, Function<AuditedFile, String> by) {
        var rows = new TreeMap<String, long[]>();
        for (var file : files) {
            var row = rows.computeIfAbsent(by.apply(file), name -> new long[2]);
            row[0]++;
            row[1] += file.bytes();
        }
        var shares = new ArrayList<Share>();
        rows.forEach((name, row) -> shares.add(new Share(name, row[0], row[1])));
        shares.sort(Comparator.comparingLong(Share::files).reversed().thenComparing(Share::name));
        return shares;
    }
}
