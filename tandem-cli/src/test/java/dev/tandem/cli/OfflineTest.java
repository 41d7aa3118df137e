package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is configured, offline nothing leaves: a server listens on an address of this machine that is not loopback, where
 * there is one, and is never reached. Each command is a process of its own, because the guard stays for a process's life.
 */
class OfflineTest {
    private final Path workspace;

    OfflineTest(@TempDir Path folder) throws Exception {
        workspace = folder.resolve("kb");
        var documents = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(documents.resolve("leave.md"), "# Leave\n\nParental leave lasts 26 weeks.\n");
        CommandRun.of("init", workspace);
        assertThat(CommandRun.of("ingest", "-w", workspace, documents).exitCode())
                .isZero();
    }

    @Test
    void everyConfiguredServerIsRefusedByNameAndByAddress() throws Exception {
        var reached = new AtomicInteger();
        try (var server = new ServerSocket(0, 50, outward())) {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (var socket = server.accept()) {
                        reached.incrementAndGet();
                    } catch (java.io.IOException closed) {
                        return;
                    }
                }
            });
            var address = server.getInetAddress().isLoopbackAddress()
                    ? "192.0.2.77:80"
                    : server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
            settings("model: {provider: openai-compatible, name: m, base_url: \"http://" + address + "/v1\"}");
            refused(address, run("HF_ENDPOINT=x", "ask", "--offline", "-w", workspace, "How long is parental leave?"));
            settings("offline: true\nmodel: {provider: ollama, name: m, base_url: \"http://models.example\"}");
            refused("models.example", run("HF_ENDPOINT=x", "ask", "-w", workspace, "How long is parental leave?"));
            settings("embedding: {provider: ollama, model: e, dimension: 8, base_url: \"http://" + address + "\"}");
            refused(address, run("TANDEM_OFFLINE=1", "ingest", "--rebuild", "-w", workspace));
            refused(
                    address,
                    run(
                            "HF_ENDPOINT=http://" + address,
                            "model",
                            "pull",
                            "--offline",
                            "owner/name",
                            "--out",
                            workspace.resolve("m")));
            refused(
                    "hub.example",
                    run(
                            "HF_ENDPOINT=https://hub.example",
                            "model",
                            "pull",
                            "--offline",
                            "owner/name",
                            "--out",
                            workspace.resolve("m")));
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void whatNeedsNoNetworkWorksAndStatusSaysWhichGuardHolds() throws Exception {
        assertThat(run("HF_ENDPOINT=x", "ask", "--offline", "-w", workspace, "How long does parental leave last?"))
                .contains("Parental leave lasts 26 weeks. [1]");
        assertThat(run("TANDEM_OFFLINE=yes", "status", "-w", workspace))
                .containsPattern("offline +(resolver guard|network namespace)");
        assertThat(run("HF_ENDPOINT=x", "status", "-w", workspace))
                .doesNotContain("resolver guard", "network namespace");
    }

    private static void refused(String address, String said) {
        assertThat(said)
                .contains("Tandem is offline", "so it does not connect to " + address.replaceFirst(":\\d+$", ""))
                .endsWith("exit 1");
    }

    private void settings(String yaml) throws Exception {
        Files.writeString(workspace.resolve("tandem.yaml"), yaml + "\n");
    }

    private static InetAddress outward() throws Exception {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress());
    }

    /** What a command says, and how it ends. */
    private static String run(String variable, Object... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                new File(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true);
        int equals = variable.indexOf('=');
        process.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        var running = process.start();
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.strip() + " exit " + running.waitFor();
    }
}
