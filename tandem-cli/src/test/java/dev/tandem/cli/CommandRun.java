package dev.tandem.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.cli.console.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** A command as it was run, with what it wrote. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = Terminal.plain(new PrintWriter(out), new PrintWriter(err));
        int exitCode = TandemCommandLine.of(terminal)
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        terminal.out().flush();
        terminal.err().flush();
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** All of stdout as one JSON value; fails if there is anything else. */
    JsonNode json() throws Exception {
        return JsonMapper.builder()
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(out);
    }
}
