package dev.tandem.bench.products;

import dev.tandem.bench.starter.Tasks.Dialogue;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.workspace.strategy.AskedAttributes;
import dev.tandem.workspace.strategy.HybridPrompt;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From dialogue acts to what is asked and what a model reads: the request, what is retrieved for it, and the hybrid's prompt, the same way for training
 * examples and test cases.
 */
public record Requests(Catalogue catalogue, Retriever retriever) {
    /** The request, and under it the attributes that it asks for. */
    public static final HybridPrompt PROMPT = new HybridPrompt("{question}\n{attributes}");

    private static final int PASSAGES = 5;

    /**
     * A request with what was found for it.
     *
     * @param act what is really to be said
     * @param question what is asked
     * @param prompt what the hybrid's model reads
     * @param attributes of the retrieved sheets that the request names, those that it asks for
     */
    public record Request(DialogueAct act, String question, String prompt, AskedAttributes attributes) {}

    /** Asks for what an act says. */
    public Request of(DialogueAct act) {
        var question = catalogue.request(act);
        var passages = retriever.retrieve(question, PASSAGES, new Filter.All()).passages().stream()
                .map(RetrievedPassage::passage)
                .toList();
        return new Request(act, question, PROMPT.fill(question, passages), AskedAttributes.of(question, passages));
    }

    /** Asks for all. */
    public List<Request> all(List<DialogueAct> acts, Progress progress) {
        try (var task = progress.start("Retrieving", acts.size(), "requests")) {
            return acts.parallelStream()
                    .map(act -> {
                        var request = of(act);
                        task.step(1);
                        return request;
                    })
                    .toList();
        }
    }

    /** Examples with the prompt that the hybrid would make in place of the act. */
    public List<Dialogue> prompts(List<Dialogue> dialogues, Progress progress) {
        var made = all(
                dialogues.stream().map(each -> DialogueAct.parse(each.act())).toList(), progress);
        return IntStream.range(0, made.size())
                .mapToObj(
                        i -> new Dialogue(made.get(i).prompt(), dialogues.get(i).text()))
                .toList();
    }
}
