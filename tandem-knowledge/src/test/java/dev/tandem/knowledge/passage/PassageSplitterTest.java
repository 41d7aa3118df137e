package dev.tandem.knowledge.passage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageSplitterTest {
    @Test
    void whatFitsStaysWholeUnderItsHeadings() {
        var passages = split(
                64,
                0,
                new Block.Heading(1, "Guide", 0),
                new Block.Heading(2, "Pitching", 3),
                new Block.Paragraph("Peg the corners first. Then raise the poles.", 3));

        assertThat(passages).hasSize(1);
        assertThat(passages.getFirst().headings()).containsExactly("Pitching");
        assertThat(passages.getFirst().text()).isEqualTo("Peg the corners first. Then raise the poles.");
        assertThat(passages.getFirst().location()).isEqualTo("page 3, Pitching");
        assertThat(passages.getFirst().id()).isEqualTo("guide.md#0");
    }

    @Test
    void proseIsCutBetweenSentencesWithOverlap() {
        var sentences = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            sentences.add("Sentence number %d has exactly eight words here.".formatted(i));
        }
        var passages = split(40, 10, new Block.Paragraph(String.join(" ", sentences), 0));

        assertThat(passages).hasSizeGreaterThan(3);
        for (int i = 1; i < passages.size(); i++) {
            var before = SentenceSplitter.split(passages.get(i - 1).text());
            var last = before.getLast().of(passages.get(i - 1).text());
            assertThat(passages.get(i).text()).startsWith(last);
        }
        assertThat(passages).allSatisfy(passage -> assertThat(passage.text()).endsWith("here."));
    }

    @Test
    void tableRowsCarryTheirColumnNamesAndAreNeverCut() {
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < 30; i++) {
            rows.add(List.of("Tent " + i, i + " kg", ""));
        }
        var passages = split(40, 10, new Block.Table(List.of("Name", "Weight", "Note"), rows, 0));

        assertThat(passages).hasSizeGreaterThan(4);
        var lines = passages.stream().flatMap(passage -> passage.text().lines()).toList();
        assertThat(lines).hasSize(30).allMatch(line -> line.matches("Name: Tent \\d+ \\| Weight: \\d+ kg"));
    }

    @Test
    void codeThatFitsIsNotCut() {
        var code = "def first():\n    return 1\n\n\ndef second():\n    return 2";

        var passages = split(64, 0, new Block.Paragraph("See: ", 0), new Block.Code(Optional.of("python"), code, 0));

        assertThat(passages).hasSize(1);
        assertThat(passages.getFirst().text()).contains(code);
    }

    @Test
    void shortSectionsShareAPassageAndKeepTheirHeadings() {
        var passages = split(
                200,
                0,
                new Block.Heading(2, "Oslo", 0),
                new Block.Paragraph("Opens at nine.", 0),
                new Block.Heading(2, "Bergen", 0),
                new Block.Paragraph("Opens at ten.", 0));

        assertThat(passages).hasSize(1);
        assertThat(passages.getFirst().text()).isEqualTo("Opens at nine.\n\nBergen\n\nOpens at ten.");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyWordIsKeptInOrderAndNoPassageIsTooLong(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            var blocks = blocks(random);
            var size = 32 + random.nextInt(100);

            var passages = split(size, 0, blocks.toArray(Block[]::new));

            assertThat(passages)
                    .allSatisfy(passage -> assertThat(words(Context.embedded(passage)))
                            .isLessThanOrEqualTo(size + passage.headings().size() + 3));
            var text = String.join(
                    " ", passages.stream().map(passage -> passage.text()).toList());
            int at = 0;
            for (int number = 0; number < count; number++) {
                at = text.indexOf("w" + number + "w", at);
                assertThat(at).as("word " + number).isNotNegative();
            }
            for (int i = 0; i < passages.size(); i++) {
                assertThat(passages.get(i).ordinal()).isEqualTo(i);
            }
        }
    }

    private int count;

    private List<Block> blocks(Random random) {
        count = 0;
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            switch (random.nextInt(5)) {
                case 0 -> blocks.add(new Block.Heading(1 + random.nextInt(4), "Heading", 0));
                case 1 -> blocks.add(new Block.Paragraph(text(random, 150), 0));
                case 2 ->
                    blocks.add(new Block.ItemList(random.nextBoolean(), List.of(text(random, 20), text(random, 9)), 0));
                case 3 ->
                    blocks.add(new Block.Table(
                            List.of(),
                            List.of(List.of(text(random, 9), text(random, 9)), List.of(text(random, 70))),
                            0));
                default ->
                    blocks.add(new Block.Code(
                            Optional.empty(), text(random, 60).replace(". ", random.nextBoolean() ? "\n" : "\n\n"), 0));
            }
        }
        return blocks;
    }

    private String text(Random random, int most) {
        var text = new StringBuilder();
        int words = 1 + random.nextInt(most);
        for (int i = 0; i < words; i++) {
            text.append('w').append(count++).append("w").append(random.nextInt(6) == 0 ? ". " : " ");
        }
        return text.toString().strip();
    }

    private static List<Passage> split(int tokens, int overlap, Block... blocks) {
        var splitter = new PassageSplitter(new PassageSplitter.Settings(tokens, overlap), PassageSplitterTest::words);
        return splitter.split(new Document("guide.md", "Guide", Metadata.EMPTY, List.of(blocks)));
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
