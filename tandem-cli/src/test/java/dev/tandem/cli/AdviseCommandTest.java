package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.advice.Advisor;
import dev.tandem.evaluation.advice.Answers;
import dev.tandem.evaluation.advice.Industry;
import dev.tandem.evaluation.advice.SettingAdvice;
import dev.tandem.evaluation.cost.CostModel;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.cost.Workload;
import dev.tandem.workspace.settings.SettingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdviseCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void thePathIsATreeForPeopleAndAnArrayForPrograms() throws Exception {
        var flags = new Object[] {
            "advise",
            "--knowledge-changes",
            "yes",
            "--new-behaviour",
            "no",
            "--attribution",
            "yes",
            "--latency-ms",
            "800",
            "--budget",
            "4000",
            "--industry",
            "legal"
        };
        var run = CommandRun.of(flags);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("├─ Does the knowledge change often?  yes", "still open: rag, hybrid")
                .contains("no, within 800 ms", "hybrid (starts at 7,000 USD)", "└─ recommendation: rag")
                .contains("retrieval.fusion: precise");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 110);
        var withJson = new ArrayList<>(List.of(flags));
        withJson.add("--json");
        var json = CommandRun.of(withJson.toArray()).json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "recommendation",
                        "reason",
                        "by_rules",
                        "path",
                        "gives_way",
                        "industry",
                        "constraint",
                        "settings",
                        "commands",
                        "evidence",
                        "costs",
                        "currency");
        assertThat(json.get("recommendation").asText()).isEqualTo("rag");
        assertThat(json.get("path")).hasSize(5);
        for (var step : json.get("path")) {
            assertThat(step.get("question").asText()).endsWith("?");
            assertThat(step.get("answer").asText()).isNotBlank();
            assertThat(step.get("consequence").asText()).endsWith(".");
        }
        assertThat(json.get("evidence").isNull()).isTrue();
    }

    @Test
    void whatIsLeftOutIsAssumed() throws Exception {
        var json = CommandRun.of("advise", "--new-behaviour", "yes", "--json").json();
        assertThat(json.get("recommendation").asText()).isEqualTo("hybrid");
        assertThat(json.get("path").findValuesAsText("origin"))
                .containsExactly("assumed", "given", "assumed", "assumed", "assumed");
        assertThat(CommandRun.of("advise", "--new-behaviour", "yes").out()).contains("Assumed answers are Tandem's");
    }

    @Test
    void withoutATerminalAndWithoutFlagsTheFlagsAreNamed() {
        var run = CommandRun.of("advise");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("Nobody is there to be asked", "--knowledge-changes", "--new-behaviour", "--attribution")
                .contains("--latency-ms", "--budget", "--examples", "--industry");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--knowledge-changes perhaps | 2 | is neither yes nor no",
                "--industry leagl | 2 | has no preset; did you mean legal?",
                "--industry mining | 2 | there are healthcare, legal, finance, e-commerce, education, manufacturing",
                "--latency-ms 0 | 1 | --latency-ms must be at least 1 millisecond",
                "--budget -5 | 1 | --budget must be an amount of money",
                "--examples -1 | 1 | --examples must be a number from 0 on",
                "--budget 10 --price-book nowhere.yaml | 1 | Cannot read the price book",
            })
    void badInputIsRefused(String arguments, int exitCode, String message) {
        var run = CommandRun.of((Object[]) ("advise " + arguments).split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void aPriceBookOfOnesOwnMovesWhatABudgetRulesOut() throws Exception {
        var book = folder.resolve("prices.yaml");
        Files.writeString(
                book, PriceBook.shippedText().replace("low: 3000", "low: 30").replace("low: 1000", "low: 10"));
        var json = CommandRun.of(
                        "advise", "--knowledge-changes", "no", "--new-behaviour", "yes", "--budget", 4_000, "--json")
                .json();
        assertThat(json.get("recommendation").asText()).isEqualTo("rag");
        var cheaper = CommandRun.of(
                        "advise",
                        "--knowledge-changes",
                        "no",
                        "--new-behaviour",
                        "yes",
                        "--budget",
                        4_000,
                        "--price-book",
                        book,
                        "--json")
                .json();
        assertThat(cheaper.get("recommendation").asText()).isEqualTo("fine-tuning");
    }

    @Test
    void theReportIsOnePage() throws Exception {
        var report = folder.resolve("advice.html");
        var run = CommandRun.of("advise", "--industry", "e-commerce", "--latency-ms", 300, "--report", report);
        assertThat(run.out()).contains("The report is in " + report);
        assertThat(Files.readString(report))
                .contains("Recommendation: hybrid", "class=\"path\"", "class=\"conflict\"", "model.adapter")
                .doesNotContain("http:", "https:", "<script");
    }

    /** Every key that is ever named exists and takes the value, and every command is one of Tandem's with its options. */
    @ParameterizedTest
    @EnumSource
    void presetsNameOnlyWhatExists(Industry industry) {
        for (boolean behaviour : new boolean[] {true, false}) {
            for (int latency : new int[] {300, 3_000}) {
                var advice = new Advisor(new CostModel(PriceBook.shipped(), Workload.UNKNOWN))
                        .advise(
                                new Answers(
                                        Optional.empty(),
                                        Optional.of(behaviour),
                                        Optional.empty(),
                                        OptionalInt.of(latency),
                                        OptionalDouble.empty(),
                                        OptionalInt.empty(),
                                        Optional.of(industry)),
                                Optional.empty());
                SettingsReader.read(yaml(advice.settings()), "advised.yaml");
                for (var line : advice.commands()) {
                    for (var command : line.split(" && ", -1)) {
                        assertKnown(command);
                    }
                }
            }
        }
    }

    private static String yaml(List<SettingAdvice> settings) {
        return settings.stream()
                .collect(Collectors.groupingBy(setting -> setting.key().split("\\.", -1)[0]))
                .entrySet()
                .stream()
                .map(section -> section.getKey() + ":\n"
                        + section.getValue().stream()
                                .map(setting ->
                                        "  " + setting.key().split("\\.", -1)[1] + ": " + setting.value() + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    private static void assertKnown(String command) {
        var words = new ArrayList<String>();
        var matcher = Pattern.compile("\"[^\"]*\"|\\S+").matcher(command);
        while (matcher.find()) {
            words.add(matcher.group().replace("\"", ""));
        }
        assertThat(words.removeFirst()).isEqualTo("tandem");
        var terminal = dev.tandem.cli.console.Terminal.plain(
                new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        // Fails for an unknown command, option or value; runs nothing.
        assertThat(TandemCommandLine.of(terminal)
                        .parseArgs(words.toArray(String[]::new))
                        .hasSubcommand())
                .isTrue();
    }
}
