package dev.tandem.bench.products;

import dev.tandem.bench.products.DialogueAct.Slot;
import dev.tandem.evaluation.metric.fact.FactCheck;
import dev.tandem.evaluation.metric.fact.FactErrors;
import dev.tandem.evaluation.metric.text.Bleu;
import dev.tandem.evaluation.metric.text.BleuTokenizer;
import dev.tandem.evaluation.metric.text.CorpusMetric;
import dev.tandem.evaluation.metric.text.Rouge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Scores of texts by RNNLG's own grouping of references (github.com/shawnwun/RNNLG, DataReader and DataLexicaliser): those of an act
 * are the texts of all test acts of the same type with the same keys, values exchanged; see reference/tuning/bleu.py, which counts
 * the same. One text an act is scored; the corpus's authors score five.
 */
public final class CorpusScore {
    private static final Bleu BLEU = new Bleu(BleuTokenizer.NONE, true);
    private static final Rouge ROUGE = new Rouge(false);
    private static final Pattern END = Pattern.compile(" [.?!]$");
    private static final String BUSINESS = "isforbusinesscomputing";
    private static final Set<String> BUSINESS_WORDS = Set.of("business", "nonbusiness", "home", "personal", "general");
    private static final Set<String> UNCOUNTED_ACTS = Set.of("?select", "suggest");

    private final List<DialogueAct> acts;
    private final List<List<String>> references;
    private final List<List<String>> own;
    private final FactCheck facts;

    /**
     * Scores of a group of acts.
     *
     * @param acts how many
     * @param bleu in [0, 1]
     * @param rougeL its F-measure against the texts of exactly the act, in [0, 1]
     * @param errors slot errors by {@link FactCheck}
     * @param binary the corpus's keyword count of errors in the one slot that is yes or no, and how often it is to be said
     */
    public record Score(int acts, double bleu, double rougeL, FactErrors errors, int[] binary) {
        /** Slot errors with the binary slot, as the corpus's own scorer counts. */
        public double rateWithBinary() {
            return (errors.count() + binary[0]) / (double) (errors.facts() + binary[1]);
        }
    }

    /**
     * @param test acts with their texts, acts in the order in which texts will come
     * @param values all values that a text might say
     */
    public CorpusScore(Map<DialogueAct, List<String>> test, List<String> values) {
        acts = List.copyOf(test.keySet());
        own = List.copyOf(test.values());
        facts = new FactCheck(values);
        Map<List<String>, Set<String>> groups = new HashMap<>();
        test.forEach((act, texts) ->
                texts.forEach(text -> groups.computeIfAbsent(features(act), key -> new LinkedHashSet<>())
                        .add(withoutValues(plain(text), act))));
        references = acts.stream()
                .map(act -> groups.getOrDefault(features(act), Set.of()).stream()
                        .map(text -> withValues(text, act))
                        .distinct()
                        .toList())
                .toList();
    }

    /** Scores the texts at some places. */
    public Score score(List<String> texts, int[] places) {
        var counts = new ArrayList<int[]>();
        var errors = new ArrayList<FactErrors>();
        int[] binary = new int[2];
        double rouge = 0;
        for (int i : places) {
            counts.add(BLEU.counts(plain(texts.get(i)), references.get(i)));
            rouge += Objects.requireNonNull(
                            ROUGE.scores(texts.get(i), own.get(i)).get(Rouge.Kind.ROUGE_L))
                    .fMeasure();
            if (!UNCOUNTED_ACTS.contains(acts.get(i).type())) {
                errors.add(errors(texts.get(i), acts.get(i)));
                binary(texts.get(i), acts.get(i), binary);
            }
        }
        return new Score(
                places.length,
                BLEU.corpusScore(CorpusMetric.sum(counts)) / 100,
                rouge / places.length,
                FactErrors.sum(errors),
                binary);
    }

    /** Slot errors of one text; the type "laptop" counts for nothing, as in the corpus's scorer. */
    FactErrors errors(String text, DialogueAct act) {
        return facts.errors(
                text,
                act.slots().stream()
                        .filter(slot -> !slot.key().equals("type"))
                        .map(Slot::value)
                        .toList());
    }

    private static void binary(String text, DialogueAct act, int[] errorsAndSlots) {
        int wanted = (int) act.slots().stream()
                .filter(slot -> slot.key().equals(BUSINESS) && DialogueAct.SPECIAL.contains(slot.value()))
                .count();
        int said = (int) Arrays.stream(text.split(" ", -1))
                .filter(BUSINESS_WORDS::contains)
                .count();
        errorsAndSlots[0] += Math.abs(wanted - said);
        errorsAndSlots[1] += wanted;
    }

    /** The act's type, and its sorted keys with the values that are never said word by word. */
    private static List<String> features(DialogueAct act) {
        Map<String, Integer> seen = new HashMap<>();
        var features = new ArrayList<String>();
        for (var slot : act.slots()) {
            features.add(slot.key() + "="
                    + (slot.isSaid()
                            ? "_" + seen.merge(slot.key(), 1, Integer::sum)
                            : slot.value().isEmpty() ? "?" : special(slot.value())));
        }
        features.sort(null);
        features.addFirst(act.type());
        return features;
    }

    private static String special(String value) {
        return switch (value) {
            case "true", "yes" -> "yes";
            case "false", "no" -> "no";
            case "dont_care" -> "dontcare";
            default -> value;
        };
    }

    private static String plain(String text) {
        return END.matcher(text).replaceAll("");
    }

    private static List<Slot> said(DialogueAct act) {
        return act.slots().stream().filter(Slot::isSaid).toList();
    }

    private static String withoutValues(String text, DialogueAct act) {
        var result = text;
        var slots = new ArrayList<>(said(act));
        slots.sort((a, b) -> b.value().length() - a.value().length());
        for (var slot : slots) {
            for (var value : orders(slot.value())) {
                if (result.contains(value)) {
                    result = once(result, value, "SLOT_" + slot.key());
                    break;
                }
            }
        }
        return result;
    }

    private static String withValues(String text, DialogueAct act) {
        var result = text;
        var slots = new ArrayList<>(said(act));
        slots.sort((a, b) -> b.key().length() - a.key().length());
        for (var slot : slots) {
            result = once(result, "SLOT_" + slot.key(), slot.value());
        }
        return result;
    }

    /** The first occurrence as whole words. */
    private static String once(String text, String words, String other) {
        var spaced = " " + text + " ";
        int at = spaced.indexOf(" " + words + " ");
        return at < 0
                ? text
                : (spaced.substring(0, at + 1) + other + spaced.substring(at + 1 + words.length()))
                        .substring(1)
                        .replaceFirst(" $", "");
    }

    /** "a and b" may be said as "b or a". */
    private static List<String> orders(String value) {
        var parts = value.replace(" or ", " and ").split(" and ", -1);
        var orders = new ArrayList<String>();
        var all = new ArrayList<List<String>>(List.of(List.of(parts)));
        if (parts.length == 2) {
            all.add(List.of(parts).reversed());
        }
        for (var order : all) {
            orders.add(String.join(" and ", order));
            orders.add(String.join(" or ", order));
        }
        return orders;
    }

    /** A test split as it is scored: each act once, with all its texts. */
    public static Map<DialogueAct, List<String>> test(List<dev.tandem.bench.starter.Tasks.Dialogue> dialogues) {
        Map<DialogueAct, List<String>> test = new LinkedHashMap<>();
        dialogues.forEach(each -> test.computeIfAbsent(DialogueAct.parse(each.act()), act -> new ArrayList<>())
                .add(each.text()));
        return test;
    }
}
