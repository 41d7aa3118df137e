package dev.tandem.evaluation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A section's heading, where it is a question or can become one, answered by the section's first sentence; and questions
 * that stand in running text with their answers behind them. Where nothing better is there: what a document says about it.
 */
final class HeadingRule implements Rule {
    private static final Pattern ASKS = Pattern.compile(
            "^(?:(?:At|By|In|For|On|Until|From) (?:what|which|when)|Who|What|When|Where|Which|Why|How|Can|May|Do|Does|Is|Are|Must|Should|Will) .*",
            Pattern.DOTALL);
    private static final Pattern POINTS_BACK = Pattern.compile(
            "(?i)^(?:this|that|these|those|it|they|he|she|see|click|refer|read more|check out|note|here|the following|below|also|however|but|and|so|then|in this|welcome|as (?:mentioned|noted)|yes and no|for more|please (?:see|read|note)|such)\\b.*|.*\\b(?:below|following|above|as follows|here)\\b.*");

    @Override
    public List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary) {
        var drafts = new ArrayList<Draft>();
        section.heading().ifPresent(heading -> heading(heading, document, section, vocabulary, drafts));
        for (var block : section.blocks()) {
            if (block instanceof Section.Block.Prose prose) {
                inText(prose.sentences(), document, section, drafts);
            }
        }
        return drafts;
    }

    private static void inText(List<String> sentences, SourceDocument document, Section section, List<Draft> drafts) {
        if (sentences.size() >= 2
                && sentences.size() <= 4
                && sentences.get(0).endsWith("?")
                && ASKS.matcher(sentences.get(0)).matches()
                && !sentences.get(1).endsWith("?")) {
            drafts.add(Draft.answerable(
                    Wording.grounded(Wording.finished(sentences.get(0)), document, section),
                    stripped(sentences.get(1)),
                    document,
                    Draft.Origin.HEADING,
                    3));
        }
    }

    private static void heading(
            String heading, SourceDocument document, Section section, Vocabulary vocabulary, List<Draft> drafts) {
        var answer = firstSentence(section);
        if (answer.isEmpty() || heading.matches(".*\\d{2,}.*")) {
            return;
        }
        var question = question(heading, vocabulary)
                .filter(asked -> !asked.startsWith("How do I") || heading.endsWith("?") || isInstruction(answer.get()))
                .filter(asked -> Wording.stems(asked).size() >= 2 || heading.endsWith("?"));
        if (question.isPresent()) {
            drafts.add(Draft.answerable(
                    groundedInTitle(question.get(), document),
                    stripped(answer.get()),
                    document,
                    Draft.Origin.HEADING,
                    3));
        } else if (heading.split(" ", -1).length <= 8
                && !Wording.stems(document.title()).containsAll(Wording.stems(heading))
                && !heading.matches(
                        "(?i).*\\b(?:is|are|was|were|can|do|does|will|if|it|this|these)\\b.*|(?i)(?:how|why|who|what|overview|introduction|summary|notes?|tips|background|general)\\b.*")
                && heading.matches("[\\p{L}\\p{N} ,'’&/-]+")) {
            drafts.add(Draft.answerable(
                    "What does “" + document.title() + "” say about "
                            + vocabulary.lowerFirst(sentenceCase(heading, vocabulary)) + "?",
                    stripped(answer.get()),
                    document,
                    Draft.Origin.HEADING,
                    1));
        }
    }

    /** Only who is told what to do is told how. */
    private static boolean isInstruction(String answer) {
        return Verbs.english().isImperative(answer.split("[^\\p{L}]", -1)[0])
                || answer.matches(
                        "(?:You (?:can|must|may|should|need to|will need to|have to)|Please|To \\p{Ll}+|In order to|Use|Have) .*");
    }

    /** A heading of a few words says little without the document's title. */
    private static String groundedInTitle(String question, SourceDocument document) {
        var title = Wording.stems(document.title());
        boolean names = title.isEmpty() || Wording.stems(question).stream().anyMatch(title::contains);
        return names || Wording.stems(question).size() >= 4 ? question : Wording.underTitle(question, document.title());
    }

    private static Optional<String> question(String heading, Vocabulary vocabulary) {
        var text = sentenceCase(heading.replaceAll("^(?:Q: ?|\\.\\.\\.|…|\\d+[.)] ?) *", ""), vocabulary);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.endsWith("?") && !ASKS.matcher(text).matches()) {
            return Verbs.english().isBase(text.split(" ", -1)[0])
                    ? Optional.of(Wording.finished(
                            Wording.ofAsker("How do you " + Character.toLowerCase(text.charAt(0)) + text.substring(1))))
                    : Optional.empty();
        }
        if (text.endsWith("?")) {
            boolean asker = text.matches(".*\\b(?:I|my|me)\\b.*");
            return Optional.of(Wording.finished(asker ? text : Wording.ofAsker(text)));
        }
        if (text.matches("How to \\p{Ll}.+")) {
            return Optional.of(Wording.finished(Wording.ofAsker("How do you " + text.substring(7))));
        }
        if (text.matches("When \\p{Ll}.+")) {
            return Clause.of(Character.toUpperCase(text.charAt(5)) + text.substring(6))
                    .map(clause -> Wording.finished(Wording.ofAsker(clause.asked("When", clause.rest(), vocabulary))));
        }
        if (text.matches("If you .+(?<! not)")) {
            return Optional.of(Wording.finished(Wording.ofAsker(
                    "What happens " + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1))));
        }
        if (text.matches("Who \\p{Ll}+ .+") && !text.matches("Who (?:you|we|to) .*")) {
            return Optional.of(Wording.finished(Wording.ofAsker(text)));
        }
        var first = text.split(" ", 2);
        if (first.length == 2
                && first[1].split(" ", -1).length <= 7
                && !first[1].matches("(?:and|or|for|of) .*|(?:back|in|on|off|up|out|alone|together|away|over)")) {
            return Verbs.english()
                    .ofGerund(first[0])
                    .or(() -> Verbs.english().isImperative(first[0])
                                    && first[1].matches("(?:a|an|the|your|my|our|to|for|up) .*")
                            ? Optional.of(first[0].toLowerCase(Locale.ROOT))
                            : Optional.empty())
                    .map(verb -> Wording.finished(Wording.ofAsker("How do you " + verb + " " + first[1])));
        }
        return Optional.empty();
    }

    /** "Adding A Person" as "Adding a person"; names keep their capitals. */
    private static String sentenceCase(String heading, Vocabulary vocabulary) {
        var words = heading.strip().split(" ", -1);
        if (words[0].length() > 3
                && words[0].equals(words[0].toUpperCase(Locale.ROOT))
                && vocabulary.isCommon(words[0])) {
            words[0] = words[0].charAt(0) + words[0].substring(1).toLowerCase(Locale.ROOT);
        }
        for (int i = 1; i < words.length; i++) {
            boolean all = words[i].length() > 1
                    && words[i].length() < 4
                    && words[i].equals(words[i].toUpperCase(Locale.ROOT));
            if (!all
                    && !words[i].equals("I")
                    && Character.isUpperCase(words[i].charAt(0))
                    && vocabulary.isCommon(words[i])) {
                words[i] = words[i].toLowerCase(Locale.ROOT);
            }
        }
        return String.join(" ", words);
    }

    /** The sentence that a section begins with, if it stands for itself. */
    private static Optional<String> firstSentence(Section section) {
        if (!(section.blocks().getFirst() instanceof Section.Block.Prose prose)
                || prose.sentences().isEmpty()) {
            return Optional.empty();
        }
        var sentence = SourceDocument.oneLine(prose.sentences().getFirst());
        int words = sentence.split(" ", -1).length;
        return words >= 5
                        && words <= 40
                        && sentence.endsWith(".")
                        && !POINTS_BACK.matcher(sentence).matches()
                        && !sentence.matches(".*[.!?] [A-Z].*")
                ? Optional.of(sentence)
                : Optional.empty();
    }

    private static String stripped(String sentence) {
        return SourceDocument.oneLine(sentence).replaceAll("[.!]$", "").replaceFirst("^A: ", "");
    }
}
