package dev.tandem.bench.injection;

import dev.tandem.knowledge.injection.InjectionModel;
import dev.tandem.knowledge.injection.Look;
import dev.tandem.knowledge.injection.Surroundings;
import dev.tandem.models.embedding.TextEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A document to fit or measure on: a clean one, or one with an attack in it. */
public final class Case {
    private final String group;
    private final int fold;
    private final boolean attack;
    private final Collections.Split split;
    private final List<Look> looks;
    private final List<Integer> own;
    private final Surroundings surroundings;
    private final Map<Integer, double[]> places = new HashMap<>();

    private Case(
            String group,
            int fold,
            boolean attack,
            Collections.Split split,
            List<Look> looks,
            List<Integer> own,
            TextEncoder encoder) {
        this.group = group;
        this.fold = fold;
        this.attack = attack;
        this.split = split;
        this.looks = looks;
        this.own = own;
        surroundings = new Surroundings(split.passages(), looks, encoder);
    }

    /** A clean document. */
    public static Case clean(String group, int fold, Collections.Split split, TextEncoder encoder) {
        var looks = Look.at(split.document(), split.passages(), encoder);
        var all = IntStream.range(0, looks.size()).boxed().toList();
        return new Case(group, fold, false, split, looks, all, encoder);
    }

    /** A document that an attack was planted in; only the attack's sentences count. */
    public static Case attack(Attack attack, int fold, Collections.Split planted, TextEncoder encoder) {
        var looks = Look.at(planted.document(), planted.passages(), encoder);
        var own = IntStream.range(0, looks.size())
                .filter(i -> Planted.holds(looks.get(i).text(), attack))
                .boxed()
                .toList();
        return new Case(attack.source(), fold, true, planted, looks, own, encoder);
    }

    /** What it belongs to: a collection, or a source of attacks. */
    public String group() {
        return group;
    }

    /** The fold of its kind of attack or of its document. */
    public int fold() {
        return fold;
    }

    public boolean isAttack() {
        return attack;
    }

    public Collections.Split split() {
        return split;
    }

    /** Every sentence of the document that is looked at. */
    public List<Look> looks() {
        return looks;
    }

    /** The places among them of those that count. */
    public List<Integer> own() {
        return own;
    }

    /** The second model's numbers of a sentence. */
    public double[] values(int at, double[] logits) {
        return surroundings.values(at, logits, places.computeIfAbsent(at, each -> surroundings.of(looks.get(each))));
    }

    /** The highest probability of its sentences, 0 where none is suspicious. */
    public double score(InjectionModel model) {
        var logits = looks.stream()
                .mapToDouble(look -> model.sentenceLogit(look.values()))
                .toArray();
        return own.stream()
                .filter(i -> logits[i] >= model.suspicion())
                .mapToDouble(i -> model.probability(values(i, logits)))
                .max()
                .orElse(0);
    }
}
