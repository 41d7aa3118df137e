package dev.tandem.evaluation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a thing is, or what a word means, where a sentence says so: <em>Slack is a chat client that ...</em> */
final class DefinitionRule implements Rule {
    private static final Pattern CALLS_IT = Pattern.compile("^(?:a|an|the|one of|any) \\p{L}.*");
    private static final Pattern MEANS =
            Pattern.compile("^([A-Z“\"][\\p{L}\\p{N} “”\"'’&/-]{1,50}?) (means|stands for|refers to) (.{12,})$");
    private static final Pattern PERSON = Pattern.compile(
            "^(?:a|an|the|one of|our) (?:\\p{L}+ ){0,3}(?:manager|director|officer|lead|leader|engineer|supervisor|person|coordinator|representative|chief|head)\\b.*");

    /** Nouns that say nothing without what stands around them. */
    private static final Set<String> EMPTY = Set.of(
            "answer rest reason result point problem thing idea question first second last only other same next best most goal aim example difference rule exception list it one way key step process page section note trick part following purpose catch default others option"
                    .split(" ", -1));

    @Override
    public List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary) {
        var drafts = new ArrayList<Draft>();
        for (var block : section.blocks()) {
            if (block instanceof Section.Block.Prose prose) {
                prose.sentences()
                        .forEach(sentence -> MainClause.withoutStop(sentence)
                                .ifPresent(text -> draft(text, document, section, vocabulary, drafts)));
            }
        }
        return drafts;
    }

    private static void draft(
            String text, SourceDocument document, Section section, Vocabulary vocabulary, List<Draft> drafts) {
        var means = MEANS.matcher(text);
        if (means.matches()
                && !means.group(3).matches("(?:and|or|of|to|for)\\b.*")
                && !means.group(1)
                        .matches("(?i)(?:this|that|it|which|what|there|these|to|by|in|for|with|if|when|as|on)\\b.*")) {
            var verb = means.group(2).equals("means") ? "mean" : means.group(2).replace("s ", " ");
            add(
                    "What does " + vocabulary.lowerFirst(means.group(1)) + " " + verb,
                    means.group(3),
                    document,
                    section,
                    drafts);
            return;
        }
        Clause.of(text)
                .filter(clause -> Set.of("is", "are").contains(clause.auxiliary()) && !clause.negated())
                .filter(clause ->
                        clause.isDefinite() && CALLS_IT.matcher(clause.rest()).matches())
                .filter(clause -> says(clause))
                .ifPresent(clause -> {
                    var opening = (PERSON.matcher(clause.rest()).matches()
                                            || clause.subject()
                                                    .matches(
                                                            ".* (?:manager|lead|leader|director|officer|buddy|mentor)"))
                                    && clause.auxiliary().equals("is")
                            ? "Who"
                            : "What";
                    add(
                            clause.asked(opening, "", vocabulary),
                            clause.rest().split("[;:]", 2)[0],
                            document,
                            section,
                            drafts);
                });
    }

    private static boolean says(Clause clause) {
        var words = clause.subject().toLowerCase(Locale.ROOT).split(" ", -1);
        return words.length <= 6
                && !Set.of("each", "every", "most", "many", "all", "your", "our", "my")
                        .contains(words[0])
                && EMPTY.stream()
                        .noneMatch(empty -> words[words.length - 1].equals(empty)
                                || words[Math.min(1, words.length - 1)].equals(empty))
                && !clause.rest()
                        .matches(
                                "(?:a|an) (?:(?:major|key|important|big) )?(?:factor|part|matter|question|reason|sign)\\b.*|(?:a|an) (?:good|great|bad|must|way|lot|few|bit|little|no|big|better) .*|(?:a|the) .{0,12}|(?:the|a) (?:only|same|first|best|most|case|one)\\b.*")
                && clause.rest().split(" ", -1).length >= 4;
    }

    private static void add(
            String question, String answer, SourceDocument document, Section section, List<Draft> drafts) {
        var finished = Wording.finished(Wording.ofAsker(question));
        drafts.add(Draft.answerable(
                Wording.grounded(finished, document, section), answer, document, Draft.Origin.DEFINITION, 3));
    }
}
