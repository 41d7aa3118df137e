package dev.tandem.foundation.offline;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** Chooses no proxy for this machine, and refuses every other host; safe for use by many threads. */
final class LoopbackOnly extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
        var host = uri.getHost() == null ? String.valueOf(uri.getAuthority()) : uri.getHost();
        OfflineGuard.check(host);
        return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no proxy that could be struck off.
    }
}
