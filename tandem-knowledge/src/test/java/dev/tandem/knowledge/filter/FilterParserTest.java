package dev.tandem.knowledge.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    private static final Metadata LEAVE = new Metadata(Map.of(
            "department", List.of(new FieldValue.Text("HR")),
            "updated", List.of(new FieldValue.Date(LocalDate.of(2025, 3, 1))),
            "tags", List.of(new FieldValue.Text("leave"), new FieldValue.Text("policy")),
            "pages", List.of(new FieldValue.Numeric(12)),
            "draft", List.of(new FieldValue.Flag(false))));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "department = \"hr\" and updated >= 2025-01-01; true",
                "department = hr; true",
                "department != hr; false",
                "owner != ann; true",
                "updated < 2025-03-01; false",
                "updated <= 2025-03-01; true",
                "pages > 11.5 AND pages < 13; true",
                "pages = \"12\"; false",
                "draft = false; true",
                "tags in (\"leave\", travel); true",
                "tags contains \"OLI\"; true",
                "owner exists; false",
                "not owner exists; true",
                "department = it or department = hr and draft = true; false",
                "(department = it or department = hr) and draft = false; true",
                "path contains 'leave'; true",
                "path = HR/Leave.md; true",
                "updated > 100; false",
                "updated >= '2025-01-01'; true",
                "tags in (LEAVE, 3); true",
                "pages contains 12; false",
                "department != 7; true"
            })
    void meansWhatItSays(String filter, boolean matches) {
        assertThat(FilterMatcher.matches(FilterParser.parse(filter), "hr/leave.md", LEAVE))
                .isEqualTo(matches);
    }

    @Test
    void aBlankFilterLetsEverythingThrough() {
        assertThat(FilterParser.parse("  ")).isEqualTo(new Filter.All());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "department; column 11; expected one of",
                "department =; column 13; expected a value",
                "department = \"hr; column 14; not closed",
                "department = hr updated > 1; column 17; or the end",
                "(a = 1; column 7; expected",
                "= 3; column 1; the name of a field",
                "a ! b; column 3; expected",
                "a in (); column 7; expected a value",
                "a == 3; column 4; expected a value"
            })
    void saysWhereItIsWrongAndWhatWasExpected(String filter, String where, String what) {
        assertThatThrownBy(() -> FilterParser.parse(filter))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }

    @Test
    void namesItsFields() {
        assertThat(FilterMatcher.fields(FilterParser.parse("a = 1 and not (b exists or c in (x))")))
                .containsExactly("a", "b", "c");
    }

    @Test
    void keepsTheWordsToContainAsTheyAreWritten() {
        assertThat(FilterParser.parse("version contains 2.0")).isEqualTo(new Filter.Contains("version", "2.0"));
    }

    @Test
    void textIsComparedWithoutTheCaseOfAnyScript() {
        var metadata = new Metadata(Map.of("street", List.of(new FieldValue.Text("ΟΔΟΣ Émile"))));
        assertThat(FilterMatcher.matches(FilterParser.parse("street contains 'οδοσ é'"), "a", metadata))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not "})
    void refusesWhatIsNestedTooDeep(String nesting) {
        assertThatThrownBy(() -> FilterParser.parse(nesting.repeat(50_000)))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("nested more than 100 deep")
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(500));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenIsReadBackAsItWas(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var filter = filter(random, 4);
            assertThat(FilterParser.parse(filter.describe()))
                    .as(filter.describe())
                    .isEqualTo(filter);
        }
        assertThat(FilterParser.parse(new Filter.All().describe())).isEqualTo(new Filter.All());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyTextIsAFilterOrRefusedWithAdvice(long seed) {
        var random = new Random(seed);
        var pieces = List.of(
                "a",
                "=",
                "!=",
                "<",
                "(",
                ")",
                ",",
                "\"",
                "'",
                "\\",
                "and",
                "OR",
                "not",
                "in",
                "contains",
                " ",
                "exists",
                "2025-01-01",
                "2025-99-99",
                "1.5",
                "\n",
                "\u0000",
                "ß");
        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                text.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextBoolean() ? " " : "");
            }
            try {
                var filter = FilterParser.parse(text.toString());
                assertThat(FilterParser.parse(filter.describe()))
                        .as(text.toString())
                        .isEqualTo(filter);
            } catch (MendableException refused) {
                assertThat(refused).hasMessageContaining("column");
            }
        }
    }

    private static Filter filter(Random random, int depth) {
        var field = List.of("department", "and", "due date", "a\"b", "größe", "x.y-z")
                .get(random.nextInt(6));
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 ->
                new Filter.Comparison(field, List.of(Filter.Operator.values()).get(random.nextInt(6)), value(random));
            case 1 -> new Filter.In(field, List.of(value(random), value(random)));
            case 2 -> new Filter.Contains(field, text(random));
            case 3 -> new Filter.Exists(field);
            case 4 -> new Filter.And(List.of(filter(random, depth - 1), filter(random, depth - 1)));
            case 5 -> new Filter.Or(List.of(filter(random, depth - 1), filter(random, depth - 1), filter(random, 0)));
            default -> new Filter.Not(filter(random, depth - 1));
        };
    }

    private static FieldValue value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new FieldValue.Text(text(random));
            case 1 -> new FieldValue.Numeric(random.nextInt(1, 1_000) / divisor(random));
            case 2 -> new FieldValue.Date(LocalDate.of(2025, 1, 1).plusDays(random.nextInt(900)));
            default -> new FieldValue.Flag(random.nextBoolean());
        };
    }

    /** For fractions, very small and very large numbers, which Java would write with an exponent. */
    private static double divisor(Random random) {
        return List.of(4.0, -1e9, 1.0 / (1L << 36)).get(random.nextInt(3));
    }

    private static String text(Random random) {
        var pieces = List.of("hr", " ", "\"", "'", "\\", "and", "(", "12", "true", "é", "😀", "\n");
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
