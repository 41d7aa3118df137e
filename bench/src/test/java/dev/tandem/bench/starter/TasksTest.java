package dev.tandem.bench.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.bench.starter.Facts.Fact;
import dev.tandem.bench.starter.Facts.Notation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {
    private static final List<String> PEOPLE = List.of("ada", "grace");
    private static final List<String> WORDS = List.of("river", "stone", "window", "letter");
    private static final List<Tasks.Dialogue> DIALOGUES = List.of(
            new Tasks.Dialogue("inform(name='blue inn';pricerange=cheap)", "blue inn is a cheap hotel"),
            new Tasks.Dialogue("?request(near)", "where should it be"));

    @Test
    void the_same_seed_makes_the_same_tasks() {
        assertThat(made(7, 200)).isEqualTo(made(7, 200)).isNotEqualTo(made(8, 200));
    }

    @Test
    void every_task_has_a_question_and_an_answer() throws IOException {
        for (var line : made(1, 500)) {
            var messages = new ObjectMapper().readTree(line).path("messages");
            assertThat(messages).hasSize(2);
            assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant");
            assertThat(messages.findValuesAsText("content")).noneMatch(String::isBlank);
        }
    }

    @Test
    void nothing_comes_up_that_the_starter_is_measured_on() {
        assertThat(String.join("\n", made(1, 3_000)))
                .doesNotContain("laptop")
                .doesNotContain("television")
                .doesNotContain("eatType")
                .doesNotContain("priceRange")
                .doesNotContain("customer rating")
                .doesNotContain("familyFriendly");
    }

    @Test
    void a_description_says_every_name_and_number_of_its_facts() {
        var descriptions = new Descriptions(new Random(3), new Invention(new Random(4), PEOPLE));
        for (int i = 0; i < 300; i++) {
            var description = descriptions.next("inform");
            assertThat(description.facts().facts())
                    .filteredOn(
                            fact -> fact.key().equals("name") || fact.value().matches("[0-9].*"))
                    .allSatisfy(fact -> assertThat(description.text()).contains(fact.value()));
        }
    }

    @Test
    void dialogue_acts_are_read_as_they_are_written() {
        var facts = new Facts("recommend", List.of(new Fact("name", "tom 's inn"), new Fact("area", "old town")));

        assertThat(Facts.parse("recommend(name='tom 's inn';area=old town)")).isEqualTo(facts);
        assertThat(Facts.parse(facts.write(Notation.QUOTED_ACT))).isEqualTo(facts);
        assertThat(Facts.parse(facts.write(Notation.ACT))).isEqualTo(facts);
        assertThat(Facts.parse("?request(near)")).isEqualTo(new Facts("?request", List.of(new Fact("near", ""))));
        assertThat(Facts.parse("goodbye()")).isEqualTo(new Facts("goodbye", List.of()));
    }

    @Test
    void facts_are_written_in_the_notation_that_is_asked_for() throws IOException {
        var facts = new Facts("inform", List.of(new Fact("name", "x"), new Fact("ticket cost", "3 \"euro\"")));

        assertThat(facts.write(Notation.BRACKETS)).isEqualTo("name[x], ticketCost[3 \"euro\"]");
        assertThat(facts.write(Notation.LINES)).isEqualTo("name: x\nticket cost: 3 \"euro\"");
        assertThat(facts.write(Notation.PAIRS)).isEqualTo("name = x | ticket_cost = 3 \"euro\"");
        JsonNode json = new ObjectMapper().readTree(facts.write(Notation.JSON));
        assertThat(json.path("ticket cost").asText()).isEqualTo("3 \"euro\"");
    }

    @Test
    void words_apart_become_a_text_as_people_write_it() {
        assertThat(Lines.written("the blue inn , a hotel , is cheap . it has tom 's bar", List.of("blue inn")))
                .isEqualTo("The Blue Inn, a hotel, is cheap. It has tom's bar.");
    }

    @Test
    void quoted_fields_keep_their_commas_and_quotes(@TempDir Path folder) throws IOException {
        var file = folder.resolve("rows.csv");
        Files.writeString(file, "mr,ref\n\"name[A], area[B]\",\"A said \"\"yes\"\", then left.\"\nname[C],Plain\r\n");

        assertThat(References.e2e(file))
                .containsExactly(
                        new Tasks.Dialogue("name[A], area[B]", "A said \"yes\", then left."),
                        new Tasks.Dialogue("name[C]", "Plain"));
    }

    private static List<String> made(long seed, int count) {
        var tasks = new Tasks(seed, PEOPLE, DIALOGUES, WORDS);
        return IntStream.range(0, count).mapToObj(i -> tasks.next()).toList();
    }
}
