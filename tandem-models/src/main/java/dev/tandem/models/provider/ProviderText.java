package dev.tandem.models.provider;

import java.util.Arrays;

/** The table of providers written for people: docs/providers.md. */
public final class ProviderText {
    private ProviderText() {}

    /** docs/providers.md. */
    public static String markdown() {
        var text = new StringBuilder("""
                # Providers

                Language models (`model.provider` in tandem.yaml), embedding models (`embedding.provider`) and re-rankers (`rerank.provider`) by name. A key is read from
                the environment variable that is named here, or from the one that `api_key_variable` names; it never stands in a file.
                `base_url` goes before the address here, for a proxy or a region.

                This page is generated from `dev.tandem.models.provider`
                (`./mvnw -pl tandem-models -am test -Dtandem.write.docs -Dsurefire.failIfNoSpecifiedTests=false -Dtest=ProviderTextTest`).

                ```yaml
                model:
                  provider: anthropic
                  name: claude-sonnet-4-6
                embedding:
                  provider: openai
                  model: text-embedding-3-small       # known below: no dimension needed
                rerank:
                  provider: cohere
                  model: rerank-v3.5
                ```

                `./tandem model test -w my-kb` asks each configured model once and says what is wrong.

                | `provider` | who | address | key | language models | embedding models | re-rankers |
                |---|---|---|---|---|---|---|
                """);
        for (var provider : ModelProvider.values()) {
            text.append("| `%s` | %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            provider.key(),
                            provider.title(),
                            provider.baseUrl().map(url -> "`" + url + "`").orElse("`base_url`"),
                            provider.keyVariable().map(name -> "`" + name + "`").orElse("none, unless named"),
                            provider.chats() ? "yes" : "",
                            provider.embeddings() == ModelProvider.Embeddings.NONE ? "" : "yes",
                            provider.reranks() ? "yes" : ""));
        }
        text.append("""

                All chat goes by OpenAI's protocol, which each of these documents for its own models, but Ollama's. Anthropic calls its own
                compatible endpoint a way to test rather than to produce: what it ignores (JSON schemas, seeds) is ignored here too.
                Voyage and Cohere are told questions from passages (`input_type`); for the others prefixes do that where a model was trained with one.

                **A sentence encoder of your own**, offline: `embedding: {provider: onnx, model: models/e5-base}` runs any BERT, RoBERTa or DistilBERT
                encoder exported to ONNX, as the hub has them (`model.onnx` or `onnx/model.onnx`, `tokenizer.json`, `config.json`). Pooling (mean or
                first token), the longest text and prefixes are read from the files that sentence-transformers adds; `question_prefix` and
                `passage_prefix` go before those. Passages found with it are not re-ranked by late interaction, as with every model but the embedded one.

                **A re-ranker of your own**, offline: `rerank: {provider: onnx, model: models/ms-marco-MiniLM-L6-v2}` runs a cross-encoder from such a
                folder. Every re-ranker gets the best `rerank.candidates` passages, title and headings before the text, and its scores decide their order.
                Servers are asked by Cohere's protocol (`POST /rerank`), which Jina's and vLLM's speak as well; Voyage's differs in the reply alone.

                | `embedding.model` | `provider` | numbers | reads, tokens | before a question | before a passage |
                |---|---|---|---|---|---|
                """);
        Arrays.stream(KnownEmbedding.values())
                .forEach(known -> text.append("| `%s` | `%s` | %d | %d | %s | %s |\n"
                        .formatted(
                                known.model(),
                                known.provider().key(),
                                known.dimension(),
                                known.maxTokens(),
                                quoted(known.questionPrefix()),
                                quoted(known.passagePrefix()))));
        text.append("""

                A request that a server refuses because it is busy (429) or down for a moment (500, 502, 503, 504, 529), or whose connection it
                does not take, is made again up to three times, half a second later and then twice as long each time, or when the server
                says (`Retry-After`, up to 30 s). After ten failures in a row a server is left alone for half a minute. A stream that has begun is
                never begun anew.

                What was run against real services: none, since none can be reached where Tandem is built. The protocols are held to the services'
                documentation by recorded replies (`ChatModelsTest`, `TypedEmbeddingModelTest`, `RemoteRerankerTest`, `PatientHttpClientTest`).
                """);
        return text.toString();
    }

    private static String quoted(String prefix) {
        return prefix.isEmpty() ? "" : "`" + prefix + "`";
    }
}
