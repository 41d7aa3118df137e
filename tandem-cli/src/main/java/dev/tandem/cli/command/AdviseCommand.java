package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.AdviceText;
import dev.tandem.evaluation.advice.AdvicePage;
import dev.tandem.evaluation.advice.Advisor;
import dev.tandem.evaluation.advice.Answers;
import dev.tandem.evaluation.advice.Evidence;
import dev.tandem.evaluation.advice.Industry;
import dev.tandem.evaluation.cost.CostModel;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.cost.Workload;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.page.Page;
import dev.tandem.workspace.compare.OutcomeFile;
import dev.tandem.workspace.settings.Suggestion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code tandem advise}: the decision questions. */
@Command(
        name = "advise",
        description = {
            "Retrieval, fine-tuning, or both? Walks the questions that decide it and shows each step.",
            "On a terminal without flags it asks. These are rules of thumb: what `tandem compare` measured in a workspace (-w)",
            "overrules them."
        },
        footer = {
            "",
            "Examples:",
            "  tandem advise",
            "  tandem advise --knowledge-changes yes --new-behaviour no --attribution yes --latency-ms 800 --budget 4000",
            "  tandem advise -w shop --attribution yes",
            "  tandem advise --industry legal --examples 60 --report advice.html"
        })
public final class AdviseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(
            names = "--knowledge-changes",
            arity = "1",
            paramLabel = "yes|no",
            converter = YesNo.class,
            description = "Whether the knowledge changes often.")
    private @Nullable Boolean knowledgeChanges;

    @Option(
            names = "--new-behaviour",
            arity = "1",
            paramLabel = "yes|no",
            converter = YesNo.class,
            description = "Whether the model must behave in a new way: style, format, a task of its own.")
    private @Nullable Boolean newBehaviour;

    @Option(
            names = "--attribution",
            arity = "1",
            paramLabel = "yes|no",
            converter = YesNo.class,
            description = "Whether every answer must name its sources.")
    private @Nullable Boolean attribution;

    @Option(
            names = "--latency-ms",
            paramLabel = "N",
            description = "How long an answer may take; up to 500 counts as critical.")
    private @Nullable Integer latency;

    @Option(names = "--budget", paramLabel = "X", description = "For setting up, in the price book's currency.")
    private @Nullable Double budget;

    @Option(names = "--examples", paramLabel = "N", description = "Training examples that there are.")
    private @Nullable Integer examples;

    @Option(
            names = "--industry",
            paramLabel = "NAME",
            converter = IndustryName.class,
            description =
                    "Settings and answers of healthcare, legal, finance, e-commerce, education or manufacturing; flags overrule the answers.")
    private @Nullable Industry industry;

    @Option(names = "--price-book", paramLabel = "FILE", description = "Your own prices; see tandem cost.")
    private @Nullable Path priceBook;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page to look at, in one HTML file.")
    private @Nullable Path report;

    public AdviseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var book = priceBook == null ? PriceBook.shipped() : PriceBook.read(priceBook);
        var answers = answers();
        var evidence = evidence();
        if (answers.equals(Answers.NONE) && evidence.isEmpty()) {
            answers = asked();
        }
        var advice = new Advisor(new CostModel(book, Workload.UNKNOWN)).advise(answers, evidence);
        if (report != null) {
            Page.write(report, new AdvicePage(advice).html());
        }
        terminal.out().println(common.json ? Json.pretty(AdviceText.json(advice)) : AdviceText.of(advice, terminal));
        if (report != null && !common.json) {
            terminal.out().println("\nThe report is in " + report + ".");
        }
        return 0;
    }

    /** What {@code tandem compare} found in the workspace that is named. */
    private Optional<Evidence> evidence() {
        return workspace.given() ? OutcomeFile.evidence(workspace.find()) : Optional.empty();
    }

    private Answers asked() {
        if (!Interview.isPossible(terminal)) {
            throw new MendableException(
                    "Nobody is there to be asked: answer by flags, at least one of --knowledge-changes"
                            + " yes|no, --new-behaviour yes|no, --attribution yes|no, --latency-ms N, --budget X, --examples N and"
                            + " --industry NAME; what is left out is assumed.");
        }
        return new Interview(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8), terminal).answers();
    }

    private Answers answers() {
        return new Answers(
                Optional.ofNullable(knowledgeChanges),
                Optional.ofNullable(newBehaviour),
                Optional.ofNullable(attribution),
                latency == null ? OptionalInt.empty() : OptionalInt.of(latency),
                budget == null ? OptionalDouble.empty() : OptionalDouble.of(budget),
                examples == null ? OptionalInt.empty() : OptionalInt.of(examples),
                Optional.ofNullable(industry));
    }

    /** Yes or no. */
    static final class YesNo implements ITypeConverter<Boolean> {
        @Override
        public Boolean convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "yes", "y", "true" -> true;
                case "no", "n", "false" -> false;
                default -> throw new TypeConversionException("'" + value + "' is neither yes nor no");
            };
        }
    }

    /** An industry that has a preset. */
    static final class IndustryName implements ITypeConverter<Industry> {
        @Override
        public Industry convert(String value) {
            var labels = Arrays.stream(Industry.values()).map(Industry::label).toList();
            var written = value.toLowerCase(Locale.ROOT).replace('_', '-');
            return Arrays.stream(Industry.values())
                    .filter(each -> each.label().equals(written))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' has no preset; "
                            + Suggestion.nearest(written, labels)
                                    .map(meant -> "did you mean " + meant + "?")
                                    .orElse("there are " + labels.stream().collect(Collectors.joining(", ")))));
        }
    }
}
