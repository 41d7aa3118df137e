package dev.tandem.knowledge.passage;

import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Packs pieces in reading order into passages of at most so many tokens. A passage begins at a heading once the one
 * before it is long enough to stand alone; shorter sections share a passage and keep their headings in its text.
 */
final class PassagePacker {
    /** A section shorter than this share of a passage is packed together with the next: alone it says too little. */
    private static final double SHORT_SECTION = 0.25;

    private final Document document;
    private final PassageSplitter.Settings settings;
    private final ToIntFunction<String> tokenCount;
    private final List<Passage> passages = new ArrayList<>();
    private final List<Block.Heading> above = new ArrayList<>();
    private final List<Piece> open = new ArrayList<>();
    private List<String> openHeadings = List.of();
    private int openTokens;
    private int repeated;
    private int room;

    PassagePacker(Document document, PassageSplitter.Settings settings, ToIntFunction<String> tokenCount) {
        this.document = document;
        this.settings = settings;
        this.tokenCount = tokenCount;
    }

    void heading(Block.Heading heading) {
        boolean shortSoFar = openTokens < room() * SHORT_SECTION;
        boolean outward = !above.isEmpty() && heading.level() < above.getLast().level();
        above.removeIf(other -> other.level() >= heading.level());
        above.add(heading);
        room = 0;
        if (hasContent() && shortSoFar && !outward) {
            append(new Piece(
                    heading.text(), "\n\n", tokenCount.applyAsInt(heading.text()), heading.page(), Piece.Kind.HEADING));
        } else {
            close();
        }
    }

    void add(List<Piece> pieces) {
        for (var piece : pieces) {
            if (piece.tokens() > room()) {
                cut(piece).forEach(this::addWhole);
            } else {
                addWhole(piece);
            }
        }
    }

    List<Passage> finish() {
        close();
        return List.copyOf(passages);
    }

    private void addWhole(Piece piece) {
        if (openTokens + piece.tokens() > room()) {
            var overlap = piece.kind() == Piece.Kind.PROSE ? overlap(room() - piece.tokens()) : List.<Piece>of();
            close();
            overlap.forEach(this::append);
            repeated = open.size();
        }
        append(piece);
    }

    private void append(Piece piece) {
        if (open.isEmpty()) {
            openHeadings = headings();
        }
        open.add(piece);
        openTokens += piece.tokens();
    }

    /** Whole sentences from the end of the open passage, within the overlap and the room that is left. */
    private List<Piece> overlap(int left) {
        int budget = Math.min(settings.overlap(), left);
        int from = open.size();
        while (from > 0
                && open.get(from - 1).kind() == Piece.Kind.PROSE
                && open.get(from - 1).tokens() <= budget) {
            budget -= open.get(--from).tokens();
        }
        return List.copyOf(open.subList(from, open.size()));
    }

    private void close() {
        // A heading at the very end belongs to what follows, where it is among the headings above.
        while (!open.isEmpty() && open.getLast().kind() == Piece.Kind.HEADING) {
            open.removeLast();
        }
        if (open.size() > repeated) {
            var text = new StringBuilder();
            int tokens = 0;
            for (var piece : open) {
                text.append(text.isEmpty() ? "" : piece.before()).append(piece.text());
                tokens += piece.tokens();
            }
            passages.add(new Passage(
                    document.path(),
                    passages.size(),
                    document.title(),
                    openHeadings,
                    text.toString(),
                    open.getFirst().page(),
                    tokens));
        }
        open.clear();
        openTokens = 0;
        repeated = 0;
    }

    private boolean hasContent() {
        return open.stream().anyMatch(piece -> piece.kind() != Piece.Kind.HEADING);
    }

    private List<String> headings() {
        return above.stream()
                .map(Block.Heading::text)
                .filter(text -> !text.equals(document.title()))
                .toList();
    }

    /** Tokens left for text beside the title and headings that are embedded with it; never less than half. */
    private int room() {
        // Asked for every sentence, changed only by a heading.
        if (room == 0) {
            int context = tokenCount.applyAsInt(Context.line(document.title(), headings()));
            room = Math.max(settings.tokens() / 2, settings.tokens() - context);
        }
        return room;
    }

    /** A piece longer than a passage, cut between lines, then words, then anywhere, each part as long as fits. */
    private List<Piece> cut(Piece piece) {
        var parts = new ArrayList<Piece>();
        var rest = piece.text();
        var before = piece.before();
        while (!rest.isEmpty()) {
            int end = longestPrefix(rest);
            var part = rest.substring(0, end).strip();
            if (!part.isEmpty()) {
                parts.add(new Piece(part, before, tokenCount.applyAsInt(part), piece.page(), piece.kind()));
                before = piece.kind() == Piece.Kind.CODE ? "\n" : " ";
            }
            rest = rest.substring(end);
        }
        return parts;
    }

    private int longestPrefix(String text) {
        int room = room();
        // No token is longer than its characters, so a text of `room` characters always fits.
        int fits = Math.min(text.length(), room);
        int fails = Math.min(text.length(), room * 16) + 1;
        while (fails - fits > 1) {
            int middle = (fits + fails) >>> 1;
            if (tokenCount.applyAsInt(text.substring(0, middle)) <= room) {
                fits = middle;
            } else {
                fails = middle;
            }
        }
        if (fits >= text.length()) {
            return text.length();
        }
        int line = text.lastIndexOf('\n', fits);
        int space = text.lastIndexOf(' ', fits);
        if (line > fits / 2) {
            return line + 1;
        }
        if (space > fits / 2) {
            return space + 1;
        }
        return Character.isLowSurrogate(text.charAt(fits)) ? fits - 1 : fits;
    }
}
