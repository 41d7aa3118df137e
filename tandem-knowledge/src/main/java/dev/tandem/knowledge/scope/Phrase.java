package dev.tandem.knowledge.scope;

import dev.tandem.knowledge.retrieval.QuestionParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Words of a question that say in which documents the answer is looked for. Only a few forms do so; that a question holds a
 * word that is also a department or a title is none of them.
 *
 * <pre>
 *   in the 2024 travel policy, according to the HR handbook, what does the price list say
 *   documents of the legal department, reports from March 2024, files updated since 2025-03-01
 * </pre>
 *
 * @param words those that name the documents, the noun among them
 * @param dates what the documents' dates must be
 * @param written as it stands in the question
 * @param start where in the question
 * @param quoted whether it stands between quotation marks
 */
record Phrase(List<Word> words, List<Period> dates, String written, int start, boolean quoted) {
    private static final int LONGEST = 10;

    private static final Pattern QUOTED = Pattern.compile("\\s*(?:the\\s+)?[\"“„]([^\"“”]{1,120})[\"”“]");

    private static final Set<String> INTO =
            Set.of("in", "from", "per", "under", "within", "by", "on", "see", "check", "search");
    private static final Set<String> DETERMINERS = Set.of("the", "our", "your", "this", "these", "any", "all", "my");
    private static final Set<String> SAYS =
            Set.of(("say said state stated require allow tell mention define list specify"
                            + " recommend describe explain forbid promise demand ask prescribe")
                    .split(" ", -1));
    private static final Pattern LEADING = Pattern.compile("(?i)(?:(?<![\\p{L}\\p{N}])(?:according|to|"
            + String.join("|", INTO) + "|" + String.join("|", DETERMINERS) + ")\\s+)*[\"“„]?$");
    private static final Set<String> BESIDES =
            Set.of("not", "except", "besides", "without", "outside", "than", "other", "unlike", "beyond");
    private static final Set<String> COMPARES =
            Set.of(("differ different difference compare compared comparison versus vs"
                            + " change changed replace replaced replacing than")
                    .split(" ", -1));
    private static final Set<String> LINKS = Set.of("from", "of", "by", "in");
    private static final Set<String> DATED =
            Set.of("written", "published", "updated", "dated", "made", "changed", "issued", "created", "revised");
    /** Words that no name goes over; written small, for "IT" and "On Call" are names. */
    private static final Set<String> ENDS = Set.of(
            "in on per under within is are was were be do does did it that which who what this there".split(" ", -1));

    Phrase {
        words = List.copyOf(words);
        dates = List.copyOf(dates);
    }

    /**
     * What may be such phrases, in the order in which they begin; they may overlap, for only the documents tell where a name
     * begins: "in the UK according to the leave page". None where the question compares documents.
     */
    static List<Phrase> candidates(String question) {
        var words = Word.of(question);
        if (words.stream().anyMatch(word -> COMPARES.contains(word.form()) && !isDated(words, word))) {
            return List.of();
        }
        return IntStream.range(0, words.size())
                .mapToObj(i -> at(i, words, question))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The question without phrases and what leads to them: what is asked, apart from where it is looked for. */
    static String without(List<Phrase> phrases, String question) {
        var rest = new StringBuilder();
        int from = 0;
        for (var phrase : phrases) {
            rest.append(
                    LEADING.matcher(question.substring(from, phrase.start())).replaceFirst(" "));
            from = phrase.end();
        }
        return rest.append(question.substring(from))
                .toString()
                .replaceAll("[\"“”„\\s]+", " ")
                .strip();
    }

    int end() {
        return start + written.length();
    }

    /** "Changed" before a date says which documents are meant, elsewhere that two are compared. */
    private static boolean isDated(List<Word> words, Word word) {
        int next = words.indexOf(word) + 1;
        return word.form().equals("changed")
                && next < words.size()
                && Period.Bound.of(words.get(next).form()).isPresent();
    }

    /** Whether phrases say it of the whole question, not of one of several things that it asks for. */
    static boolean holdForAll(List<Phrase> phrases, String question) {
        var parts = QuestionParts.of(question);
        if (phrases.isEmpty() || parts.size() < 2) {
            return true;
        }
        boolean inFront = LEADING.matcher(
                        question.substring(0, phrases.getFirst().start()))
                .replaceFirst("")
                .isBlank();
        return inFront
                || parts.stream()
                        .allMatch(part -> phrases.stream().anyMatch(phrase -> part.contains(phrase.written())));
    }

    private static Optional<Phrase> at(int i, List<Word> words, String question) {
        var word = words.get(i);
        if (i > 0 && BESIDES.contains(words.get(i - 1).form())) {
            return Optional.empty();
        }
        boolean accordingTo =
                word.form().equals("to") && i > 0 && words.get(i - 1).form().equals("according");
        if (INTO.contains(word.form()) || accordingTo) {
            return quoted(word.end(), question).or(() -> named(i + 1, words, question));
        }
        if (DETERMINERS.contains(word.form())) {
            return named(i, words, question).filter(phrase -> isSaidOf(phrase, words));
        }
        return DocumentNoun.isOne(word) ? qualified(i, words, question) : Optional.empty();
    }

    /** A title between quotation marks: according to "Your first month". */
    private static Optional<Phrase> quoted(int from, String question) {
        var matcher = QUOTED.matcher(question).region(from, question.length());
        return matcher.lookingAt() && !Word.of(matcher.group(1)).isEmpty()
                ? Optional.of(
                        new Phrase(Word.of(matcher.group(1)), List.of(), matcher.group(1), matcher.start(1), true))
                : Optional.empty();
    }

    /** "the price list says", and "what does the price list say". */
    private static boolean isSaidOf(Phrase phrase, List<Word> words) {
        int end = phrase.end();
        return words.stream()
                .filter(word -> word.start() >= end)
                .limit(2)
                .anyMatch(word -> !word.parted() && SAYS.contains(word.form()));
    }

    /** Determiners, words, a noun for documents, and perhaps a year behind it. */
    private static Optional<Phrase> named(int from, List<Word> words, String question) {
        int first = from;
        while (first < words.size() && DETERMINERS.contains(words.get(first).form())) {
            first++;
        }
        int noun = -1;
        for (int k = first; k < Math.min(words.size(), first + LONGEST); k++) {
            var word = words.get(k);
            if (k > from && word.parted() || ENDS.contains(word.written())) {
                break;
            }
            if (DocumentNoun.isOne(word)) {
                noun = k;
            } else if (noun >= 0) {
                break;
            }
        }
        if (noun < 0) {
            return Optional.empty();
        }
        var named = words.subList(first, noun + 1);
        var dates = new ArrayList<Period>();
        var names = withoutDates(named, dates);
        int end = noun + 1;
        var behind = behind(end, words);
        if (behind.isPresent()) {
            end = behind.getAsInt();
            Period.at(words, end - 1).ifPresent(dates::add);
        }
        var more = end == noun + 1 ? qualified(noun, words, question) : Optional.<Phrase>empty();
        if (more.isPresent()) {
            var all = new ArrayList<>(names);
            all.addAll(more.get().words().subList(1, more.get().words().size()));
            dates.addAll(more.get().dates());
            int stop = more.get().end();
            return Optional.of(new Phrase(
                    all,
                    dates,
                    question.substring(words.get(first).start(), stop),
                    words.get(first).start(),
                    false));
        }
        return Optional.of(new Phrase(
                names,
                dates,
                question.substring(words.get(first).start(), words.get(end - 1).end()),
                words.get(first).start(),
                false));
    }

    private static List<Word> withoutDates(List<Word> words, List<Period> dates) {
        var names = new ArrayList<Word>();
        for (int i = 0; i < words.size(); i++) {
            var period = Period.at(words, i);
            if (period.isPresent()) {
                dates.add(period.get());
                i += period.get().words() - 1;
            } else {
                names.add(words.get(i));
            }
        }
        return names;
    }

    /** Behind a year that follows: "travel policy 2023", "travel policy from 2023". */
    private static OptionalInt behind(int next, List<Word> words) {
        int at = next < words.size() && LINKS.contains(words.get(next).form()) ? next + 1 : next;
        boolean year = at < words.size()
                && !words.get(at).parted()
                && Period.at(words, at).filter(period -> period.words() == 1).isPresent();
        return year ? OptionalInt.of(at + 1) : OptionalInt.empty();
    }

    /** "documents of the legal department", "reports from March 2024", "files updated since 2025-03-01". */
    private static Optional<Phrase> qualified(int noun, List<Word> words, String question) {
        int next = noun + 1;
        while (next < words.size()
                && (DATED.contains(words.get(next).form())
                        || Set.of("that", "which", "are", "were", "is", "was", "last")
                                .contains(words.get(next).form()))) {
            next++;
        }
        if (next >= words.size() - 1 || words.get(next).parted()) {
            return Optional.empty();
        }
        var link = words.get(next).form();
        var bound = Period.Bound.of(link);
        var period = Period.at(words, next + 1);
        if (period.isPresent() && (LINKS.contains(link) || bound.isPresent())) {
            var dates = List.of(bound.map(period.get()::bounded).orElseGet(period::get));
            return Optional.of(
                    phrase(noun, next + 1 + period.get().words(), List.of(words.get(noun)), dates, words, question));
        }
        boolean determined = next + 1 < words.size()
                && DETERMINERS.contains(words.get(next + 1).form());
        if (!LINKS.contains(link) || link.equals("in") || next > noun + 1 && !link.equals("by")) {
            return Optional.empty();
        }
        int first = next + 1 + (determined ? 1 : 0);
        var named = new ArrayList<>(List.of(words.get(noun)));
        int end = first;
        while (end < words.size()
                        && end < first + 3
                        && !words.get(end).parted()
                        && !words.get(end).isEmpty()
                || end == first && end < words.size() && determined) {
            named.add(words.get(end++));
        }
        return named.size() == 1 ? Optional.empty() : Optional.of(phrase(noun, end, named, List.of(), words, question));
    }

    private static Phrase phrase(
            int from, int to, List<Word> named, List<Period> dates, List<Word> words, String question) {
        int start = words.get(from).start();
        return new Phrase(
                named, dates, question.substring(start, words.get(to - 1).end()), start, false);
    }
}
