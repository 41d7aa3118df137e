package dev.tandem.knowledge.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceSplitterTest {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");

    private static final List<String> FRAGMENTS = List.of(
            "The tent weighs 3.14 kg",
            "Dr. Who",
            "e.g. a stove",
            "No. 5",
            "(see Fig. 3. Left)",
            "the U.S.",
            "J. R. R. Tolkien",
            "https://example.org/a.b?c=1.2",
            "Version 2.0.1",
            "\"Stop!\"",
            "He left.[12]",
            "1,234.56",
            "12:30",
            "- item",
            "* 1.5 l",
            "| a | b.c |",
            "# Heading",
            "x = y.z();",
            "雨が降る。",
            "停！",
            "😀👍🏽",
            "e\u0301a\u0308",
            "«Oui»",
            "(((",
            ")",
            "\u202Eabc",
            "a",
            "...",
            "…",
            "Really?!");

    private static final List<String> JOINTS =
            List.of(" ", ". ", "! ", "? ", ".\n", "\n", "\r\n", "\n\n", ".", ", ", "\t", "\u00A0", " – ", "。");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dr. Smith met Prof. Jones in St. Louis.",
                "The U.S. Army bought it.",
                "Order No. 5 was late.",
                "See Fig. 3 for the valve.",
                "It weighs 3.14 kg and costs 1,234.56 euros.",
                "Read https://example.org/a.b?c=1.2 before you call.",
                "The book is by J. R. R. Tolkien.",
                "Use a stove, e.g. Primus or similar.",
                "He agreed (we asked him twice. He nodded) and left.",
                "Call obj.method(); it returns at once."
            })
    void oneSentenceStaysWhole(String text) {
        assertThat(sentences(text)).containsExactly(text);
    }

    @Test
    void stopsQuestionsAndExclamationsEndSentences() {
        assertThat(sentences("It rains. Does it? Yes! We stay."))
                .containsExactly("It rains.", "Does it?", "Yes!", "We stay.");
    }

    @Test
    void quotesBracketsAndFootnotesAfterTheStopBelongToTheSentence() {
        assertThat(sentences("He said \"Go.\" (We went.) It rained.[3][4] Then sun."))
                .containsExactly("He said \"Go.\"", "(We went.)", "It rained.[3][4]", "Then sun.");
    }

    @Test
    void anAbbreviationThatMayEndASentenceDoesBeforeALikelyFirstWord() {
        assertThat(sentences("It was founded by Acme Inc. The owner sold it. Acme Inc. Berlin bought it."))
                .containsExactly("It was founded by Acme Inc.", "The owner sold it.", "Acme Inc. Berlin bought it.");
    }

    @Test
    void listItemsTableRowsAndHeadingsAreSentencesOfTheirOwn() {
        assertThat(sentences(
                        "# Care\nWash by hand\n- no bleach\n- no dryer\n1. Rinse\n2. Dry\n| Size | 40 |\n| Mass | 2 |"))
                .containsExactly(
                        "# Care",
                        "Wash by hand",
                        "- no bleach",
                        "- no dryer",
                        "1. Rinse",
                        "2. Dry",
                        "| Size | 40 |",
                        "| Mass | 2 |");
    }

    @Test
    void aWrappedLineGoesOnInTheNext() {
        var text =
                "The warranty covers defects in material and workmanship for\ntwo years from purchase. It ends then.";
        assertThat(sentences(text))
                .containsExactly(
                        "The warranty covers defects in material and workmanship for\ntwo years from purchase.",
                        "It ends then.");
    }

    @Test
    void shortLinesOfCodeStandAlone() {
        assertThat(sentences("int a = 1;\nint b = a + 2.5;\nreturn b;"))
                .containsExactly("int a = 1;", "int b = a + 2.5;", "return b;");
    }

    @Test
    void cjkStopsNeedNoSpace() {
        assertThat(sentences("雨が降る。傘を持つ！「行く？」はい")).containsExactly("雨が降る。", "傘を持つ！", "「行く？」", "はい");
    }

    @Test
    void textWithoutStopsIsOneSentenceHoweverLong() {
        var text = "word ".repeat(20_000).strip();
        assertThat(sentences(text)).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n\n", "...", "-- !!", "😀"})
    void textThatSaysNothingHasNoSentences(String text) {
        assertThat(SentenceSplitter.split(text)).isEmpty();
    }

    static Stream<String> seededTexts() {
        return IntStream.range(0, 2_000).mapToObj(SentenceSplitterTest::text);
    }

    @ParameterizedTest
    @MethodSource("seededTexts")
    void spansAreOrderedDisjointTrimmedAndCoverEveryLetterAndDigit(String text) {
        var covered = new boolean[text.length()];
        int last = 0;
        for (var span : SentenceSplitter.split(text)) {
            assertThat(span.start()).isGreaterThanOrEqualTo(last);
            assertThat(span.end()).isGreaterThan(span.start());
            last = span.end();
            assertThat(span.of(text)).isEqualTo(span.of(text).strip());
            for (int i = span.start(); i < span.end(); i++) {
                covered[i] = true;
            }
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            assertThat(covered[i] || !Character.isLetterOrDigit(text.codePointAt(i)))
                    .as("char %d of %s", i, text)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seededTexts")
    void noNumberIsCut(String text) {
        var numbers = NUMBER.matcher(text);
        var spans = SentenceSplitter.split(text);
        while (numbers.find()) {
            int from = numbers.start();
            int to = numbers.end();
            assertThat(spans).as(text).anyMatch(span -> span.start() <= from && to <= span.end());
        }
    }

    @ParameterizedTest
    @MethodSource("seededTexts")
    void aSentenceHoldsNoBlankLine(String text) {
        assertThat(sentences(text)).allSatisfy(sentence -> assertThat(sentence).doesNotContain("\n\n"));
    }

    private static List<String> sentences(String text) {
        return SentenceSplitter.split(text).stream().map(span -> span.of(text)).toList();
    }

    private static String text(int seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())))
                    .append(JOINTS.get(random.nextInt(JOINTS.size())));
        }
        return text.toString();
    }
}
