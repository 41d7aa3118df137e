package dev.tandem.foundation.offline;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** The JDK's name service as it is, except that an offline process is given the addresses of this machine alone. */
public final class LoopbackResolver extends InetAddressResolverProvider {
    /** For the service loader. */
    public LoopbackResolver() {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        var standard = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (OfflineGuard.isInstalled() && !Loopback.is(host)) {
                    throw refused(host);
                }
                var found = standard.lookupByName(host, policy).toList();
                // The machine's own table of hosts may name anything localhost.
                if (OfflineGuard.isInstalled() && !found.stream().allMatch(InetAddress::isLoopbackAddress)) {
                    throw refused(host);
                }
                return found.stream();
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                if (OfflineGuard.isInstalled()
                        && !InetAddress.getByAddress(address).isLoopbackAddress()) {
                    // A reverse lookup would ask a name server.
                    throw new UnknownHostException("offline");
                }
                return standard.lookupByAddress(address);
            }
        };
    }

    private static UnknownHostException refused(String host) {
        var refused = new UnknownHostException(host + " (Tandem is offline)");
        refused.initCause(OfflineGuard.refusal(host));
        return refused;
    }

    @Override
    public String name() {
        return "tandem";
    }
}
