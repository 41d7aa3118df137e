package dev.tandem.workspace.version;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two texts, line by line, by Myers' algorithm (1986).
 *
 * @param lines what was taken away, what came, and a few lines around it, in their order; none if the texts are the same
 * @param removed how many were taken away
 * @param added how many came
 */
public record LineChanges(List<Line> lines, int removed, int added) {
    /** Unchanged lines shown before and after a change. */
    private static final int AROUND = 3;

    /** What differs of each text, at most: the time grows with the product. */
    private static final int MOST = 10_000;

    public LineChanges {
        lines = List.copyOf(lines);
    }

    /** What became of a line. */
    public enum Kind {
        SAME,
        REMOVED,
        ADDED,
        /** Stands for unchanged lines that are left out. */
        LEFT_OUT
    }

    /**
     * A line.
     *
     * @param text of it; how many there are, where they are left out
     */
    public record Line(Kind kind, String text) {}

    /**
     * Compares.
     *
     * @throws MendableException if they are too long and too different
     */
    public static LineChanges between(List<String> before, List<String> after) {
        int head = sameAtTheBeginning(before, after);
        int tail = sameAtTheEnd(before.subList(head, before.size()), after.subList(head, after.size()));
        var old = before.subList(head, before.size() - tail);
        var now = after.subList(head, after.size() - tail);
        if (Math.max(old.size(), now.size()) > MOST) {
            throw new MendableException("The two versions differ in more than " + MOST
                    + " lines, too many to compare here: download both and compare them with a program for that.");
        }
        var patch = DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>());
        if (patch.getDeltas().isEmpty()) {
            return new LineChanges(List.of(), 0, 0);
        }
        var shown = new Shown(before);
        int at = 0;
        for (var delta : patch.getDeltas()) {
            int begins = head + delta.getSource().getPosition();
            shown.same(at, begins, true);
            shown.change(delta);
            at = begins + delta.getSource().size();
        }
        shown.same(at, before.size(), false);
        return new LineChanges(shown.lines, shown.removed, shown.added);
    }

    private static int sameAtTheBeginning(List<String> before, List<String> after) {
        int most = Math.min(before.size(), after.size());
        int same = 0;
        while (same < most && before.get(same).equals(after.get(same))) {
            same++;
        }
        return same;
    }

    private static int sameAtTheEnd(List<String> before, List<String> after) {
        return sameAtTheBeginning(before.reversed(), after.reversed());
    }

    private static final class Shown {
        private final List<String> before;
        private final List<Line> lines = new ArrayList<>();
        private final List<Line> came = new ArrayList<>();
        private int removed;
        private int added;

        Shown(List<String> before) {
            this.before = before;
        }

        /** Unchanged lines, those far from any change left out. */
        void same(int from, int to, boolean changeFollows) {
            if (from == to && changeFollows) {
                return;
            }
            lines.addAll(came);
            came.clear();
            int first = lines.isEmpty() ? from : Math.min(to, from + AROUND);
            int last = changeFollows ? Math.max(first, to - AROUND) : to;
            before.subList(from, first).forEach(line -> lines.add(new Line(Kind.SAME, line)));
            if (last > first) {
                lines.add(new Line(Kind.LEFT_OUT, Integer.toString(last - first)));
            }
            before.subList(last, to).forEach(line -> lines.add(new Line(Kind.SAME, line)));
        }

        /** What was taken away comes first, also where a change comes in several pieces. */
        void change(AbstractDelta<String> delta) {
            delta.getSource().getLines().forEach(line -> lines.add(new Line(Kind.REMOVED, line)));
            delta.getTarget().getLines().forEach(line -> came.add(new Line(Kind.ADDED, line)));
            removed += delta.getSource().size();
            added += delta.getTarget().size();
        }
    }
}
