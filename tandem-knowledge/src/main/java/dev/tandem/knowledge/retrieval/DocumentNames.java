package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.index.IndexedDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The titles of an index's documents, to be found in running text: word for word without case, the longest first, never inside a
 * longer word. A title with brackets behind it, as in "Mercury (planet)", is found without them too. A title that several
 * documents have names none of them. Immutable.
 */
final class DocumentNames {
    /** Nobody names a document by more words. */
    private static final int LONGEST = 10;

    /** So many words of a text are looked at, several times as many as a passage has. */
    private static final int READ = 2_000;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern BRACKETS = Pattern.compile("\\s*\\([^()]*\\)\\s*$");

    /** No titles at all. */
    static final DocumentNames NONE = new DocumentNames();

    /** Documents by the words of their titles, ordered so that whether any title goes on is looked up at once. */
    private final TreeMap<String, List<Document>> titles = new TreeMap<>();

    /** The same without what stands in brackets. */
    private final Map<String, List<Document>> unbracketed = new HashMap<>();

    /** A document that can be named. */
    record Document(String path, String title, Metadata metadata) {}

    /**
     * A title in a text.
     *
     * @param written as it stands there
     */
    record Named(String written, Document document) {}

    private DocumentNames() {}

    static DocumentNames of(List<IndexedDocument> documents) {
        var names = new DocumentNames();
        for (var indexed : documents) {
            if (indexed.passages() > 0) {
                names.add(new Document(indexed.path(), indexed.title(), indexed.metadata()));
            }
        }
        return names;
    }

    private void add(Document document) {
        var title = key(document.title());
        title.ifPresent(words ->
                titles.computeIfAbsent(words, key -> new ArrayList<>(1)).add(document));
        key(BRACKETS.matcher(document.title()).replaceFirst(""))
                .filter(words -> !title.equals(Optional.of(words)))
                .ifPresent(words -> {
                    titles.computeIfAbsent(words, key -> new ArrayList<>(1));
                    unbracketed
                            .computeIfAbsent(words, key -> new ArrayList<>(1))
                            .add(document);
                });
    }

    /** What a title is looked up by; empty where it has no letter, as a year has none, or too many words. */
    private static Optional<String> key(String title) {
        var words = WORD.matcher(title)
                .results()
                .limit(LONGEST + 1)
                .map(word -> folded(word.group()))
                .toList();
        boolean isName = words.size() <= LONGEST
                && words.stream().anyMatch(word -> word.codePoints().anyMatch(Character::isLetter));
        return isName ? Optional.of(String.join(" ", words)) : Optional.empty();
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    boolean isEmpty() {
        return titles.isEmpty();
    }

    /**
     * The documents that a text names, in its order.
     *
     * @param visible which documents may be used: the others are as if there were none
     */
    List<Named> in(String text, Predicate<Document> visible) {
        var words = WORD.matcher(text).results().limit(READ).toList();
        var known = new HashMap<String, Optional<Document>>();
        var found = new ArrayList<Named>();
        for (int at = 0; at < words.size(); at++) {
            var key = new StringBuilder();
            int end = at;
            var longest = Optional.<Named>empty();
            int after = at;
            while (end < words.size() && end - at < LONGEST) {
                key.append(end == at ? "" : " ").append(folded(words.get(end).group()));
                end++;
                var next = titles.ceilingKey(key.toString());
                if (next == null || !next.startsWith(key.toString())) {
                    break;
                }
                var document = next.contentEquals(key)
                        ? known.computeIfAbsent(next, title -> named(title, visible))
                        : Optional.<Document>empty();
                var written =
                        text.substring(words.get(at).start(), words.get(end - 1).end());
                if (document.isPresent() && (end - at > 1 || isWrittenAsName(written))) {
                    longest = Optional.of(new Named(written, document.get()));
                    after = end - 1;
                }
            }
            longest.ifPresent(found::add);
            at = after;
        }
        return found;
    }

    /** A title of one word is a word like others where it is written in small letters. */
    private static boolean isWrittenAsName(String word) {
        return word.codePoints().anyMatch(character -> !Character.isLowerCase(character));
    }

    /** The one document that is called so; a whole title before one that goes on in brackets. */
    private Optional<Document> named(String title, Predicate<Document> visible) {
        var whole = two(titles.getOrDefault(title, List.of()), visible);
        var any = whole.isEmpty() ? two(unbracketed.getOrDefault(title, List.of()), visible) : whole;
        return any.size() == 1 ? Optional.of(any.getFirst()) : Optional.empty();
    }

    private static List<Document> two(List<Document> documents, Predicate<Document> visible) {
        return documents.stream().filter(visible).limit(2).toList();
    }
}
