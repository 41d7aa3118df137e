package dev.tandem.workspace.version;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a document was.
 *
 * @param path the document's
 * @param last the highest number that was ever given, 0 before the first
 * @param newest the version that stands in the folder; none once the document is deleted
 * @param earlier those that are kept, the newest first
 * @param deletion when and by whom it was deleted, where it was and that is known
 */
public record VersionHistory(
        String path,
        int last,
        Optional<DocumentVersion> newest,
        List<DocumentVersion> earlier,
        Optional<Deletion> deletion) {
    public VersionHistory {
        earlier = List.copyOf(earlier);
    }

    /** A document's end. */
    public record Deletion(Instant time, Optional<String> who) {}

    static VersionHistory none(String path) {
        return new VersionHistory(path, 0, Optional.empty(), List.of(), Optional.empty());
    }

    /** The newest, then all others. */
    public Stream<DocumentVersion> all() {
        return Stream.concat(newest.stream(), earlier.stream());
    }

    /** A version by its number. */
    public Optional<DocumentVersion> version(int number) {
        return all().filter(each -> each.number() == number).findFirst();
    }

    /** The same with those earlier versions alone that pass. */
    public VersionHistory only(Predicate<DocumentVersion> passing) {
        return withEarlier(earlier.stream().filter(passing).toList());
    }

    /** The same without an earlier version. */
    public VersionHistory without(int number) {
        return only(each -> each.number() != number);
    }

    /** The same with another version as the newest, and none of those before it forgotten. */
    VersionHistory followedBy(DocumentVersion next, Optional<List<String>> access) {
        return new VersionHistory(path, next.number(), Optional.of(next), kept(access), Optional.empty());
    }

    /** The same once the document is deleted. */
    VersionHistory ended(Deletion end, Optional<List<String>> access) {
        return new VersionHistory(path, last, Optional.empty(), kept(access), Optional.of(end));
    }

    private List<DocumentVersion> kept(Optional<List<String>> access) {
        var kept = new ArrayList<DocumentVersion>();
        newest.ifPresent(each -> kept.add(each.with(access)));
        kept.addAll(earlier);
        return kept;
    }

    VersionHistory standing(Optional<DocumentVersion> now) {
        int highest = Math.max(last, now.map(DocumentVersion::number).orElse(0));
        var others = earlier.stream()
                .filter(each -> now.isEmpty() || each.number() != now.get().number())
                .toList();
        return new VersionHistory(path, highest, now, others, now.isPresent() ? Optional.empty() : deletion);
    }

    VersionHistory withEarlier(List<DocumentVersion> others) {
        return new VersionHistory(path, last, newest, others, deletion);
    }

    VersionHistory mapped(UnaryOperator<DocumentVersion> change, UnaryOperator<Deletion> end) {
        return new VersionHistory(
                path, last, newest.map(change), earlier.stream().map(change).toList(), deletion.map(end));
    }
}
