package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void publishedRangesAreToldToPeopleAndPrograms() throws Exception {
        var run = CommandRun.of("cost");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("10,000 queries a month; amounts in USD", "50-500", "2,000-8,000", "5,000-25,000")
                .contains(
                        "planning figure",
                        "do not agree",
                        "sum of the parts",
                        "500-10,000+",
                        "where plans change places");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        var json = CommandRun.of("cost", "--json").json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "queries_per_month",
                        "currency",
                        "price_book",
                        "plans",
                        "methods",
                        "examples_needed",
                        "lora_examples",
                        "what_if",
                        "months",
                        "break_even");
        var rag = json.get("plans").get(0);
        assertRange(rag.get("setup"), 2_000, 8_000);
        assertRange(rag.get("monthly"), 50, 500);
        assertRange(rag.get("monthly").get("sum_of_parts"), 200, 750);
        assertRange(rag.get("monthly").get("published_totals").get(0), 50, 500);
        assertRange(rag.get("weeks_to_production"), 1, 2);
        assertThat(rag.get("monthly").get("items").get(0).fieldNames())
                .toIterable()
                .containsExactly("name", "low", "high", "open_ended", "basis", "scaling", "how");
        assertThat(json.get("what_if").findValuesAsText("queries_per_month"))
                .containsExactly("1000", "10000", "100000");
    }

    @Test
    void moreQueriesAndMeasuredTokensAreCounted() throws Exception {
        var json = CommandRun.of("cost", "--queries", 20_000, "--tokens-per-query", 1_000, "--what-if", "5", "--json")
                .json();
        var calls = json.get("plans").get(0).get("monthly").get("items").get(3);
        assertThat(calls.get("name").asText()).isEqualTo("model calls");
        assertThat(calls.get("basis").asText()).isEqualTo("measured");
        assertRange(calls, 50, 200);
        assertThat(json.get("what_if")).hasSize(1);
    }

    @Test
    void aWorkspaceIsCounted() throws Exception {
        var documents = Files.createDirectories(folder.resolve("docs"));
        Files.writeString(documents.resolve("a.md"), "# Leave\n\nParental leave lasts 30 days.\n");
        Files.writeString(documents.resolve("b.md"), "# Parcels\n\nParcels to Norway take five days.\n");
        var workspace = folder.resolve("kb");
        CommandRun.of("init", workspace);
        var empty = CommandRun.of("cost", "-w", workspace);
        assertThat(empty.err()).contains("has no documents yet");
        assertThat(empty.exitCode()).isZero();
        assertThat(CommandRun.of("ingest", "-w", workspace, documents).exitCode())
                .isZero();
        var run = CommandRun.of("cost", "-w", workspace, "--json");
        assertThat(run.err()).contains("2 documents, 2 passages");
        var monthly = run.json().get("plans").get(0).get("monthly");
        // Index, embedding and quoted answers cost no service anything; infrastructure alone is left.
        assertRange(monthly.get("sum_of_parts"), 30, 100);
        assertThat(monthly.get("items").get(0).get("how").asText()).isEqualTo("the index is embedded in Tandem");
        // Paid model calls are, if somebody says how many tokens they take.
        var paid = CommandRun.of("cost", "-w", workspace, "--tokens-per-query", 2_000, "--json")
                .json();
        assertRange(paid.get("plans").get(0).get("monthly").get("items").get(3), 50, 200);
    }

    @Test
    void aPriceBookIsWrittenEditedAndUsed() throws Exception {
        var book = folder.resolve("prices.yaml");
        assertThat(CommandRun.of("cost", "--write-price-book", book).out()).contains("Wrote " + book);
        assertThat(CommandRun.of("cost", "--write-price-book", book).exitCode()).isEqualTo(1);
        Files.writeString(
                book,
                Files.readString(book)
                        .replace(
                                "low: 2000\n    high: 8000\n    unit: once",
                                "low: 1500\n    high: 1600\n    unit: once"));
        var json = CommandRun.of("cost", "--price-book", book, "--json").json();
        assertRange(json.get("plans").get(0).get("setup"), 1_500, 1_600);
        assertThat(json.get("price_book").asText()).isEqualTo(book.toString());
        Files.writeString(book, Files.readString(book).replace("low: 1500", "low: -1"));
        var wrong = CommandRun.of("cost", "--price-book", book);
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains(book + ":9: prices.rag_setup.low must be a number");
    }

    @Test
    void theReportIsOnePage() throws Exception {
        var report = folder.resolve("cost.html");
        var run = CommandRun.of("cost", "--report", report);
        assertThat(run.out()).contains("The report is in " + report);
        assertThat(Files.readString(report))
                .contains("<svg", "queries a month", "50-500")
                .doesNotContain("http:", "https:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--queries 0 | Queries a month must be from 1 to 1e12, not 0",
                "--what-if 10,-1 | Queries a month must be from 1 to 1e12, not -1",
                "--tokens-per-query NaN | Tokens per query must be a number from 0",
                "--documents -1 | Documents must be a number from 0",
                "--months 0 | --months must be from 1 to 120, not 0",
                "--hardware-price 2 | add --training-seconds",
                "--run nowhere | The folder nowhere holds no run",
                "--price-book nowhere.yaml | Cannot read the price book nowhere.yaml",
            })
    void badInputIsRefusedWithTheMend(String arguments, String message) {
        var run = CommandRun.of((Object[]) ("cost " + arguments).split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    private static void assertRange(JsonNode node, double low, double high) {
        assertThat(node.get("low").asDouble()).isEqualTo(low);
        assertThat(node.get("high").asDouble()).isEqualTo(high);
    }
}
