package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.Stems;
import dev.tandem.knowledge.retrieval.DocumentNames.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows names: what the question and the best passages call by the title of another document is looked up there. "When did
 * Lothair II's mother die?" finds the document on Lothair II, which names Ermengarde of Tours, after whom another is called. What
 * each text names first comes first: passages begin with what they are about.
 *
 * <p>A title of which every word stands in many passages is a common word, not a name that leads anywhere. Safe for use by many
 * threads.
 */
final class NameFollowUp {
    /** Passages whose names are followed: what a reader would look at first. */
    private static final int LOOKED_AT = 3;

    /** Documents that are looked up at most. */
    private static final int MOST = 4;

    /** Names of a text that are looked at, so that a list of thousands costs no more than a passage. */
    private static final int MOST_NAMES = 20;

    /** A document with a passage among so many is in the context already. */
    private static final int CONTEXT = 5;

    /** A name's rarest word is in one passage of so many at most. */
    private static final int ONE_OF = 100;

    /** In so many passages a word is rare in any index. */
    private static final int FEW = 5;

    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    private record Kept(long version, DocumentNames names) {}

    /** What names documents: the question, or a passage found. */
    private record Source(String called, String text) {
        static Source of(RetrievedPassage found) {
            var passage = found.passage();
            return new Source(
                    passage.title().isEmpty() ? passage.document() : "\"" + passage.title() + "\"", passage.text());
        }
    }

    /** A document that is named, and by what. */
    private record Link(Named name, Source source) {
        String document() {
            return name.document().path();
        }
    }

    /**
     * What is named and not read yet.
     *
     * @param snapshot where documents and words are looked up
     */
    Optional<FollowUp.Query> next(
            PassageIndex.Snapshot snapshot,
            String question,
            List<RetrievedPassage> found,
            List<Hop> before,
            Filter filter) {
        var names = names(snapshot);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        // Titles that the asker may not see are as if there were none.
        Predicate<DocumentNames.Document> visible =
                document -> FilterMatcher.matches(filter, document.path(), document.metadata());
        var asked = rare(links(new Source("The question", question), names, visible), snapshot);
        var inFront = inFront(found, before);
        var named = new ArrayList<Link>();
        for (var passage : read(found, inFront, asked)) {
            named.addAll(links(Source.of(passage), names, visible));
        }
        var links = new ArrayList<>(asked);
        links.addAll(rare(named, snapshot));
        links.removeIf(link -> inFront.contains(link.document()));
        var wanted = firstOfEachFirst(links).stream().limit(MOST).toList();
        var context = documents(first(found, CONTEXT));
        return wanted.stream().allMatch(link -> context.contains(link.document()))
                ? Optional.empty()
                : Optional.of(query(wanted));
    }

    /**
     * The names as of the snapshot's commit; none where the index does not tell one commit from another, since listing all
     * documents takes too long for a question.
     */
    private DocumentNames names(PassageIndex.Snapshot snapshot) {
        OptionalLong version = snapshot.version();
        if (version.isEmpty()) {
            return DocumentNames.NONE;
        }
        var known = kept.get();
        if (known != null && known.version() == version.getAsLong()) {
            return known.names();
        }
        var names = DocumentNames.of(snapshot.documents());
        kept.set(new Kept(version.getAsLong(), names));
        return names;
    }

    /** The documents of the best passages, and those that earlier looks added. */
    private static Set<String> inFront(List<RetrievedPassage> found, List<Hop> before) {
        var added = before.stream().flatMap(hop -> hop.found().stream()).collect(Collectors.toSet());
        var documents = new HashSet<>(documents(first(found, LOOKED_AT)));
        found.stream()
                .filter(passage -> added.contains(passage.passage().id()))
                .forEach(passage -> documents.add(passage.passage().document()));
        return documents;
    }

    /** The passages whose names are followed: the best, and one of each other document that is in front or that the question names. */
    private static List<RetrievedPassage> read(List<RetrievedPassage> found, Set<String> inFront, List<Link> asked) {
        var read = new ArrayList<>(first(found, LOOKED_AT));
        var documents = documents(read);
        var others = new HashSet<>(inFront);
        asked.forEach(link -> others.add(link.document()));
        for (var passage : found) {
            var document = passage.passage().document();
            if (read.size() < LOOKED_AT + MOST && others.contains(document) && documents.add(document)) {
                read.add(passage);
            }
        }
        return read;
    }

    private static List<RetrievedPassage> first(List<RetrievedPassage> found, int count) {
        return found.subList(0, Math.min(count, found.size()));
    }

    private static Set<String> documents(List<RetrievedPassage> passages) {
        return passages.stream()
                .map(passage -> passage.passage().document())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Link> links(Source source, DocumentNames names, Predicate<DocumentNames.Document> visible) {
        return names.in(source.text(), visible).stream()
                .limit(MOST_NAMES)
                .map(name -> new Link(name, source))
                .toList();
    }

    /** Those whose name has a word that few passages hold. */
    private static List<Link> rare(List<Link> links, PassageIndex.Snapshot snapshot) {
        var stems = new HashSet<String>();
        links.forEach(link -> stems.addAll(stems(link)));
        var containing = snapshot.passagesContaining(stems);
        int few = Math.max(FEW, snapshot.passageCount() / ONE_OF);
        return links.stream()
                .filter(link -> stems(link).stream().anyMatch(stem -> containing.getOrDefault(stem, 0) <= few))
                .toList();
    }

    private static List<String> stems(Link link) {
        return Stems.of(link.name().written()).stream().map(Stems.Stem::stem).toList();
    }

    /** One link to each document: the first of each source, then the others. */
    private static List<Link> firstOfEachFirst(List<Link> links) {
        var named = new HashSet<String>();
        var seen = new HashSet<Source>();
        var ordered = new ArrayList<Link>();
        var others = new ArrayList<Link>();
        for (var link : links) {
            if (named.add(link.document())) {
                (seen.add(link.source()) ? ordered : others).add(link);
            }
        }
        ordered.addAll(others);
        return ordered;
    }

    private static FollowUp.Query query(List<Link> links) {
        var bySource = new LinkedHashMap<String, List<String>>();
        for (var link : links) {
            bySource.computeIfAbsent(link.source().called(), source -> new ArrayList<>())
                    .add("\"" + link.name().written() + "\"");
        }
        var reason = bySource.entrySet().stream()
                .map(named -> named.getKey() + " names " + String.join(" and ", named.getValue()))
                .collect(Collectors.joining("; "));
        return new FollowUp.Query(
                links.stream().map(link -> link.name().written()).collect(Collectors.joining(", ")),
                reason + ".",
                true,
                links.stream().map(Link::document).toList());
    }
}
