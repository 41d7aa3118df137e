package dev.tandem.workspace.testset;

import dev.tandem.evaluation.draft.SourceDocument;
import dev.tandem.evaluation.testset.Difficulty;
import dev.tandem.evaluation.testset.TestCase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of the documents a test set asks about.
 *
 * @param documents in the index
 * @param asked documents that at least one question names
 * @param topics by folder, in order
 * @param types questions by type's key
 * @param difficulties questions by difficulty's key, "unknown" where none is given
 * @param origins questions by origin, "unknown" where none is given
 */
public record Coverage(
        int documents,
        int asked,
        List<Topic> topics,
        Map<String, Integer> types,
        Map<String, Integer> difficulties,
        Map<String, Integer> origins) {
    /** A folder: its documents, those of them that are asked about, and the questions that name one of them. */
    public record Topic(String name, int documents, int asked, int questions) {}

    static Coverage of(List<TestCase> cases, List<SourceDocument> documents) {
        var named = cases.stream().flatMap(each -> each.documents().stream()).collect(Collectors.toSet());
        var byTopic = documents.stream()
                .collect(Collectors.groupingBy(
                        SourceDocument::topic,
                        TreeMap::new,
                        Collectors.mapping(SourceDocument::path, Collectors.toSet())));
        var topics = byTopic.entrySet().stream()
                .map(topic -> new Topic(
                        topic.getKey(),
                        topic.getValue().size(),
                        (int) topic.getValue().stream().filter(named::contains).count(),
                        (int) cases.stream()
                                .filter(each -> each.documents().stream().anyMatch(topic.getValue()::contains))
                                .count()))
                .toList();
        return new Coverage(
                documents.size(),
                (int) documents.stream()
                        .map(SourceDocument::path)
                        .filter(named::contains)
                        .count(),
                topics,
                counts(cases, each -> each.type().key()),
                counts(cases, each -> each.difficulty().map(Difficulty::key).orElse("unknown")),
                counts(cases, each -> each.origin().orElse("unknown")));
    }

    private static Map<String, Integer> counts(List<TestCase> cases, Function<TestCase, String> key) {
        return cases.stream().collect(Collectors.toMap(key, each -> 1, Integer::sum, TreeMap::new));
    }
}
