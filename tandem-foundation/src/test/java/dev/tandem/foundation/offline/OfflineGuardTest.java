package dev.tandem.foundation.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard stays for the life of a process, so each look at it is one of its own. */
class OfflineGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "api.localhost",
                "127.0.0.1",
                "127.8.9.10",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1"
            })
    void thisMachineIsToldByItsNamesAndAddresses(String host) {
        assertThat(Loopback.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "127.0.0.256",
                "128.0.0.1",
                "1270.0.1",
                "0.0.0.0",
                "10.0.0.1",
                "[fd00::2]",
                "::2",
                "::ffff:10.0.0.1",
                "notlocalhost",
                ""
            })
    void everythingElseIsAnotherMachine(String host) {
        assertThat(Loopback.is(host)).isFalse();
    }

    /** A server listens on an address of this machine that is not loopback: it would see whatever leaves. */
    @Test
    void noClientReachesAnAddressThatIsNotLoopbackAndNoNameIsLookedUp() throws Exception {
        var address = outward();
        assumeTrue(address.isPresent(), "this machine has no address but loopback");
        var reached = new AtomicInteger();
        try (var server = new ServerSocket(0, 50, address.get());
                var near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (var each : List.of(server, near)) {
                Thread.ofVirtual().start(() -> {
                    while (!each.isClosed()) {
                        try (var socket = each.accept()) {
                            reached.addAndGet(each.equals(server) ? 1 : 0);
                            socket.getOutputStream()
                                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                            .getBytes(StandardCharsets.US_ASCII));
                        } catch (java.io.IOException closed) {
                            return;
                        }
                    }
                });
            }
            // Without the guard it is reached, so that its silence later means something.
            assertThat(run(
                            Client.class,
                            "online",
                            address.get().getHostAddress(),
                            "" + server.getLocalPort(),
                            "" + near.getLocalPort()))
                    .contains("http: 200", "socket: connected");
            assertThat(reached.getAndSet(0)).isPositive();
            var offline = run(
                    Client.class,
                    "offline",
                    address.get().getHostAddress(),
                    "" + server.getLocalPort(),
                    "" + near.getLocalPort());
            assertThat(offline.lines().filter(line -> line.startsWith("far ")))
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(line)
                            .contains("Tandem is offline", address.get().getHostAddress()));
            assertThat(offline).contains("near http: 200", "name: refused", "redirect: refused");
            assertThat(reached).hasValue(0);
        }
    }

    @Test
    void aProcessThatIsStartedInheritsIt() throws Exception {
        assertThat(run(Child.class)).contains("[-Dtandem.offline=true]", "installed true");
    }

    /** Tries every way to connect that this JDK's libraries use. */
    static final class Client {
        public static void main(String[] arguments) throws Exception {
            if (arguments[0].equals("offline")) {
                OfflineGuard.install();
            }
            var far = URI.create("http://" + arguments[1] + ":" + arguments[2] + "/");
            var near = URI.create("http://localhost:" + arguments[3] + "/");
            var request = HttpRequest.newBuilder(far).build();
            try (var client = HttpClient.newHttpClient()) {
                say(
                        "far http",
                        () -> client.send(request, BodyHandlers.discarding()).statusCode());
                say(
                        "far async",
                        () -> client.sendAsync(request, BodyHandlers.discarding())
                                .join()
                                .statusCode());
                say("far url", () -> far.toURL().openStream().readAllBytes().length);
                say("far socket", () -> {
                    try (var socket = new Socket()) {
                        socket.connect(new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2])), 2000);
                        return "connected";
                    }
                });
                say(
                        "near http",
                        () -> client.send(HttpRequest.newBuilder(near).build(), BodyHandlers.discarding())
                                .statusCode());
            }
            if (arguments[0].equals("offline")) {
                resolver();
                redirect(arguments[1], arguments[2]);
            }
        }

        /** Names that the machine itself knows, so that without the guard they would be found. */
        private static void resolver() throws Exception {
            try {
                var own = java.nio.file.Files.exists(java.nio.file.Path.of("/proc/sys/kernel/hostname"))
                        ? java.nio.file.Files.readString(java.nio.file.Path.of("/proc/sys/kernel/hostname"))
                                .strip()
                        : "example.com";
                System.out.println("name: " + (Loopback.is(own) ? "refused" : InetAddress.getByName(own)));
            } catch (UnknownHostException e) {
                System.out.println("name: refused");
            }
        }

        private static void redirect(String host, String port) throws Exception {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> {
                    try (var socket = server.accept()) {
                        var request = new byte[1024];
                        if (socket.getInputStream().read(request) < 0) {
                            return;
                        }
                        socket.getOutputStream()
                                .write(("HTTP/1.1 302 Found\r\nLocation: http://" + host + ":" + port
                                                + "/\r\nContent-Length: 0\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                    } catch (java.io.IOException closed) {
                        // the client was refused
                    }
                });
                try {
                    var uri = URI.create("http://localhost:" + server.getLocalPort() + "/");
                    System.out.println("redirect: " + uri.toURL().openStream().readAllBytes().length);
                } catch (Exception e) {
                    System.out.println("redirect: refused");
                }
            }
        }

        private interface Work {
            Object run() throws Exception;
        }

        private static void say(String way, Work work) {
            try {
                System.out.println(way + ": " + work.run());
            } catch (Exception e) {
                var told = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
                System.out.println(way + ": " + told.getMessage());
            }
        }
    }

    /** Says what it would give a process that it starts. */
    static final class Child {
        public static void main(String[] arguments) {
            System.out.println(OfflineGuard.inherited());
            OfflineGuard.install();
            System.out.println(OfflineGuard.inherited());
            OfflineGuard.installIfInherited();
            System.out.println("installed " + OfflineGuard.isInstalled());
        }
    }

    private static Optional<InetAddress> outward() throws Exception {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    private static String run(Class<?> program, String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                new File(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
