package dev.tandem.workspace.trail;

import dev.tandem.workspace.trail.Contents.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A trail read whole: its lines, links where they are links, and its contents. */
final class ReadTrail {
    private final List<String> lines;
    private final List<Link> links = new ArrayList<>();
    private final Map<Long, List<Content>> contents;
    private final List<String> faults = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private ReadTrail(List<String> lines, Map<Long, List<Content>> contents) {
        this.lines = lines;
        this.contents = contents;
        lines.forEach(line -> Link.parse(line).ifPresent(links::add));
    }

    static ReadTrail of(Path chain, Contents contents) throws IOException {
        return new ReadTrail(
                new String(Files.readAllBytes(chain), StandardCharsets.UTF_8)
                        .lines()
                        .toList(),
                contents.all());
    }

    List<Link> links() {
        return links;
    }

    List<TrailRecord> records() {
        return links.stream()
                .map(link -> new TrailRecord(
                        link.number(),
                        Instant.parse(link.time()),
                        link.kind(),
                        content(link).map(Content::entry),
                        link.removed().size(),
                        link.hash()))
                .toList();
    }

    private Optional<Content> content(Link link) {
        return contents.getOrDefault(link.number(), List.of()).stream()
                .filter(content -> content.commitment().equals(link.commitment()))
                .findFirst();
    }

    Verification verify(Set<Anchor> anchors, boolean anchorBeside) {
        checkChain();
        var removed = checkContents();
        for (var anchor : anchors) {
            checkAnchor(anchor);
        }
        if (!anchorBeside) {
            remarks.add("The anchor beside the trail is missing, so nobody can tell whether the newest records were cut"
                    + " off; the next record writes it again.");
        }
        int kept =
                (int) links.stream().filter(link -> content(link).isPresent()).count();
        return new Verification(links.size(), kept, removed, faults, remarks);
    }

    private void checkChain() {
        var between = new ArrayList<String>();
        var previous = Link.NOTHING;
        long number = 0;
        for (int i = 0; i < lines.size(); i++) {
            var parsed = Link.parse(lines.get(i));
            if (parsed.isEmpty()) {
                between.add(lines.get(i));
                continue;
            }
            var link = parsed.get();
            var where = "Record " + link.number() + " (line " + (i + 1) + " of the chain) ";
            if (!link.isWhole()) {
                faults.add(where + "was changed: its hash is not that of what it says.");
            } else if (link.number() != number + 1) {
                faults.add(where + "follows record " + number + ": records are missing, doubled or out of order.");
            } else if (!link.previous().equals(previous)) {
                faults.add(where + "does not follow the record before it, which was changed or put there.");
            }
            var torn = ChainFile.torn(between);
            if (!torn.equals(link.torn())) {
                faults.add("Before record " + link.number() + " stands something that is no record and was not there"
                        + " when it was written, or what was there is gone.");
            } else if (!torn.isEmpty()) {
                remarks.add("Before record " + link.number()
                        + " stands half a line that a process left when it was killed; the record closes it off.");
            }
            between.clear();
            previous = link.hash();
            number = link.number();
        }
        if (!ChainFile.torn(between).isEmpty()) {
            remarks.add("The chain ends with half a line, as a process leaves that was killed while it wrote (no answer"
                    + " was given for it); the next record closes it off.");
        }
    }

    /** How many contents were removed, and said to be. */
    private int checkContents() {
        var removed = new HashSet<Long>();
        links.forEach(link -> removed.addAll(link.removed()));
        int gone = 0;
        for (var link : links) {
            if (!link.kind().equals(Link.ANSWER)) {
                continue;
            }
            boolean there = content(link).isPresent();
            if (!there && !removed.contains(link.number())) {
                faults.add("The content of record " + link.number()
                        + (contents.containsKey(link.number())
                                ? " was changed: it is not what was recorded."
                                : " is gone, and no erasure says so."));
            } else if (there && removed.contains(link.number())) {
                remarks.add("The content of record " + link.number()
                        + " was to be removed and is still there: run the erasure again.");
            } else if (!there) {
                gone++;
            }
        }
        return gone;
    }

    private void checkAnchor(Anchor anchor) {
        var link =
                links.stream().filter(each -> each.number() == anchor.number()).findFirst();
        if (link.isEmpty()) {
            faults.add("The chain ends at record "
                    + (links.isEmpty() ? 0 : links.getLast().number()) + ", but record " + anchor.number()
                    + " was written once: its end was cut off.");
        } else if (!link.get().hash().equals(anchor.hash())) {
            faults.add("Record " + anchor.number()
                    + " is not the one that the anchor was taken of: the chain was written anew.");
        }
    }
}
