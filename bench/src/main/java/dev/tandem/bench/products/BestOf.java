package dev.tandem.bench.products;

import dev.tandem.bench.products.DialogueAct.Slot;
import dev.tandem.evaluation.metric.fact.FactCheck;
import dev.tandem.foundation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Over-generate and choose, as the published systems do: where the likeliest answer has slot errors, more are drawn, and the first with the
 * fewest is taken. Errors are counted against what the hybrid knows: the attributes that were retrieved and what the request says
 * itself; references and test acts are not looked at.
 *
 * @param model that draws
 * @param values all values that a text might say
 * @param candidates how many answers there are to choose from, the likeliest among them
 */
public record BestOf(Answers model, List<String> values, int candidates) {
    private static final double TEMPERATURE = 0.7;

    /** The chosen answers. */
    public List<String> of(List<Requests.Request> requests, List<String> likeliest, Progress progress) {
        var check = new FactCheck(values);
        var best = new ArrayList<>(likeliest);
        int[] fewest = IntStream.range(0, best.size())
                .map(i -> errors(check, requests.get(i), best.get(i)))
                .toArray();
        for (int seed = 1; seed < candidates; seed++) {
            var wrong = IntStream.range(0, fewest.length)
                    .filter(i -> fewest[i] > 0)
                    .boxed()
                    .toList();
            if (wrong.isEmpty()) {
                break;
            }
            var drawn = model.to(
                    wrong.stream().map(i -> requests.get(i).prompt()).toList(),
                    Answers.drawn(TEMPERATURE, seed),
                    "Drawing again " + seed,
                    progress);
            for (int k = 0; k < drawn.size(); k++) {
                int i = wrong.get(k);
                int errors = errors(check, requests.get(i), drawn.get(k));
                if (errors < fewest[i]) {
                    fewest[i] = errors;
                    best.set(i, drawn.get(k));
                }
            }
        }
        return best;
    }

    private static int errors(FactCheck check, Requests.Request request, String text) {
        var known = new ArrayList<>(request.attributes().values());
        DialogueAct.parse(request.question()).slots().stream()
                .filter(slot -> !slot.key().equals("name"))
                .map(Slot::value)
                .forEach(known::add);
        // Every laptop is of the type laptop; the corpus counts it for nothing.
        known.removeIf(value -> value.equals("laptop"));
        return check.errors(text, known).count();
    }
}
