package dev.tandem.foundation.offline;

import dev.tandem.foundation.MendableException;
import java.net.NetworkInterface;
import java.net.ProxySelector;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;

/**
 * Offline mode: this process connects to nothing but the machine that it runs on, whatever is configured. Once installed
 * it stays for the life of the process; processes that it starts must be given {@link #inherited()}.
 *
 * <p>Two nets lie over each other in the process, both in the JDK itself, so that they also catch clients that libraries
 * make. {@link LoopbackResolver} gives no host but localhost an address. {@link LoopbackOnly} is the default proxy selector,
 * which the JDK's HTTP client, its URL connections and its plain sockets ask before they connect, and which refuses any other
 * host or literal address. It is not asked when an HTTP client follows a redirect by itself or a channel connects to a
 * literal address: a test of the architecture holds that no client here does either. Where the launcher could put the process into a network namespace
 * of its own, the kernel has no way out for it either; {@link #holding()} says which of them hold.
 */
public final class OfflineGuard {
    /** The system property by which a process is offline from its start; {@code true} or anything else. */
    public static final String PROPERTY = "tandem.offline";

    private OfflineGuard() {}

    /** Makes this process offline; does nothing more the second time. */
    public static void install() {
        System.setProperty(PROPERTY, "true");
        if (!(ProxySelector.getDefault() instanceof LoopbackOnly)) {
            ProxySelector.setDefault(new LoopbackOnly());
        }
    }

    /** Installs the guard in a process that was started with {@link #inherited()}. */
    public static void installIfInherited() {
        if (isInstalled()) {
            install();
        }
    }

    /** Whether this process is offline. */
    public static boolean isInstalled() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** What a Java process that this one starts must be given; empty where this one is not offline. */
    public static List<String> inherited() {
        return isInstalled() ? List.of("-D" + PROPERTY + "=true") : List.of();
    }

    /** Which guard holds, for people. */
    public static String holding() {
        if (!isInstalled()) {
            return "no guard: connections are made as configured";
        }
        return onlyLoopback()
                ? "network namespace: no interface but loopback, so the kernel lets nothing leave"
                : "resolver guard: no host but this machine is resolved or connected to";
    }

    /** Whether the kernel shows this process no network but its own. */
    static boolean onlyLoopback() {
        try {
            // Without a single interface Java throws, or gives null, by its version.
            var interfaces = NetworkInterface.getNetworkInterfaces();
            for (var each : interfaces == null ? List.<NetworkInterface>of() : Collections.list(interfaces)) {
                if (!each.isLoopback()) {
                    return false;
                }
            }
            return true;
        } catch (SocketException none) {
            return true;
        }
    }

    /**
     * Refuses a host that is not this machine.
     *
     * @param host a name or literal address, as a URI has it
     * @throws MendableException if this process is offline and the host is not this machine
     */
    public static void check(String host) {
        if (isInstalled() && !Loopback.is(host)) {
            throw refusal(host);
        }
    }

    static MendableException refusal(String host) {
        return new MendableException(
                "Tandem is offline (--offline, TANDEM_OFFLINE, or offline: true in tandem.yaml), so it"
                        + " does not connect to " + host + ": run without that, or name a server on this machine.");
    }
}
