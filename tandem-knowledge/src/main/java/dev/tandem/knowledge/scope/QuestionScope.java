package dev.tandem.knowledge.scope;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.scope.DocumentLabels.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which documents a question names, told from the titles and fields of those that may be used and of no others. What no
 * document has is left out and said; where nothing is left, the question names none.
 */
final class QuestionScope {
    /** A title that more documents share tells none of them. */
    private static final int MOST_PATHS = 1_000;

    /** What is said of documents in passing. */
    private static final Set<String> USUAL =
            Set.of(("new newest latest current present old official internal company own"
                            + " whole full main relevant corresponding recent department team")
                    .split(" ", -1));

    private final DocumentLabels labels;
    private final List<Label> visible;

    /**
     * Documents.
     *
     * @param filter which they are; {@link Filter.All} where only remarks are left
     * @param named the words of the question that name them
     * @param asked the question without them
     * @param remarks what of the question had to be left out, as sentences for people
     */
    record Scope(Filter filter, List<String> named, String asked, List<String> remarks) {}

    private QuestionScope(DocumentLabels labels, List<Label> visible) {
        this.labels = labels;
        this.visible = visible;
    }

    /** The documents that a question names among those that a filter lets through; none mostly. */
    static Optional<Scope> of(String question, DocumentLabels labels, Filter filter) {
        var phrases = Phrase.candidates(question);
        if (phrases.isEmpty()) {
            return Optional.empty();
        }
        var visible = filter instanceof Filter.All
                ? labels.labels()
                : labels.labels().stream()
                        .filter(label -> FilterMatcher.matches(filter, label.path(), label.metadata()))
                        .toList();
        return new QuestionScope(labels, visible).of(phrases, question);
    }

    private Optional<Scope> of(List<Phrase> phrases, String question) {
        var said = new ArrayList<List<Condition>>();
        var taken = new ArrayList<Phrase>();
        var remarks = new ArrayList<String>();
        for (var phrase : phrases) {
            boolean overlaps =
                    !taken.isEmpty() && phrase.start() < taken.getLast().end();
            var conditions = overlaps ? List.<Condition>of() : conditions(phrase);
            if (conditions.isEmpty()) {
                continue;
            }
            taken.add(phrase);
            var fitting = fitting(conditions, phrase, remarks);
            if (!fitting.isEmpty()) {
                said.add(fitting);
            }
        }
        if (taken.isEmpty() || !Phrase.holdForAll(taken, question)) {
            return Optional.empty();
        }
        var named = taken.stream().map(Phrase::written).toList();
        return Optional.of(new Scope(filter(said), named, Phrase.without(taken, question), remarks));
    }

    /** What several phrases say holds of the same documents; where of none, of some each. */
    private Filter filter(List<List<Condition>> said) {
        var parts = said.stream()
                .map(conditions ->
                        Condition.all(conditions.stream().map(Condition::filter).toList()))
                .toList();
        if (parts.isEmpty()) {
            return new Filter.All();
        }
        boolean together = visible.stream()
                .anyMatch(label -> said.stream().flatMap(List::stream).allMatch(condition -> condition.holds(label)));
        return together ? Condition.all(parts) : Condition.any(parts);
    }

    /**
     * What a phrase says, what says most first; nothing where a word of it says what no document does: "the IT budget plan"
     * is not any document of the IT department.
     */
    private List<Condition> conditions(Phrase phrase) {
        var words = phrase.words().stream()
                .filter(word -> !word.isEmpty() || isWrittenValue(word))
                .toList();
        var conditions = new ArrayList<Condition>();
        if (phrase.quoted()) {
            quoted(phrase).ifPresent(conditions::add);
            return conditions;
        }
        var title = titled(words, phrase);
        if (title.isPresent()) {
            conditions.add(title.get());
        } else {
            var rest = addValues(words, phrase, conditions);
            var titleOfRest = titled(rest, phrase);
            titleOfRest.ifPresent(conditions::addFirst);
            if (titleOfRest.isEmpty() && !rest.stream().allMatch(QuestionScope::saysNothing)) {
                return List.of();
            }
        }
        addDates(phrase, conditions);
        return conditions;
    }

    /** Between quotation marks stands a whole title, or anything at all. */
    private Optional<Condition> quoted(Phrase phrase) {
        var forms = phrase.words().stream()
                .filter(word -> !word.isEmpty())
                .map(Word::form)
                .collect(Collectors.toSet());
        var found = forms.isEmpty()
                ? List.<Label>of()
                : visible.stream().filter(label -> label.title().equals(forms)).toList();
        return found.isEmpty() || found.size() > MOST_PATHS
                ? Optional.empty()
                : Optional.of(Condition.ofPaths(found, phrase.written()));
    }

    private static boolean saysNothing(Word word) {
        return word.isEmpty() || DocumentNoun.isOne(word) || USUAL.contains(word.form());
    }

    /** "IT", but not "it". */
    private boolean isWrittenValue(Word word) {
        return Character.isUpperCase(word.written().charAt(0))
                && !values(List.of(word)).isEmpty();
    }

    /** The values named by these words of documents that may be used, but for those that all of them have. */
    private List<DocumentLabels.Value> values(List<Word> run) {
        return labels.values(run).stream()
                .filter(value -> {
                    var condition = Condition.ofValues(List.of(value), "");
                    return visible.stream().anyMatch(condition::holds)
                            && !visible.stream().allMatch(condition::holds);
                })
                .toList();
    }

    /** The documents whose titles or file names hold all words, and those alone whose titles hold no others. */
    private Optional<Condition> titled(List<Word> words, Phrase phrase) {
        var forms =
                words.stream().filter(word -> !word.isEmpty()).map(Word::form).collect(Collectors.toSet());
        boolean names = words.stream().anyMatch(word -> !word.isEmpty() && !DocumentNoun.isOne(word));
        if (!names) {
            return Optional.empty();
        }
        var found = visible.stream()
                .filter(label -> label.words().containsAll(forms))
                .toList();
        if (found.isEmpty()) {
            // "The parental leave page" is that with the title "Parental leave".
            var without = withoutNouns(forms);
            found = visible.stream()
                    .filter(label -> withoutNouns(label.title()).equals(without))
                    .toList();
        }
        var exact = found.stream().filter(label -> label.title().equals(forms)).toList();
        if (!exact.isEmpty() && phrase.dates().isEmpty()) {
            found = exact;
        }
        return found.isEmpty() || found.size() > MOST_PATHS || found.size() == visible.size()
                ? Optional.empty()
                : Optional.of(Condition.ofPaths(found, written(words)));
    }

    private static Set<String> withoutNouns(Set<String> forms) {
        return forms.stream().filter(form -> !DocumentNoun.isOne(form)).collect(Collectors.toSet());
    }

    /** The longest runs of words that are a value, those that only say "handbook" last; gives back the other words. */
    private List<Word> addValues(List<Word> words, Phrase phrase, List<Condition> conditions) {
        var rest = new ArrayList<Word>();
        var weak = new ArrayList<Condition>();
        var fields = new HashSet<String>();
        boolean nounAlone = words.size() == 1 && phrase.dates().isEmpty();
        int i = 0;
        while (i < words.size()) {
            int taken = 0;
            for (int length = Math.min(DocumentLabels.longestValue(), words.size() - i); length > taken; length--) {
                var run = words.subList(i, i + length);
                boolean noun = run.stream().allMatch(DocumentNoun::isOne);
                boolean anyDocument = noun && (nounAlone || DocumentNoun.isAnyDocument(run.getLast()));
                var values = anyDocument && !DocumentNoun.isFormat(run.getLast().form())
                        ? List.<DocumentLabels.Value>of()
                        : values(run);
                if (!values.isEmpty()) {
                    values.forEach(value -> fields.add(value.field()));
                    (noun ? weak : conditions).add(Condition.ofValues(values, written(run)));
                    taken = length;
                }
            }
            if (taken == 0) {
                rest.add(words.get(i));
            }
            i += Math.max(1, taken);
        }
        conditions.addAll(weak);
        rest.removeIf(word -> fields.contains(word.form()));
        return rest;
    }

    /** A year that titles name is theirs; else it is that of a date. */
    private void addDates(Phrase phrase, List<Condition> conditions) {
        for (var period : phrase.dates()) {
            Predicate<Label> before = label -> conditions.stream().allMatch(condition -> condition.holds(label));
            if (period.year().isPresent()) {
                var year = Integer.toString(period.year().getAsInt());
                var titled = visible.stream()
                        .filter(before)
                        .filter(label -> label.words().contains(year))
                        .toList();
                if (!titled.isEmpty() && !conditions.isEmpty()) {
                    conditions.add(Condition.ofPaths(titled, year));
                    continue;
                }
            }
            var fields = labels.dateFields().stream()
                    .filter(field -> visible.stream()
                            .anyMatch(label -> !label.metadata().values(field).isEmpty()))
                    .toList();
            if (!fields.isEmpty()) {
                conditions.add(Condition.ofDates(fields, period, period.written()));
            }
        }
    }

    /** The conditions from the front, as many as some document fulfils; a date that none fulfils is said. */
    private List<Condition> fitting(List<Condition> conditions, Phrase phrase, List<String> remarks) {
        var left = new ArrayList<>(conditions);
        while (!left.isEmpty()
                && visible.stream().noneMatch(label -> left.stream().allMatch(each -> each.holds(label)))) {
            var dropped = left.removeLast();
            remarks.add("No document fits \"" + phrase.written() + "\": "
                    + (left.isEmpty() ? "all were searched." : "\"" + dropped.written() + "\" was left out."));
        }
        return left;
    }

    private static String written(List<Word> words) {
        return words.stream().map(Word::written).collect(Collectors.joining(" "));
    }
}
