package dev.tandem.evaluation.draft;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A main clause taken apart as far as a question needs it: <em>The old VPN | is | switched off on 31 January</em>. Found by
 * word lists and agreement, so that what is no plain clause is no clause at all.
 *
 * @param subject as it is written, its first word perhaps capitalised
 * @param auxiliary what comes before the subject in a question: is, can, does, ...
 * @param verb the base form that then follows it, for does, do and did; else empty
 * @param rest what follows
 */
record Clause(String subject, String auxiliary, String verb, String rest, boolean negated, boolean have) {
    private static final int LONGEST_SUBJECT = 9;

    private static final Set<String> PRONOUNS = words("you we everyone everybody anyone anybody nobody");
    private static final Set<String> DETERMINERS = words("a an the your our my all each every most no any many");
    private static final Set<String> PREPOSITIONS =
            words("of in on at for from with by to after before during about against under over within without through"
                    + " between above below into per beside behind near towards as than via");
    private static final Set<String> NO_SUBJECT = words(
            "if when while because although since until unless whether however therefore also then now here there this"
                    + " that these those it they he she its their his her such some note please otherwise instead only even not"
                    + " nothing what who how why where which whose let do don't never always usually often sometimes generally"
                    + " typically once except besides either neither depending based according one two another other both so but nobody no"
                    + " and or nor yet i whoever whatever anything something everything again first second third finally next"
                    + " additionally furthermore moreover thus hence today currently more less later earlier likewise");
    private static final Set<String> BREAKS = words(
            "who which that what where when whose if because while unless whether although not how why so but until after"
                    + " before whoever whatever");
    private static final Set<String> NO_END =
            words("and or also only usually often always then just still even the a an your our my very more most not");
    private static final Set<String> PLURALS = words(
            "you we people staff employees children women men feet teeth data media police colleagues personnel both");
    private static final Set<String> FOLLOWS_BE_HAVE_TO = words("to");

    /** The clause that a text without its final stop begins with. */
    static Optional<Clause> of(String text) {
        var words = List.of(contractionsOpened(text.strip()).split("\\s+", -1));
        if (words.size() < 3 || !maySubjectBeginWith(words)) {
            return Optional.empty();
        }
        for (int i = 1; i < words.size() - 1 && i <= LONGEST_SUBJECT; i++) {
            if (!isSubject(words.subList(0, i))) {
                continue;
            }
            var found = predicate(words, i);
            if (found.isPresent()) {
                return found;
            }
            if (Verbs.AUXILIARIES.contains(lower(words.get(i)))) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean maySubjectBeginWith(List<String> words) {
        var first = lower(words.getFirst());
        return !PREPOSITIONS.contains(first)
                && !NO_SUBJECT.contains(first)
                && !Verbs.english().isImperative(first)
                && !Verbs.isHave(first)
                && !(Verbs.english().isBase(first) && DETERMINERS.contains(lower(words.get(1))))
                && (Character.isUpperCase(words.getFirst().charAt(0))
                        || DETERMINERS.contains(first)
                        || PRONOUNS.contains(first));
    }

    private static boolean isSubject(List<String> words) {
        var last = lower(words.getLast());
        if (words.size() == 1 && DETERMINERS.contains(last)) {
            return false;
        }
        if (PRONOUNS.contains(lower(words.getFirst())) && words.size() > 1) {
            return false;
        }
        return !NO_END.contains(last)
                && !PREPOSITIONS.contains(last)
                && !last.matches(".*['’]s?")
                && words.stream()
                        .allMatch(word -> word.matches("[\\p{L}\\p{N}@#&][\\p{L}\\p{N}.@#&/'’-]*")
                                && !BREAKS.contains(lower(word)));
    }

    private static Optional<Clause> predicate(List<String> words, int at) {
        var subject = String.join(" ", words.subList(0, at));
        var word = lower(words.get(at));
        var next = lower(words.get(at + 1));
        var after = words.subList(at + 1, words.size());
        if (Verbs.AUXILIARIES.contains(word)) {
            boolean plural = word.equals("are") || word.equals("were");
            boolean singular = word.equals("is") || word.equals("was");
            if (plural && !isPlural(subject) || singular && isSurelyPlural(subject)) {
                return Optional.empty();
            }
            boolean negated = next.equals("not") || word.equals("cannot");
            return clause(
                    subject,
                    word.equals("cannot") ? "can" : word,
                    "",
                    next.equals("not") ? after.subList(1, after.size()) : after,
                    negated,
                    false);
        }
        if (Set.of("do", "does", "did").contains(word)) {
            return next.equals("not") && after.size() > 1
                    ? clause(subject, word, "", after.subList(1, after.size()), true, false)
                    : Optional.empty();
        }
        if (Verbs.isHave(word)) {
            return have(subject, word, next, after);
        }
        return Verbs.english().form(word).flatMap(form -> {
            if (Verbs.english().isKnown(next) && !next.equals("open") && !next.equals("need")) {
                return Optional.empty();
            }
            boolean agrees = switch (form.tense()) {
                case BASE -> isPlural(subject);
                case SINGULAR -> !isSurelyPlural(subject);
                case PAST ->
                    !next.equals("by") && after.stream().noneMatch(each -> Verbs.AUXILIARIES.contains(lower(each)));
            };
            var auxiliary = switch (form.tense()) {
                case BASE -> "do";
                case SINGULAR -> "does";
                case PAST -> "did";
            };
            return agrees ? clause(subject, auxiliary, form.base(), after, false, false) : Optional.empty();
        });
    }

    private static Optional<Clause> have(String subject, String word, String next, List<String> after) {
        if (Verbs.english().isParticiple(next)) {
            return clause(subject, word, "", after, false, true);
        }
        boolean agrees = word.equals("had") || word.equals("have") == isPlural(subject);
        var auxiliary = word.equals("had") ? "did" : word.equals("has") ? "does" : "do";
        return agrees
                ? clause(subject, auxiliary, "have", after, false, FOLLOWS_BE_HAVE_TO.contains(next))
                : Optional.empty();
    }

    private static Optional<Clause> clause(
            String subject, String auxiliary, String verb, List<String> rest, boolean negated, boolean have) {
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Clause(subject, auxiliary, verb, String.join(" ", rest), negated, have));
    }

    /** A question: an opening such as "When", then auxiliary, subject, verb and what is left of the rest. */
    String asked(String opening, String left, Vocabulary vocabulary) {
        var parts = new StringBuilder(opening)
                .append(' ')
                .append(auxiliary)
                .append(' ')
                .append(vocabulary.lowerFirst(subject));
        if (negated) {
            parts.append(" not");
        }
        if (!verb.isEmpty()) {
            parts.append(' ').append(verb);
        }
        return left.isBlank()
                ? parts.toString()
                : parts.append(' ').append(left.strip()).toString();
    }

    /** Whether it says what the subject is. */
    boolean isCopula() {
        return Set.of("is", "are", "was", "were").contains(auxiliary);
    }

    boolean isDefinite() {
        return !PRONOUNS.contains(lower(subject));
    }

    private static boolean isPlural(String subject) {
        var head = head(subject);
        return subject.contains(" and ")
                || PLURALS.contains(head)
                || head.matches(".*[^s'’u]s")
                || head.endsWith("us's");
    }

    private static boolean isSurelyPlural(String subject) {
        return PRONOUNS.contains(lower(subject))
                ? PLURALS.contains(lower(subject))
                : subject.contains(" and ")
                        || PLURALS.contains(head(subject))
                        || head(subject).matches(".*[^s'’ui]s")
                                && Character.isLowerCase(lastOfHead(subject).charAt(0));
    }

    private static String head(String subject) {
        return lower(lastOfHead(subject));
    }

    /** The last word before a preposition. */
    static String lastOfHead(String subject) {
        var words = subject.split(" ", -1);
        int end = 1;
        while (end < words.length && !PREPOSITIONS.contains(lower(words[end]))) {
            end++;
        }
        return words[end - 1];
    }

    static boolean isPreposition(String word) {
        return PREPOSITIONS.contains(lower(word));
    }

    static boolean isDeterminer(String word) {
        return DETERMINERS.contains(lower(word));
    }

    /** "You're" as "You are": so that subject and auxiliary are words of their own. */
    static String contractionsOpened(String text) {
        return text.replaceAll("\\b([Ww]on)['’]t\\b", "will not")
                .replaceAll("\\b([Cc]an)['’]t\\b", "$1not")
                .replaceAll("(\\w)n['’]t\\b", "$1 not")
                .replaceAll("\\b([Yy]ou|[Ww]e|[Tt]hey)['’]re\\b", "$1 are")
                .replaceAll("\\b(\\w+)['’]ll\\b", "$1 will")
                .replaceAll("\\b([Yy]ou|[Ww]e|[Tt]hey|I)['’]d\\b", "$1 would")
                .replaceAll("\\b([Yy]ou|[Ww]e|[Tt]hey|I)['’]ve\\b", "$1 have")
                .replaceAll("\\b([Ii]t|[Tt]here|[Tt]hat|[Ww]hat)['’]s\\b", "$1 is");
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static Set<String> words(String list) {
        return Set.copyOf(Arrays.asList(list.split(" ", -1)));
    }
}
