package dev.tandem.stores.remote;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.models.http.Patience;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Opens indexes that vector databases keep. None asks its server for anything until it is used. */
public final class RemoteStores {
    /** A search waits for it, so it is short; ingest is run again where it is not enough, and goes on where it was. */
    private static final Patience PATIENCE = new Patience(4, Duration.ofMillis(200), Duration.ofSeconds(20));

    /** Where Pinecone makes an index unless the address says otherwise. */
    private static final String CLOUD = "aws";

    private static final String REGION = "us-east-1";
    private static final Pattern PLACE = Pattern.compile("(cloud|region)=([a-z0-9-]+)");

    private RemoteStores() {}

    /**
     * An index in Qdrant.
     *
     * @param url like {@code http://localhost:6333}
     * @param name of the index there: small letters, digits and hyphens
     */
    public static PassageIndex qdrant(String url, Optional<String> key, String name) {
        return new RemotePassageIndex(new Qdrant(qdrant(address(url), key, PATIENCE)), name);
    }

    static JsonServer qdrant(String address, Optional<String> key, Patience patience) {
        return new JsonServer(
                "Qdrant",
                address,
                key.map(each -> Map.of("api-key", each)).orElse(Map.of()),
                "QDRANT_API_KEY",
                patience);
    }

    /**
     * An index in Weaviate.
     *
     * @param url like {@code http://localhost:8080}
     * @param name of the index there: small letters, digits and hyphens
     */
    public static PassageIndex weaviate(String url, Optional<String> key, String name) {
        return new RemotePassageIndex(new Weaviate(weaviate(address(url), key, PATIENCE)), name);
    }

    static JsonServer weaviate(String address, Optional<String> key, Patience patience) {
        var headers = key.map(each -> Map.of("Authorization", "Bearer " + each)).orElse(Map.of());
        return new JsonServer("Weaviate", address, headers, "WEAVIATE_API_KEY", patience);
    }

    /**
     * An index in Pinecone.
     *
     * @param url of the control plane and where it makes indexes: {@code https://api.pinecone.io?cloud=aws&region=us-east-1}
     * @param name of the index there: small letters, digits and hyphens
     */
    public static PassageIndex pinecone(String url, Optional<String> key, String name) {
        var place = new HashMap<String, String>();
        PLACE.matcher(url).results().forEach(each -> place.put(each.group(1), each.group(2)));
        var indexes = new PineconeIndexes(
                pinecone(address(url), key, PATIENCE),
                place.getOrDefault("cloud", CLOUD),
                place.getOrDefault("region", REGION),
                Duration.ofMillis(250));
        return new RemotePassageIndex(new Pinecone(indexes), name);
    }

    static JsonServer pinecone(String address, Optional<String> key, Patience patience) {
        var headers = key.map(PineconeIndexes::headers).orElse(Map.of());
        return new JsonServer("Pinecone", address, headers, "PINECONE_API_KEY", patience);
    }

    /** Scheme, host and port. */
    private static String address(String url) {
        try {
            var parsed = new URI(url.strip());
            if (parsed.getHost() != null && String.valueOf(parsed.getScheme()).matches("https?")) {
                var path = parsed.getPath() == null ? "" : parsed.getPath().replaceAll("/+$", "");
                return parsed.getScheme() + "://" + parsed.getAuthority() + path;
            }
        } catch (URISyntaxException e) {
            throw noAddress(url);
        }
        throw noAddress(url);
    }

    private static MendableException noAddress(String url) {
        return new MendableException(
                "store.url is '" + url + "', which is no address of a server: write one like http://localhost:6333.");
    }
}
