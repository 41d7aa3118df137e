package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.console.Terminal;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @Test
    void withoutACommandTheHelpIsShown() {
        var run = CommandRun.of();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("demo", "init", "ingest", "ask", "search", "status", "evaluate", "Exit codes");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aNarrowTerminalStillGetsHelp() {
        var out = new StringWriter();
        var narrow = new Terminal(new PrintWriter(out), new PrintWriter(out), true, true, false, 40);
        assertThat(TandemCommandLine.of(narrow).execute("ask", "--help")).isZero();
        assertThat(out.toString()).contains("tandem ask");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "audit",
                "init",
                "ingest",
                "ask",
                "search",
                "status",
                "serve",
                "key create",
                "key list",
                "key revoke",
                "mcp",
                "evaluate",
                "evaluate retrieval",
                "evaluate fusion",
                "evaluate declining",
                "runs list",
                "runs show",
                "runs diff",
                "testset draft",
                "testset review",
                "testset accept",
                "testset drop",
                "testset check",
                "store migrate",
                "store test",
                "score",
                "judge",
                "judge preference",
                "compare",
                "sweep",
                "advise",
                "cost",
                "model pull",
                "model list",
                "model test",
                "model info",
                "dataset collect",
                "dataset convert",
                "dataset validate",
                "dataset check",
                "dataset split",
                "tune",
                "generate",
                "perplexity",
                "adapter list",
                "adapter show",
                "adapter merge",
                "adapter export",
                "monitor show",
                "monitor baseline",
                "monitor test-alert",
                "trail show",
                "trail verify",
                "trail erase",
                "completion",
                "version"
            })
    void everyCommandExplainsItselfWithAnExampleAndCanWriteJson(String command) {
        var run = CommandRun.of((Object[]) (command + " --help").split(" ", -1));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Example", "tandem " + command, "--json", "--verbose");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aks hello | Unknown command aks. Did you mean ask? See `tandem --help`.",
                "frobnicate | Unknown command frobnicate. See `tandem --help`.",
                "ask --filtr x hello | Unknown option --filtr. Did you mean --filter? See `tandem ask --help`.",
                "status surplus | Unexpected argument surplus. See `tandem status --help`.",
                "search | Missing required parameter: 'QUESTION'. See `tandem search --help`.",
                "search --k many x | Invalid value for option '--k': 'many' is not an int. See `tandem search --help`.",
                "score | Missing required option: '--predictions=FILE'. See `tandem score --help`.",
                "score --predictions p --metrics bleu | --references is missing: bleu needs them. See `tandem score --help`.",
                "score --predictions p --references r --metrics blue | Invalid value for option '--metrics' (NAME): 'blue' is not bleu, chrf, chrf++, rouge1, rouge2, rougeL, rougeLsum, exact_match, f1, accuracy, similarity; rouge for all of its kinds. See `tandem score --help`.",
                "score --predictions p --references r --metrics accuracy | Say by what answers are right: --task label, numeric, contains, regex, json-schema or judge. See `tandem score --help`.",
                "score --predictions p --references r --task json-schema | --json-schema is missing: it names the schema of --task json-schema. See `tandem score --help`.",
                "score --predictions p --references r --task numeric --tolerance -1 | --tolerance is -1.0: it is a share of the reference, at least 0. See `tandem score --help`.",
                "judge --out o | Missing required option: '--input=FILE'. See `tandem judge --help`.",
                "judge --input i --out o --model-url http://x/v1 | --model-url goes with --judge llm. See `tandem judge --help`.",
                "judge --input i --out o --judge llm --model-url http://x/v1 | --model-name is missing: it names the model at --model-url. See `tandem judge --help`.",
                "judge --input i --out o --judge llm --parallel 0 | --parallel is 0: at least 1 record is judged at once. See `tandem judge --help`.",
                "judge preference --input i | Missing required option: '--out=FILE'. See `tandem judge preference --help`.",
                "runs | Say what to do: tandem runs list, show or diff. See `tandem runs --help`.",
                "evaluate retrieval | Missing required option: '--beir=FOLDER'. See `tandem evaluate retrieval --help`.",
                "evaluate fusion | 'Missing required argument (specify one of these): (--questions=FILE | --beir=FOLDER). See `tandem evaluate fusion --help`.'"
            })
    void wrongUsageIsOneLineThatHelps(String arguments, String message) {
        var run = CommandRun.of((Object[]) arguments.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip()).isEqualTo(message);
    }

    @Test
    void aQuestionThatLooksLikeAnOptionIsExplained() {
        var run = CommandRun.of("ask", "-5 degrees: is that cold?");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Put -- before a question that begins with a dash.");
    }

    @Test
    void theVersionIsToldInBothWays() throws Exception {
        assertThat(CommandRun.of("--version").out()).startsWith("tandem ");
        assertThat(CommandRun.of("version").out()).contains("Java " + Runtime.version());
        assertThat(CommandRun.of("version", "--json").json().fieldNames())
                .toIterable()
                .containsExactly("tandem", "java", "system");
    }

    @Test
    void completionKnowsTheCommands() throws Exception {
        var run = CommandRun.of("completion");
        assertThat(run.out()).contains("complete", "tandem", "ingest");
        assertThat(CommandRun.of("completion", "--json").json().get("script").asText())
                .contains("ingest");
    }

    /** Help is asked for often and must come at once: nothing heavy may be loaded for it. */
    @Test
    void helpLoadsNoLibraryButPicocli() throws Exception {
        var program = new File(System.getProperty("java.home"), "bin/java").toString();
        var process = new ProcessBuilder(List.of(
                        program,
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--help"))
                .redirectErrorStream(true)
                .start();
        var log = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(log).contains("picocli.CommandLine ", "Exit codes");
        assertThat(log).doesNotContain("org.apache.", "ai.onnxruntime", "com.fasterxml", "dev.langchain4j", "org.yaml");
    }
}
