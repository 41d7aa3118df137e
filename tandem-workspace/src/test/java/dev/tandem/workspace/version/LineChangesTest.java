package dev.tandem.workspace.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.version.LineChanges.Kind;
import dev.tandem.workspace.version.LineChanges.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChangesTest {
    @Test
    void aChangeIsShownWithAFewLinesAroundIt() {
        var before = IntStream.range(0, 20).mapToObj(i -> "line " + i).toList();
        var after = new ArrayList<>(before);
        after.set(10, "another");
        var changes = LineChanges.between(before, after);
        assertThat(changes.lines())
                .containsExactly(
                        new Line(Kind.LEFT_OUT, "7"),
                        new Line(Kind.SAME, "line 7"),
                        new Line(Kind.SAME, "line 8"),
                        new Line(Kind.SAME, "line 9"),
                        new Line(Kind.REMOVED, "line 10"),
                        new Line(Kind.ADDED, "another"),
                        new Line(Kind.SAME, "line 11"),
                        new Line(Kind.SAME, "line 12"),
                        new Line(Kind.SAME, "line 13"),
                        new Line(Kind.LEFT_OUT, "6"));
        assertThat(changes.removed()).isEqualTo(1);
        assertThat(changes.added()).isEqualTo(1);
        assertThat(LineChanges.between(before, before).lines()).isEmpty();
    }

    @Test
    void whatIsShownLeadsFromOneTextToTheOther() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            var before = text(random);
            var after = text(random);
            assertThat(applied(LineChanges.between(before, after), before)).isEqualTo(after);
        }
    }

    private static List<String> text(Random random) {
        return random.ints(random.nextInt(30), 0, 4).mapToObj(i -> "line " + i).toList();
    }

    private static List<String> applied(LineChanges changes, List<String> before) {
        if (changes.lines().isEmpty()) {
            return before;
        }
        var after = new ArrayList<String>();
        int at = 0;
        for (var line : changes.lines()) {
            switch (line.kind()) {
                case SAME -> {
                    assertThat(before.get(at++)).isEqualTo(line.text());
                    after.add(line.text());
                }
                case REMOVED -> assertThat(before.get(at++)).isEqualTo(line.text());
                case ADDED -> after.add(line.text());
                case LEFT_OUT -> {
                    int count = Integer.parseInt(line.text());
                    after.addAll(before.subList(at, at + count));
                    at += count;
                }
            }
        }
        assertThat(at).isEqualTo(before.size());
        return after;
    }

    @Test
    void textsThatAreTooLongAndTooDifferentAreRefusedWithAWayOut() {
        var before = IntStream.range(0, 10_001).mapToObj(i -> "a" + i).toList();
        var after = IntStream.range(0, 10_001).mapToObj(i -> "b" + i).toList();
        assertThatThrownBy(() -> LineChanges.between(before, after))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("download both");
        var longer = new ArrayList<>(before);
        longer.add(5_000, "one more");
        assertThat(LineChanges.between(before, longer).added()).isEqualTo(1);
    }
}
