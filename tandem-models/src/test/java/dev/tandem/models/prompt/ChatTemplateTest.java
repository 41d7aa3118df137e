package dev.tandem.models.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
    private static final Path TEMPLATES = Path.of("src/test/resources/templates");

    private record Case(
            List<Map<String, Object>> messages,
            List<Map<String, Object>> tools,
            boolean generation,
            Map<String, Object> more,
            @Nullable String text) {}

    @ParameterizedTest
    @ValueSource(strings = {"chatml", "features", "gemma-mistral-idioms", "llama-idioms", "qwen2.5", "qwen3"})
    void conversationsAreWrittenAsTheReferenceWritesThem(String name) throws IOException {
        var expected = new ObjectMapper()
                .readValue(
                        TEMPLATES.resolve("expected.json").toFile(), new TypeReference<Map<String, List<Case>>>() {});
        check(
                ChatTemplate.parse(Files.readString(TEMPLATES.resolve(name + ".jinja"))),
                expected.getOrDefault(name, List.of()));
    }

    /** Templates whose licence does not let us ship them: -Dtandem.templates=FOLDER with what make_templates.py made. */
    @Test
    void otherTemplatesToo() throws IOException {
        var folder = System.getProperty("tandem.templates");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                folder != null, "no folder of further templates was named (-Dtandem.templates)");
        try (var files = Files.list(Path.of(folder))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".jinja")).toList()) {
                var name = file.getFileName().toString().replace(".jinja", "");
                var expected = new ObjectMapper()
                        .readValue(
                                file.resolveSibling(name + ".json").toFile(),
                                new TypeReference<Map<String, List<Case>>>() {});
                check(ChatTemplate.parse(Files.readString(file)), expected.getOrDefault(name, List.of()));
            }
        }
    }

    private static void check(ChatTemplate template, List<Case> cases) {
        assertThat(cases).isNotEmpty();
        for (var each : cases) {
            var more = new HashMap<String, Object>(each.more());
            more.putAll(Map.of("bos_token", "<s>", "eos_token", "</s>", "date_string", "26 Jul 2024"));
            if (each.text() == null) {
                assertThatThrownBy(() -> template.render(each.messages(), each.tools(), each.generation(), more))
                        .isInstanceOf(MendableException.class);
            } else {
                assertThat(template.render(each.messages(), each.tools(), each.generation(), more))
                        .isEqualTo(each.text());
            }
        }
    }

    @Test
    void theDateIsTheClocks() {
        var clock = Clock.fixed(Instant.parse("2026-03-07T15:04:05Z"), ZoneOffset.UTC);

        assertThat(ChatTemplate.parse("{{ strftime_now('%d %b %Y, %A %H:%M') }}", clock)
                        .render(List.of(), List.of(), false, Map.of()))
                .isEqualTo("07 Mar 2026, Saturday 15:04");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{% if x %}; line 1",
                "{{ x; line 1",
                "{# never closed; line 1",
                "{{ 'open }}; line 1",
                "{% wrong %}; wrong",
                "{{ 1 + }}; line 1",
                "{{ missing.part }}; undefined",
                "{{ 1 + 'a' }}; line 1",
                "{{ messages | nonsense }}; nonsense",
                "{{ 1 is strange }}; strange",
                "{{ 1 // 0 }}; zero",
                "{{ raise_exception('not so') }}; not so",
                "{% endif %}; line 1",
                "{{ 'x'.unheard() }}; unheard"
            })
    void faultsAreOneSentenceWithTheirLine(String template, String expected) {
        assertThatThrownBy(() -> ChatTemplate.parse(template).render(List.of(), List.of(), false, Map.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(2000) %}{% for b in range(2000) %}{{ b }}{% endfor %}{% endfor %}",
                "{{ range(100000000) }}",
                "{% set x = 'abcdefgh' * 10000 %}{% for a in range(9000) %}{{ x }}{% endfor %}"
            })
    void aTemplateThatNeverEndsIsStopped(String template) {
        assertThatThrownBy(() -> ChatTemplate.parse(template).render(List.of(), List.of(), false, Map.of()))
                .isInstanceOf(MendableException.class);
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThatThrownBy(() -> ChatTemplate.parse("{{ " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + " }}"))
                .isInstanceOf(MendableException.class);
        assertThatThrownBy(() -> ChatTemplate.parse("{% if 1 %}".repeat(5_000))).isInstanceOf(MendableException.class);
    }
}
