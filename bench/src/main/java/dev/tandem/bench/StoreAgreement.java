package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether workspaces that differ in their store answer the same questions with the same documents: asks every question of a file
 * (a JSON object with {@code question} a line) of each workspace, and compares the best ten passages, in order, and the answers.
 *
 * <p>Arguments: the questions, two workspaces that ingested the same documents.
 */
public final class StoreAgreement {
    private static final int DEPTH = 10;

    private StoreAgreement() {}

    /** What one workspace says to a question. */
    private record Said(List<String> documents, List<String> passages, String answer) {}

    public static void main(String[] arguments) throws IOException {
        var questions = new ArrayList<String>();
        var json = new ObjectMapper();
        for (var line : Files.readAllLines(Path.of(arguments[0]))) {
            questions.add(json.readTree(line).path("question").asText());
        }
        var first = ask(Path.of(arguments[1]), questions);
        var second = ask(Path.of(arguments[2]), questions);
        int documents = 0;
        int passages = 0;
        int answers = 0;
        for (int i = 0; i < questions.size(); i++) {
            documents += first.get(i).documents().equals(second.get(i).documents()) ? 1 : 0;
            answers += first.get(i).answer().equals(second.get(i).answer()) ? 1 : 0;
            if (first.get(i).passages().equals(second.get(i).passages())) {
                passages++;
            } else {
                System.out.println("differs: " + questions.get(i) + "\n  "
                        + first.get(i).passages() + "\n  " + second.get(i).passages());
            }
        }
        System.out.printf(
                "of %d questions the same: best %d passages in order %d, their documents in order %d, answers %d%n",
                questions.size(), DEPTH, passages, documents, answers);
    }

    private static List<Said> ask(Path folder, List<String> questions) {
        var said = new ArrayList<Said>();
        try (var open = new OpenWorkspace(Workspace.at(folder))) {
            var retriever = open.retriever();
            var answerer = open.answerer();
            for (var question : questions) {
                var found =
                        retriever.retrieve(question, DEPTH, new Filter.All()).passages();
                said.add(new Said(
                        found.stream().map(each -> each.passage().document()).toList(),
                        found.stream().map(StoreAgreement::place).toList(),
                        answerer.answer(question, new Filter.All(), piece -> {}).text()));
            }
        }
        return said;
    }

    private static String place(RetrievedPassage found) {
        return found.passage().id();
    }
}
