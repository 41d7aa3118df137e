package dev.tandem.knowledge.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "updated > 100; false"
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
                "a ! b; column 3; expected"
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
}
