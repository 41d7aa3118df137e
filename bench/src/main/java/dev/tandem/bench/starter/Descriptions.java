package dev.tandem.bench.starter;

import dev.tandem.bench.starter.Domain.Attribute;
import dev.tandem.bench.starter.Facts.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Facts about things that are made up, and texts that say them, in words apart from their punctuation and in lower case. */
final class Descriptions {
    private static final List<String> PRAISE = List.of(
            "nice", "great", "good", "fine", "lovely", "popular", "excellent", "wonderful", "decent", "remarkable");
    private static final List<String> ACTS = List.of(
            "inform",
            "inform",
            "inform",
            "inform",
            "recommend",
            "recommend",
            "recommend",
            "?compare",
            "?compare",
            "inform_count",
            "inform_count",
            "inform_no_match",
            "inform_only_match",
            "inform_all",
            "?confirm",
            "?request",
            "?select",
            "inform_no_info",
            "suggest");

    private final Random random;
    private final Invention invention;
    private final List<Domain> domains = Domain.all();

    Descriptions(Random random, Invention invention) {
        this.random = random;
        this.invention = invention;
    }

    /**
     * Facts and a text that says them.
     *
     * @param name of the thing; empty where the facts are not about one
     */
    record Description(Facts facts, String text, Domain domain, String name) {}

    Description next() {
        return next(invention.any(ACTS));
    }

    Description next(String act) {
        var domain = invention.any(domains);
        return switch (act) {
            case "inform", "recommend", "inform_only_match", "suggest" -> one(act, domain);
            case "?compare" -> compared(domain);
            case "?request", "inform_no_info" -> asked(act, domain);
            case "?select" -> selected(domain);
            default -> many(act, domain);
        };
    }

    private List<Attribute> some(Domain domain, int most) {
        var all = new ArrayList<>(domain.attributes());
        Collections.shuffle(all, random);
        return all.subList(0, 1 + random.nextInt(Math.min(most, all.size())));
    }

    private Fact fact(Attribute attribute) {
        return new Fact(
                attribute.key(),
                attribute.yesOrNo()
                        ? invention.any(List.of("true", "false", "yes", "no"))
                        : invention.value(attribute.values()));
    }

    private static boolean no(Fact fact) {
        return fact.value().equals("false") || fact.value().equals("no");
    }

    private String predicate(Attribute attribute, Fact fact) {
        var patterns = attribute.yesOrNo() && no(fact) ? attribute.others() : attribute.predicates();
        return invention.any(patterns).replace("{v}", fact.value());
    }

    /** What may follow the noun: "with 4 rooms", "that allows pets". */
    private String phrase(Attribute attribute, Fact fact) {
        if (fact.value().equals("dontcare")) {
            return "if you do not care about the " + attribute.key();
        }
        return attribute.yesOrNo()
                ? "that " + predicate(attribute, fact)
                : invention.any(attribute.others()).replace("{v}", fact.value());
    }

    private static String article(String word) {
        return (word.matches("[aeiou].*") ? "an " : "a ") + word;
    }

    private String listed(List<String> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        var comma = parts.size() > 2 ? " , and " : " and ";
        return String.join(" , ", parts.subList(0, parts.size() - 1)) + comma + parts.getLast();
    }

    private Description one(String act, Domain domain) {
        var name = invention.name();
        var attributes = some(domain, 5);
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("name", name));
        if (invention.chance(0.6)) {
            facts.add(new Fact("type", domain.noun()));
        }
        var said = new ArrayList<Integer>();
        for (var attribute : attributes) {
            said.add(facts.size());
            facts.add(fact(attribute));
        }
        if (invention.chance(0.6)) {
            Collections.shuffle(said, random);
        }
        var predicates = new ArrayList<String>();
        var phrases = new ArrayList<String>();
        for (int index : said) {
            var attribute = attributes.get(index - (facts.size() - attributes.size()));
            predicates.add(predicate(attribute, facts.get(index)));
            phrases.add(phrase(attribute, facts.get(index)));
        }
        var text = act.equals("inform_only_match")
                ? invention.any(List.of("the only " + domain.noun() + " that fits is ", "there is only one match , "))
                        + name + " , it " + listed(predicates)
                : sentences(act, domain.noun(), name, predicates, phrases);
        return new Description(new Facts(act, facts), text, domain, name);
    }

    private String sentences(String act, String noun, String name, List<String> predicates, List<String> phrases) {
        boolean praised = act.equals("recommend") || act.equals("suggest") || invention.chance(0.3);
        var kind = praised ? article(invention.any(PRAISE) + " " + noun) : article(noun);
        int first = Math.min(predicates.size(), 1 + random.nextInt(3));
        var text = new StringBuilder();
        switch (random.nextInt(7)) {
            case 0 ->
                text.append(name + " is " + kind + " " + invention.any(List.of("which ", "that "))
                        + listed(predicates.subList(0, first)));
            case 1 -> text.append(name + " is " + kind + " " + listed(phrases.subList(0, first)));
            case 2 -> text.append(name + " " + listed(predicates.subList(0, first)));
            case 3 -> text.append("the " + name + " " + listed(predicates.subList(0, first)));
            case 4 ->
                text.append("there is " + kind + " " + listed(phrases.subList(0, first)) + " "
                        + invention.any(List.of("called ", "named ", ", ")) + name);
            case 5 -> {
                text.append(name + " is " + kind);
                first = 0;
            }
            default -> {
                text.append(invention.any(List.of("how about ", "you could try ", "i recommend ", "take a look at "))
                        + name + " , " + kind + " " + listed(phrases.subList(0, first)));
            }
        }
        int at = first;
        while (at < predicates.size()) {
            int until = Math.min(predicates.size(), at + 1 + random.nextInt(3));
            var rest = listed(predicates.subList(at, until));
            text.append(invention.any(List.of(
                    " . it " + rest,
                    " . it also " + rest,
                    " , and it " + rest,
                    " . this " + noun + " " + rest,
                    " . the " + noun + " " + rest)));
            at = until;
        }
        return text.toString();
    }

    private Description compared(Domain domain) {
        var attributes = some(domain, 3);
        var facts = new ArrayList<Fact>();
        var sides = new ArrayList<String>();
        var withs = new ArrayList<String>();
        for (int side = 0; side < 2; side++) {
            var name = invention.name();
            facts.add(new Fact("name", name));
            var predicates = new ArrayList<String>();
            var phrases = new ArrayList<String>();
            for (var attribute : attributes) {
                var fact = fact(attribute);
                facts.add(fact);
                predicates.add(predicate(attribute, fact));
                phrases.add(phrase(attribute, fact));
            }
            sides.add(name + " " + listed(predicates));
            withs.add(name + " " + listed(phrases));
        }
        var question = invention.any(
                List.of(" . which one do you prefer ?", " . which one do you like ?", " . which do you want", ""));
        var text = switch (random.nextInt(4)) {
            case 0 -> "the " + sides.get(0) + " , while the " + sides.get(1);
            case 1 -> sides.get(0) + " . " + sides.get(1);
            case 2 -> "compared to the " + withs.get(0) + " , the " + sides.get(1);
            default ->
                "would you like the " + withs.get(0) + " or the " + withs.get(1) + invention.any(List.of("", " ?"));
        };
        return new Description(new Facts("?compare", facts), text.endsWith("?") ? text : text + question, domain, "");
    }

    private Description asked(String act, Domain domain) {
        var key = invention.any(domain.attributes()).key();
        var text = act.equals("?request")
                ? invention.any(List.of(
                        "what " + key + " would you like",
                        "do you have a preference for the " + key,
                        "which " + key + " are you looking for in " + article(domain.noun())))
                : invention.any(List.of(
                        "sorry , i do not have any information about the " + key,
                        "there is no information on the " + key + " of the " + domain.noun()));
        return new Description(new Facts(act, List.of(new Fact(key, ""))), text, domain, "");
    }

    private Description selected(Domain domain) {
        var attribute = invention.any(domain.attributes());
        var one = fact(attribute);
        var other = fact(attribute);
        var text = "would you like " + article(domain.noun()) + " " + phrase(attribute, one) + " or "
                + phrase(attribute, other);
        return new Description(new Facts("?select", List.of(one, other)), text, domain, "");
    }

    private Description many(String act, Domain domain) {
        var facts = new ArrayList<Fact>();
        var number = Integer.toString(2 + random.nextInt(98));
        if (act.equals("inform_count")) {
            facts.add(new Fact("count", number));
        }
        if (invention.chance(0.7)) {
            facts.add(new Fact("type", domain.noun()));
        }
        var phrases = new ArrayList<String>();
        var indifferent = new ArrayList<String>();
        for (var attribute : some(domain, 3)) {
            boolean open = act.equals("inform_count") && invention.chance(0.3);
            var fact = open ? new Fact(attribute.key(), "dontcare") : fact(attribute);
            facts.add(fact);
            (open ? indifferent : phrases)
                    .add(open ? attribute.key() : phrase(attribute, fact).replaceFirst("^that (has|is) ", "that $1 "));
        }
        var things = domain.plural() + (phrases.isEmpty() ? "" : " " + listed(phrases));
        var thing = article(domain.noun()) + (phrases.isEmpty() ? "" : " " + listed(phrases));
        var open = indifferent.isEmpty() ? "" : "if you do not care about the " + listed(indifferent);
        var text = switch (act) {
            case "inform_count" -> {
                var count = invention.any(List.of("there are ", "i found ", "we have ")) + number + " " + things;
                yield open.isEmpty() ? count : invention.chance(0.5) ? count + " " + open : open + " , " + count;
            }
            case "inform_all" -> "all " + things + invention.any(List.of(" fit", " match your wishes", ""));
            case "inform_no_match" ->
                invention.any(List.of("there are no ", "sorry , there are no ", "i am sorry , we have no ")) + things;
            default ->
                invention.any(List.of("let me confirm , you want ", "you are looking for ", "did you say you want "))
                        + thing
                        + invention.any(List.of("", " , right", " , is that right ?"));
        };
        return new Description(new Facts(act, facts), text, domain, "");
    }
}
