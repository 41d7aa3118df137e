package dev.tandem.evaluation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Numbers, dates, places and reasons of a sentence's main clause, each asked for by turning the clause round: <em>The old VPN
 * is switched off on 31 January</em> gives <em>When is the old VPN switched off?</em>
 */
final class FactRule implements Rule {
    private static final String NUMBER =
            "(?:\\d[\\d,]*(?:\\.\\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
                    + "|fifteen|twenty|thirty|forty|fifty|sixty|ninety|one|half a)";
    private static final String ABOUT =
            "(?:(?:up to|at least|at most|no more than|more than|less than|fewer than|about|around|approximately|nearly|almost|exactly|over|under) )?";
    private static final String TIME =
            "(?:(?:working|business|calendar|full|consecutive) )?(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?)";
    private static final String MONTH =
            "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
    private static final String DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
    private static final String DATE = "(?:(?:\\d{1,2}(?:st|nd|rd|th)? )?" + MONTH
            + "(?: \\d{1,2}(?:st|nd|rd|th)?)?(?:,? \\d{4})?|(?:19|20)\\d{2}"
            + "|\\d{4}-\\d{2}-\\d{2}|" + DAY + "s?(?: (?:and|or|to) " + DAY
            + "s?)?(?: at \\d{1,2}[:.]\\d{2})?|\\d{1,2}:\\d{2}(?: ?[ap]\\.?m\\.?)?|\\d{1,2} ?[ap]\\.?m\\.?"
            + "|the (?:first|second|third|last|\\d{1,2}(?:st|nd|rd|th)) (?:working day|" + DAY
            + "|day)?(?: ?of (?:each|every|the|" + MONTH + ")(?: (?:month|quarter|year|week|following month))?)?)";
    private static final String MONEY =
            "(?:[$€£] ?\\d[\\d,]*(?:\\.\\d+)?(?: million)?|\\d[\\d,]*(?:\\.\\d+)?(?: million)? (?:EUR|USD|GBP|NOK|euros?|dollars?))";

    private static final Pattern WHEN =
            Pattern.compile("(?:^| )(on|in|by|until|till|since|at|from) (?:the )?(" + DATE + ")(?= |$)");
    private static final Pattern RANGE =
            Pattern.compile("(?:^| )((?:from|between) " + DATE + " (?:to|until|and) " + DATE + ")$");
    private static final Pattern SPAN =
            Pattern.compile("(?:^| )(within|after|for|every) (" + ABOUT + NUMBER + " (" + TIME + "))(?= |$)(?! of )");
    private static final Pattern OFTEN = Pattern.compile(
            "(?:^| )((?:at most |at least )?(?:once|twice|(?:three|four|five|six) times) (?:a|every|per) \\p{Ll}+|(?:every|each) (?:day|week|month|quarter|year|night|"
                    + DAY + ")(?: at \\d{1,2}:\\d{2})?)(?= |$)");
    private static final Pattern AMOUNT = Pattern.compile("^(?:(\\p{L}+) )?(" + ABOUT + MONEY + ")(?= |$)");
    private static final Pattern COUNT =
            Pattern.compile("^(?:(\\p{L}+) )?(" + ABOUT + NUMBER + ")((?: \\p{Ll}[\\p{L}-]*){1,3})(?= |$)");
    private static final Pattern HOW_LONG = Pattern.compile("^(" + ABOUT + NUMBER + " " + TIME + ")(?= |$)");
    private static final Pattern OF = Pattern.compile("^ of((?: \\p{Ll}[\\p{L}-]*){1,3})");
    private static final Pattern PLACE = Pattern.compile(
            "^(kept|stored|located|held|published|posted|printed|hosted|filed|shown|listed|found|recorded|written down|documented|available|described) ((?:in|at|on|under|behind|beside|near|next to) .+)$");
    private static final Pattern HANGS = Pattern.compile("^((?:in|at|on|under|behind|beside|near) .+)$");
    private static final Pattern BY =
            Pattern.compile("^(\\p{Ll}+(?: \\p{Ll}+)?) by ((?:the|your|our|a|an) .+|[A-Z].+)$");
    private static final Pattern SAFE_AFTER = Pattern.compile(
            "^(?:$| (?:of|in|for|from|to|per|a|an|on|at|by|after|before|with|without|during|each|every|towards|under|over|ago|apart|beforehand|old) .*| (?:apart|beforehand)$)");
    private static final Pattern SECOND_CLAUSE =
            Pattern.compile(" and .*\\b(?:is|are|was|were|can|may|must|will|has|have)\\b");
    private static final Pattern LIST_GOES_ON =
            Pattern.compile(",? (?:and |or |to |then )?(?:" + DATE + "|" + MONEY + "|" + NUMBER + " \\p{Ll}+)\\b");
    private static final Set<String> PERSONS = Set.of(
            ("manager managers team director officer lead leader engineer board owner supervisor representative doctor committee head"
                            + " auditor coach coordinator administrator facilitator department buddy mentor specialist liaison assistant chief"
                            + " president recruiter guide")
                    .split(" ", -1));
    private static final Set<String> NOUN_ENDS = Set.of(
            "of in on at for from with by to after before during a an the and or per each every is are was can may must than as if but not more less off long old away early late later ago when that which"
                    .split(" ", -1));

    @Override
    public List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary) {
        var drafts = new ArrayList<Draft>();
        for (var block : section.blocks()) {
            if (!(block instanceof Section.Block.Prose prose)) {
                continue;
            }
            for (var sentence : prose.sentences()) {
                MainClause.of(sentence)
                        .ifPresent(clause -> new Turn(document, section, vocabulary, sentence, clause, drafts).all());
                reason(document, section, vocabulary, sentence, drafts);
            }
        }
        return drafts;
    }

    private static void reason(
            SourceDocument document, Section section, Vocabulary vocabulary, String sentence, List<Draft> drafts) {
        var text = MainClause.withoutStop(sentence).orElse("");
        int because = text.indexOf(" because ");
        if (because < 0 || text.startsWith("because of", because + 1)) {
            return;
        }
        var main = text.substring(0, because).replaceAll(",$", "");
        if (!MainClause.cut(main).equals(main)) {
            return;
        }
        Clause.of(main).filter(Clause::isDefinite).ifPresent(clause -> {
            var question = Wording.finished(Wording.ofAsker(clause.asked("Why", clause.rest(), vocabulary)));
            drafts.add(Draft.answerable(
                    Wording.grounded(question, document, section),
                    text.substring(because + " because ".length()),
                    document,
                    Draft.Origin.FACT,
                    3));
        });
    }

    /** One clause, turned round by each of the ways. */
    private record Turn(
            SourceDocument document,
            Section section,
            Vocabulary vocabulary,
            String sentence,
            Clause clause,
            List<Draft> drafts) {
        void all() {
            if (clause.negated()) {
                return;
            }
            var rest = clause.rest();
            var range = RANGE.matcher(rest);
            if (range.find()) {
                ask("When", range.group(1), rest.substring(0, range.start()));
            } else {
                WHEN.matcher(rest).results().findFirst().ifPresent(this::when);
            }
            SPAN.matcher(rest).results().findFirst().ifPresent(this::span);
            OFTEN.matcher(rest)
                    .results()
                    .findFirst()
                    .ifPresent(found -> ask("How often", found.group(1), around(found)));
            quantity();
            place();
            agent();
        }

        private void when(MatchResult found) {
            var opening = switch (found.group(1)) {
                case "by" -> "By when";
                case "until", "till" -> "Until when";
                case "since" -> "Since when";
                case "from" -> "From when";
                default -> "When";
            };
            var answer = clause.rest().substring(found.start(2), found.end(2));
            boolean the = found.group().contains(" the ") && !answer.startsWith("the ");
            if (found.group(1).equals("at") && !answer.matches(".*\\d.*")) {
                return;
            }
            ask(opening, the ? "the " + answer : answer, around(found));
        }

        private void span(MatchResult found) {
            var unit = found.group(3).replaceAll("^(.*[^s])$", "$1s");
            switch (found.group(1)) {
                case "every" -> ask("How often", "every " + found.group(2), around(found));
                case "for" -> ask("For how long", found.group(2), around(found));
                default -> ask(found.group(1) + " how many " + unit, found.group(2), around(found));
            }
        }

        private void quantity() {
            var rest = clause.rest();
            var amount = AMOUNT.matcher(rest);
            if (amount.find()
                    && (amount.group(1) == null
                            ? !clause.verb().isEmpty() || clause.isCopula()
                            : isVerb(amount.group(1)))) {
                boolean is = clause.isCopula() && amount.group(1) == null;
                if (is && !Clause.isDeterminer(clause.subject().split(" ", -1)[0])) {
                    return;
                }
                ask(is ? "What" : "How much", amount.group(2), left(amount.group(1), rest.substring(amount.end())));
                return;
            }
            var long_ = HOW_LONG.matcher(rest);
            if (long_.find() && (Set.of("last", "take").contains(clause.verb()) || clause.isCopula())) {
                ask("How long", long_.group(1), rest.substring(long_.end()));
                return;
            }
            var count = COUNT.matcher(rest);
            if (count.find() && (count.group(1) == null ? !clause.verb().isEmpty() : isVerb(count.group(1)))) {
                count(count.toMatchResult());
            }
        }

        private void count(MatchResult found) {
            var nouns = new ArrayList<String>();
            for (var word : found.group(3).strip().split(" ", -1)) {
                if (NOUN_ENDS.contains(word) || Verbs.english().isParticiple(word)) {
                    break;
                }
                nouns.add(word);
            }
            if (nouns.isEmpty() || !nouns.getLast().matches("people|children|.*[^s]s")) {
                return;
            }
            var noun = String.join(" ", nouns);
            var answer = found.group(2) + " " + noun;
            int end = clause.rest().indexOf(answer, found.start(2)) + answer.length();
            var after = clause.rest().substring(end);
            var of = OF.matcher(after);
            if (of.find()) {
                var more = new StringBuilder(" of");
                for (var word : of.group(1).strip().split(" ", -1)) {
                    if (NOUN_ENDS.contains(word)) {
                        break;
                    }
                    more.append(' ').append(word);
                }
                if (more.length() > 3) {
                    noun += more;
                    answer += more;
                    after = after.substring(more.length());
                }
            }
            ask("How many " + noun, answer, left(found.group(1), after));
        }

        private void place() {
            var place = PLACE.matcher(clause.rest());
            if (clause.isCopula()
                    && place.find()
                    && !place.group(2)
                            .matches(".*\\d{4}.*|.*(?:" + MONTH + "|" + DAY
                                    + ").*|.* (?:case|general|addition|detail|time)\\b.*")) {
                ask("Where", place.group(2), place.group(1));
            }
            var hangs = HANGS.matcher(clause.rest());
            if (Set.of("hang", "lie", "sit", "live", "stand").contains(clause.verb())
                    && hangs.find()
                    && !hangs.group(1).contains(" and ")) {
                ask("Where", hangs.group(1), "");
            }
        }

        private void agent() {
            var by = BY.matcher(clause.rest());
            if (clause.isCopula()
                    && by.find()
                    && Verbs.english().isParticiple(by.group(1).split(" ", -1)[0])
                    && isPerson(by.group(2))) {
                ask("Who", by.group(2), by.group(1) + " by");
            }
            if (isPerson(clause.subject())
                    && clause.subject().split(" ", -1).length >= 2
                    && !Set.of("consist", "represent", "exist").contains(clause.verb())
                    && !clause.rest().matches(".*\\b(?:their|its|his|her)\\b.*")
                    && !Set.of("are", "were", "do", "have").contains(clause.auxiliary())
                    && Wording.stems(clause.rest()).size() >= 3) {
                var verb = clause.verb().isEmpty()
                        ? clause.auxiliary() + " " + clause.rest()
                        : predicate() + " " + clause.rest();
                add("Who " + verb, clause.subject());
            }
        }

        private String predicate() {
            return switch (clause.auxiliary()) {
                case "does" -> clause.verb().equals("have") ? "has" : singular(clause.verb());
                default -> "did " + clause.verb();
            };
        }

        private static String singular(String base) {
            return base.matches(".*[^aeiou]y")
                    ? base.substring(0, base.length() - 1) + "ies"
                    : base.matches(".*(?:s|sh|ch|x|o)") ? base + "es" : base + "s";
        }

        private static boolean isPerson(String phrase) {
            return phrase.split(" ", -1).length <= 7
                    && PERSONS.contains(Clause.lastOfHead(phrase).toLowerCase(Locale.ROOT))
                    && !phrase.endsWith("ly");
        }

        private boolean isVerb(String word) {
            return clause.isCopula() || clause.have()
                    ? Set.of("paid", "given", "granted", "charged", "allowed", "offered", "refunded")
                                    .contains(word)
                            && !clause.have()
                    : Verbs.english().isBase(word) && clause.verb().isEmpty();
        }

        private static String left(@org.jspecify.annotations.Nullable String verb, String after) {
            return verb == null ? after : verb + after;
        }

        /** The rest without what was found, marked where it was so that what follows can be judged. */
        private String around(MatchResult found) {
            var before = clause.rest().substring(0, found.start());
            var after = clause.rest().substring(found.end());
            return before + after;
        }

        private void ask(String opening, String answer, String left) {
            int at = clause.rest().indexOf(answer);
            var after = at < 0 ? "" : clause.rest().substring(at + answer.length());
            if (!SAFE_AFTER.matcher(after).matches()
                    || after.matches(".* (?:and|or|but|then) .*")
                    || SECOND_CLAUSE.matcher(left).find()
                    || answer.matches(".*\\d[:.]\\d\\d.*") && after.startsWith(" on ")
                    || goesOn(answer)) {
                return;
            }
            add(clause.asked(opening, left, vocabulary), answer);
        }

        /** Whether the sentence lists more of the same kind behind the answer: "in February, May and November". */
        private boolean goesOn(String answer) {
            int at = sentence.indexOf(answer);
            return at >= 0
                    && LIST_GOES_ON
                            .matcher(sentence.substring(at + answer.length()))
                            .lookingAt();
        }

        private void add(String question, String answer) {
            var finished = Wording.finished(Wording.ofAsker(question));
            drafts.add(Draft.answerable(
                    Wording.grounded(finished, document, section), answer, document, Draft.Origin.FACT, 3));
        }
    }
}
