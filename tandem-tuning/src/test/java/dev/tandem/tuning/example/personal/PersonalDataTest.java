package dev.tandem.tuning.example.personal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
    private static final PersonalData FINDER = new PersonalData();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL_ADDRESS | Write to jane.roe+shop@mail.example.co.uk. | jane.roe+shop@mail.example.co.uk",
                "DOMAIN_NAME | See https://www.example.org/a?b=c, please | https://www.example.org/a?b=c",
                "DOMAIN_NAME | it is on example.com today | example.com",
                "IP_ADDRESS | The host 192.168.0.17 is down | 192.168.0.17",
                "IP_ADDRESS | from 2001:db8:0:0:0:ff00:42:8329 came | 2001:db8:0:0:0:ff00:42:8329",
                "CREDIT_CARD | pay with 4111 1111 1111 1111 now | 4111 1111 1111 1111",
                "IBAN_CODE | to DE89 3704 0044 0532 0130 00 please | DE89 3704 0044 0532 0130 00",
                "US_SSN | My number is 536-22-8726. | 536-22-8726",
                "US_DRIVER_LICENSE | my driver's license is A1234567 | A1234567",
                "PHONE_NUMBER | Call +49 30 901820 today | +49 30 901820",
                "PHONE_NUMBER | or (212) 555-0187 at night | (212) 555-0187",
                "PHONE_NUMBER | Phone: 030 901 8200 | 030 901 8200",
                "DATE_TIME | born on 1984-03-12 there | 1984-03-12",
                "DATE_TIME | It was March 3, 2019 when | March 3, 2019",
                "AGE | a 47-year-old man | 47",
                "AGE | She turned 33 | 33",
                "TITLE | Ask Mrs. Miller | Mrs.",
                "NRP | the Norwegian embassy | Norwegian",
                "GPE | We moved to Portugal last year | Portugal",
                "PERSON | My name is Henrike Mayerhofer and | Henrike Mayerhofer",
                "PERSON | they met Fiona there | Fiona",
                "ORGANIZATION | She works for Northwind Traders Inc these days | Northwind Traders Inc",
                "GPE | We visited the Czech Republic in winter | Czech Republic",
                "GPE | United States of mind, she says | United States",
                "GPE | we flew to tunisia last year | tunisia",
                "ORGANIZATION | Since May Transsoft is her employer | Transsoft",
                "ORGANIZATION | Climate Corporation pays late | Climate Corporation",
                "PHONE_NUMBER | (212) 555-0187-Office | (212) 555-0187",
                "STREET_ADDRESS | I live at 742 Evergreen Terrace, Springfield | 742 Evergreen Terrace, Springfield",
                "STREET_ADDRESS | Send it to Kirchenstraße 12, 81675 München please | Kirchenstraße 12, 81675 München",
                "STREET_ADDRESS | the parcel for P.O. Box 1187 came | P.O. Box 1187",
            })
    void eachKindIsFound(PersonalKind kind, String text, String expected) {
        assertThat(FINDER.find(text))
                .filteredOn(span -> span.kind() == kind)
                .singleElement()
                .satisfies(span ->
                        assertThat(text.substring(span.start(), span.end())).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order 4111 1111 1111 1112 has a number of sixteen digits.",
                "The account DE89370400440532013002 is mistyped.",
                "He sold 450,000-2000=448000 tickets, that is 12.5 a day.",
                "Version 1.2.3.4567 replaces 10.300.2.1 in all shops.",
                "Between 0900-0130 hours nothing happens.",
                "Open the settings, choose the account and change the password.",
                "A total of 2019 apples, 30 pears and 1200 plums.",
                "The result is 3.14159 or 22/7, that is 2 * 11 / 7.",
            })
    void whatOnlyLooksLikeIdentifiersIsLeft(String text) {
        assertThat(FINDER.find(text, PersonalKind.directKinds())).isEmpty();
    }

    @Test
    void whatStandsBeforeANameCountsAcrossLinesToo() {
        assertThat(FINDER.find("He called yesterday;\nnow he lives in Hanssen with us", EnumSet.of(PersonalKind.GPE)))
                .hasSize(1);
    }

    @Test
    void aPeoplesNameWithinAnotherNameIsNoNationality() {
        assertThat(FINDER.find("The European Union and Cyprus (Greek) agreed.", EnumSet.of(PersonalKind.NRP)))
                .isEmpty();
        assertThat(FINDER.find("The European and the Greek agreed.", EnumSet.of(PersonalKind.NRP)))
                .hasSize(2);
    }

    @Test
    void redactingReplacesTheKindsThatAreAskedForAndNothingElse() {
        var text = "Anna's card is 4111 1111 1111 1111, her mail anna@example.org.";
        assertThat(FINDER.redacted(text, PersonalKind.directKinds()))
                .isEqualTo("Anna's card is [credit_card], her mail [email_address].");
        assertThat(FINDER.redacted(text, Set.of())).isEqualTo(text);
        assertThat(FINDER.redacted(text, EnumSet.of(PersonalKind.PERSON))).startsWith("[person]'s card is 4111");
    }

    @Test
    void spansAreInOrderAndDoNotOverlapWhateverTheText() {
        var random = new Random(5);
        var pieces = new String[] {
            "Anna ",
            "12 ",
            "@",
            "example.com ",
            "+49 ",
            "Main Street ",
            "4111 1111 1111 1111",
            "\n",
            ", ",
            "DE89 ",
            "Mr. ",
            "(",
            "\uD83D\uDE00",
            "é",
            "corner of ",
            "and ",
            "Apt. 7 ",
            "1984-03-12 ",
            "GmbH ",
            "www.",
            "::1 "
        };
        for (int round = 0; round < 300; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            int at = 0;
            for (var span : FINDER.find(text.toString())) {
                assertThat(span.start()).isGreaterThanOrEqualTo(at);
                assertThat(span.end()).isGreaterThan(span.start()).isLessThanOrEqualTo(text.length());
                at = span.end();
            }
        }
    }

    @Test
    void longTextsAreSearchedToTheirEnd() {
        var text = "nothing to see here. ".repeat(20_000) + "Mail to jane@example.org now.";
        assertThat(FINDER.find(text, PersonalKind.directKinds()))
                .singleElement()
                .satisfies(span ->
                        assertThat(text.substring(span.start(), span.end())).isEqualTo("jane@example.org"));
        assertThat(FINDER.find(
                        "9".repeat(100_000) + "a".repeat(100_000) + "1-".repeat(50_000), PersonalKind.directKinds()))
                .isEmpty();
    }
}
