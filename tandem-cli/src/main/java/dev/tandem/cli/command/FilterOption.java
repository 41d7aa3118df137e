package dev.tandem.cli.command;

import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import java.util.ArrayList;
import java.util.List;
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

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description =
                    "Use only what a user or group may see, by the documents' access field; may be given several times.")
    private List<String> principals = new ArrayList<>();

    Filter parse() {
        Filter filter = condition == null ? new Filter.All() : FilterParser.parse(condition);
        return principals.isEmpty() ? filter : AccessList.restrict(filter, principals);
    }
}
