package dev.tandem.cli.command;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which documents may be used. */
final class FilterOption {
    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description =
                    "Use only documents whose fields meet it, as in: department = \"hr\" and updated >= 2025-01-01")
    private @Nullable String condition;

    Filter parse() {
        return condition == null ? new Filter.All() : FilterParser.parse(condition);
    }
}
