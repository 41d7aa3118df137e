package dev.tandem.evaluation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to do and what follows: <em>If X, Y</em> asks what happens if X, <em>To X, Y</em> how to X, and <em>Contact Z for X</em>
 * whom to contact. English needs no change of word order for these, so they come out right.
 */
final class AdviceRule implements Rule {
    private static final Pattern CONDITION =
            Pattern.compile("^(If|When|Whenever) ([^,;:]{8,110}), (?:then )?(.{12,})$");
    private static final Pattern IN_CASE =
            Pattern.compile("^(In case of|In the event of|In an emergency|For|After) ([^,;:]{4,60}), (.{12,})$");
    private static final Pattern PURPOSE =
            Pattern.compile("^(?:In order to|To) ([^,;:]{8,110}), (?:please )?(.{12,})$");
    private static final Pattern CONTACT = Pattern.compile(
            "^(?:Please |You can |For questions, )?([Ee]mail|[Cc]ontact|[Aa]sk|[Cc]all|[Mm]essage|[Rr]each out to|[Ww]rite to|[Tt]alk to|[Ss]peak with) (.{3,70}?) (for|about|if|to|with questions about) (.{10,110})$");
    private static final Pattern TARGET = Pattern.compile(
            "[@#]|\\b(?:team|office|desk|manager|supervisor|lead|department|director|officer|service|support|group|help|extension)\\b|^[A-Z]");
    private static final Pattern YOU_DO = Pattern.compile(
            "^(?:you (?:can only|must|should|need to|will need to|have to|can|may)|you['’]ll need to|please) .*");
    private static final Pattern REPLY_POINTS_BACK = Pattern.compile(
            "(?i)^(?:this|that|these|those|see|click here|refer|read|feel free|follow the guidance|check out|note|here|follow (?:these|the following)|use the following|do the following|as follows)\\b.*|.*\\b(?:below|following|above)\\b.*");

    private static final Pattern HALF_A_REPLY = Pattern.compile(
            "(?i)^(?:or|and|and/or|but|such as|for instance|for example|though|including|even|especially|like|rounded|say|e\\.g|i\\.e|whether|from|to|as|with|without)\\b|^[^,]{1,60}(?:, [^,]{1,40}){0,4}, (?:and|or|and/or) [^,]{1,40}, |^[^,]{1,60}, (?:and|or|and/or)\\b|^\\p{L}+ing\\b");
    private static final Pattern HALF_A_CONDITION = Pattern.compile(
            "(?i)\\b(?:ones?|fewer|more|less|not|so|too|necessary|possible|free|again|there|applicable|needed|move|do)$|^\\p{L}+ing\\b");
    private static final Set<String> JOINS = Set.of(
            ("and or that if which when because what whatever where before after than but who how whether while until since as"
                            + " to for with from of by at about gives tells asks helps sends shows allows lets requires reminds pays")
                    .split(" ", -1));

    @Override
    public List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary) {
        var drafts = new ArrayList<Draft>();
        for (var block : section.blocks()) {
            if (block instanceof Section.Block.Prose prose) {
                prose.sentences().forEach(sentence -> draft(sentence, document, section, drafts));
            } else if (block instanceof Section.Block.Items items) {
                items.items().stream()
                        .filter(item -> item.endsWith("."))
                        .forEach(item -> draft(item, document, section, drafts));
            }
        }
        return drafts;
    }

    private static void draft(String sentence, SourceDocument document, Section section, List<Draft> drafts) {
        var text = MainClause.withoutStop(sentence).orElse("");
        var condition = CONDITION.matcher(text);
        var purpose = PURPOSE.matcher(text);
        var contact = CONTACT.matcher(text);
        var inCase = IN_CASE.matcher(text);
        if (condition.matches()) {
            if (!isWhole(condition.group(2), condition.group(3))) {
                return;
            }
            var word = condition.group(1).equals("If") ? "if" : "when";
            add(
                    opening(condition.group(3)) + " " + word + " " + condition.group(2),
                    condition.group(3),
                    document,
                    section,
                    drafts);
        } else if (purpose.matches()
                && isInstruction(purpose.group(2))
                && Verbs.english().isBase(first(purpose.group(1)))) {
            add("How do you " + purpose.group(1), purpose.group(2), document, section, drafts);
        } else if (contact.matches()
                && TARGET.matcher(contact.group(2)).find()
                && isFitting(contact.group(3), contact.group(4))) {
            var verb = contact.group(1).toLowerCase(java.util.Locale.ROOT);
            if (contact.group(2).indexOf(',') >= 0) {
                return;
            }
            var who = contact.group(2).matches("(?:in|at|on) .*") ? "Where" : "Who";
            add(
                    who + " do you " + verb + " " + contact.group(3) + " " + contact.group(4),
                    contact.group(2),
                    document,
                    section,
                    drafts);
        } else if (inCase.matches() && inCase.group(1).startsWith("In") && isInstruction(inCase.group(3))) {
            add(
                    "What should you do " + inCase.group(1).toLowerCase(java.util.Locale.ROOT) + " " + inCase.group(2),
                    inCase.group(3),
                    document,
                    section,
                    drafts);
        }
    }

    /** Whether the first comma ends the condition, and the condition says enough to be asked about. */
    private static boolean isWhole(String condition, String reply) {
        return !HALF_A_REPLY.matcher(reply).find()
                && !HALF_A_CONDITION.matcher(condition).find()
                && !hasTwoClauses(condition.split(" ", -1))
                && Wording.stems(condition).size() >= 2
                && condition.split(" ", -1).length >= 3;
    }

    /** "You start during the year you get a twelfth": the comma that ends the condition was left out. */
    private static boolean hasTwoClauses(String[] words) {
        for (int i = 2; i + 1 < words.length; i++) {
            if (words[i].matches("you|we|they|it")
                    && !JOINS.contains(words[i - 1])
                    && Verbs.english().isKnown(words[i + 1])) {
                return true;
            }
        }
        return false;
    }

    private static String opening(String reply) {
        return isInstruction(reply) ? "What should you do" : "What happens";
    }

    private static boolean isInstruction(String reply) {
        return Verbs.english().isImperative(first(reply))
                || YOU_DO.matcher(reply).matches();
    }

    private static boolean isFitting(String preposition, String what) {
        return !preposition.equals("to") || Verbs.english().isBase(first(what));
    }

    private static String first(String text) {
        return text.split("[^\\p{L}]", 2)[0];
    }

    private static void add(
            String question, String answer, SourceDocument document, Section section, List<Draft> drafts) {
        if (REPLY_POINTS_BACK.matcher(answer).matches() || answer.matches(".*[.!?] [A-Z].*")) {
            return;
        }
        var finished = Wording.finished(Wording.ofAsker(Clause.contractionsOpened(question)));
        drafts.add(Draft.answerable(
                Wording.grounded(finished, document, section),
                answer.replaceFirst("^please ", ""),
                document,
                Draft.Origin.FACT,
                3));
    }
}
