package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.server.access.ApiKey;
import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem key}: who may use a served workspace. */
@Command(
        name = "key",
        description = "Make, list and revoke the keys of a served workspace.",
        subcommands = {KeyCommand.Create.class, KeyCommand.ListAll.class, KeyCommand.Revoke.class},
        footer = {"", "Example:", "  tandem key create phone-app -w my-kb --role ask"})
public final class KeyCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }

    private static ApiKeys keys(WorkspaceOption workspace) {
        return new ApiKeys(workspace.find().folder(), Clock.systemUTC());
    }

    private static Map<String, Object> json(ApiKey key) {
        return Json.object(
                "id", key.id(),
                "name", key.name(),
                "role", key.role().name().toLowerCase(Locale.ROOT),
                "principals", key.principals().stream().sorted().toList(),
                "created", key.created().toString(),
                "expires", key.expires().map(Instant::toString));
    }

    /** {@code tandem key create}. */
    @Command(
            name = "create",
            description = "Make a key and show it, once: only its hash is kept.",
            footer = {
                "",
                "Examples:",
                "  tandem key create phone-app -w my-kb",
                "  tandem key create anna -w my-kb --role edit --principal anna --principal hr --days 90"
            })
    public static final class Create implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Mixin
        private final WorkspaceOption workspace = new WorkspaceOption();

        @Parameters(paramLabel = "NAME", description = "The person or program that holds it.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "ask: search and ask; edit: also change documents, test sets and models;"
                        + " admin: everything (${DEFAULT-VALUE}).")
        private Role role = Role.ASK;

        @Option(
                names = "--principal",
                paramLabel = "NAME",
                description = "A user or group by whose rights documents are seen; may be given several times.")
        private List<String> principals = new ArrayList<>();

        @Option(names = "--days", paramLabel = "N", description = "After how many days it ends by itself.")
        private @Nullable Integer days;

        public Create(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var created = keys(workspace)
                    .create(
                            name,
                            role,
                            Set.copyOf(principals),
                            Optional.ofNullable(days).map(Duration::ofDays));
            var shown = json(created.key());
            shown.put("key", created.secret());
            if (common.json) {
                terminal.out().println(Json.pretty(shown));
            } else {
                terminal.out().println(created.secret());
                terminal.remark("Keep it: it is not shown again. It is sent as `Authorization: Bearer KEY`.");
            }
            return 0;
        }
    }

    /** {@code tandem key list}. */
    @Command(
            name = "list",
            description = "List the keys, without their secrets.",
            footer = {"", "Example:", "  tandem key list -w my-kb"})
    public static final class ListAll implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Mixin
        private final WorkspaceOption workspace = new WorkspaceOption();

        public ListAll(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var all = keys(workspace).all();
            if (common.json) {
                terminal.out()
                        .println(Json.pretty(all.stream().map(KeyCommand::json).toList()));
            } else if (all.isEmpty()) {
                terminal.out().println("No keys; make one with `tandem key create NAME`.");
            } else {
                all.forEach(key -> terminal.out().println(line(key)));
            }
            return 0;
        }

        private static String line(ApiKey key) {
            return String.format(
                    Locale.ROOT,
                    "%s  %-20s %-5s  made %s%s%s",
                    key.id(),
                    Terminal.printable(key.name()),
                    key.role().name().toLowerCase(Locale.ROOT),
                    key.created().truncatedTo(ChronoUnit.SECONDS),
                    key.expires()
                            .map(end -> ", ends " + end.truncatedTo(ChronoUnit.SECONDS))
                            .orElse(""),
                    key.principals().isEmpty() ? "" : ", sees as " + String.join(", ", key.principals()));
        }
    }

    /** {@code tandem key revoke}. */
    @Command(
            name = "revoke",
            description = "End a key; a server that runs refuses it from the next request on.",
            footer = {"", "Example:", "  tandem key revoke phone-app -w my-kb"})
    public static final class Revoke implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Mixin
        private final WorkspaceOption workspace = new WorkspaceOption();

        @Parameters(paramLabel = "NAME", description = "Its name or id.")
        private String name = "";

        public Revoke(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var key = keys(workspace).revoke(name);
            terminal.out()
                    .println(common.json ? Json.pretty(json(key)) : "Revoked " + key.name() + " (" + key.id() + ").");
            return 0;
        }
    }
}
