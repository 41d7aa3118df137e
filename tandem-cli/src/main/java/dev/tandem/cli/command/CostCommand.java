package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.CostText;
import dev.tandem.evaluation.cost.CostModel;
import dev.tandem.evaluation.cost.CostPage;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.page.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem cost}: what each approach costs. */
@Command(
        name = "cost",
        description = {
            "What retrieval, fine-tuning and both cost to set up and a month, from a dated price book and what you measured.",
            "Every line says what it rests on; docs/advice.md explains each."
        },
        footer = {
            "",
            "Examples:",
            "  tandem cost",
            "  tandem cost --queries 50000 --tokens-per-query 2400 --what-if 10000,100000,1000000 --report cost.html",
            "  tandem cost -w my-kb --run adapter --hardware-price 2.5",
            "  tandem cost --write-price-book prices.yaml   # edit it, then: tandem cost --price-book prices.yaml"
        })
public final class CostCommand implements Callable<Integer> {
    /** Ten years. */
    private static final int MOST_MONTHS = 120;

    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkloadOptions work = new WorkloadOptions();

    @Option(names = "--queries", paramLabel = "N", description = "Queries a month (10000, or as the price book says).")
    private @Nullable Long queries;

    @Option(names = "--price-book", paramLabel = "FILE", description = "Your own prices, instead of the shipped ones.")
    private @Nullable Path priceBook;

    @Option(
            names = "--write-price-book",
            paramLabel = "FILE",
            description = "Write the shipped price book to a new file, to edit it, and do nothing else.")
    private @Nullable Path written;

    @Option(
            names = "--what-if",
            paramLabel = "N",
            split = ",",
            description = "Other numbers of queries a month (${DEFAULT-VALUE}).",
            defaultValue = "1000,10000,100000")
    private List<Long> whatIf = List.of();

    @Option(
            names = "--months",
            paramLabel = "N",
            description =
                    "Over how many months the set-up is spread to find where plans change places (${DEFAULT-VALUE}).")
    private int months = 12;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page to look at, in one HTML file.")
    private @Nullable Path report;

    public CostCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (written != null) {
            PriceBook.writeShipped(written);
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(Json.object("price_book", written))
                                    : "Wrote " + written + ": edit it, then `tandem cost --price-book " + written
                                            + "`.");
            return 0;
        }
        if (months < 1 || months > MOST_MONTHS) {
            throw new MendableException("--months must be from 1 to " + MOST_MONTHS + ", not " + months + ".");
        }
        var book = priceBook == null ? PriceBook.shipped() : PriceBook.read(priceBook);
        var model = new CostModel(book, work.workload(terminal));
        var page = new CostPage(model, queries == null ? model.assumedQueries() : queries, whatIf, months);
        var result = common.json ? Json.pretty(CostText.json(page)) : CostText.of(page, terminal);
        if (report != null) {
            Page.write(report, page.html());
        }
        terminal.out().println(result);
        if (report != null && !common.json) {
            terminal.out().println("\nThe report is in " + report + ".");
        }
        return 0;
    }
}
