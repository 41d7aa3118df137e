package dev.tandem.workspace;

import dev.langchain4j.model.scoring.ScoringModel;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.http.Patience;
import dev.tandem.models.http.PatientHttpClient;
import dev.tandem.models.provider.ModelProvider;
import dev.tandem.models.rerank.OnnxCrossEncoder;
import dev.tandem.models.rerank.RemoteReranker;
import dev.tandem.workspace.settings.RerankSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/** The re-ranker that the settings name. */
final class Rerankers {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Rerankers() {}

    static ScoringModel open(Workspace workspace) {
        var settings = workspace.settings().rerank();
        if (settings.provider() == RerankSettings.Provider.ONNX) {
            return OnnxCrossEncoder.of(workspace.resolve(needed(settings.model(), "model")));
        }
        return settings.provider()
                .service()
                .map(service -> remote(settings, service))
                .orElseThrow(() -> new MendableException("The workspace " + workspace.folder()
                        + " has no re-ranker: name one under rerank in tandem.yaml (docs/providers.md)."));
    }

    private static ScoringModel remote(RerankSettings settings, ModelProvider service) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        return new RemoteReranker(
                new PatientHttpClient(client.build(), Patience.USUAL),
                new RemoteReranker.Endpoint(
                        needed(settings.baseUrl().or(service::rerankUrl), "base_url") + "/rerank",
                        needed(settings.model(), "model"),
                        settings.apiKeyVariable()
                                .or(service::keyVariable)
                                .map(variable -> ApiKey.read("rerank.api_key_variable", variable)),
                        settings.timeout()));
    }

    private static <T> T needed(Optional<T> setting, String name) {
        return setting.orElseThrow(() -> new MendableException("rerank." + name
                + " is missing in tandem.yaml: set it (docs/configuration.md), or rerank.provider to" + " none."));
    }
}
