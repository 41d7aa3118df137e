package dev.tandem.tuning.example.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.gate.ExampleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void groupsNeverStraddleAndSizesAreNearlyWhatWasWanted(long seed) {
        var random = new Random(seed);
        var groups = new int[2_000];
        var first = new HashMap<Integer, Integer>();
        for (int i = 0; i < groups.length; i++) {
            int number = i;
            // Some groups are far larger than others.
            groups[i] = first.computeIfAbsent((int) (400 * Math.pow(random.nextDouble(), 2)), same -> number);
        }
        var split = Split.of(groups, new Share(0.15, true), new Share(100, false), seed);
        var homes = new HashMap<Integer, Split.Part>();
        for (int i = 0; i < groups.length; i++) {
            assertThat(homes.merge(groups[i], split.parts()[i], (one, other) -> one))
                    .isEqualTo(split.parts()[i]);
        }
        assertThat(split.size(Split.Part.TEST)).isBetween(250, 300);
        assertThat(split.size(Split.Part.VALIDATION)).isBetween(80, 100);
        assertThat(split.parts()).hasSize(2_000);
        assertThat(Split.of(groups, new Share(0.15, true), new Share(100, false), seed)
                        .parts())
                .isEqualTo(split.parts());
        assertThat(Split.of(groups, new Share(0.15, true), new Share(100, false), seed + 100)
                        .parts())
                .isNotEqualTo(split.parts());
    }

    @Test
    void singleExamplesAreSplitExactly() {
        var split = Split.of(IntStream.range(0, 1_000).toArray(), new Share(0.15, true), new Share(0.1, true), 1);
        assertThat(split.size(Split.Part.TEST)).isEqualTo(150);
        assertThat(split.size(Split.Part.VALIDATION)).isEqualTo(100);
        assertThat(split.size(Split.Part.TRAIN)).isEqualTo(750);
    }

    @Test
    void whatGroupsMakeImpossibleIsSaid() {
        var one = new int[100];
        assertThatThrownBy(() -> Split.of(one, new Share(0.1, true), Share.NONE, 1))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("1 group");
        var two = IntStream.range(0, 100).map(i -> i < 50 ? 0 : 50).toArray();
        assertThatThrownBy(() -> Split.of(two, new Share(0.2, true), Share.NONE, 1))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("impossible")
                .hasMessageContaining("largest has 50");
        assertThatThrownBy(() -> Split.of(new int[] {0, 1}, new Share(2, false), Share.NONE, 1))
                .hasMessageContaining("ask for less");
        assertThatThrownBy(() -> Split.of(new int[0], new Share(0.1, true), Share.NONE, 1))
                .isInstanceOf(MendableException.class);
    }

    @ParameterizedTest
    @CsvSource({"15%,0.15,true", "12.5%,0.125,true", "200,200,false", "0,0,false"})
    void sizesAreSharesOrNumbers(String text, double amount, boolean relative) {
        assertThat(Share.parse(text)).contains(new Share(amount, relative));
        assertThat(Share.parse(text).orElseThrow()).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "-1", "x", "", "%", "1.5"})
    void otherSizesAreNone(String text) {
        assertThat(Share.parse(text)).isEmpty();
    }

    @Test
    void aFieldsValuesStayTogetherInFiles() throws IOException {
        var file = examples(300);
        var split = SplitFolder.write(file, folder.resolve("out"), settings("source", false));
        var seen = new HashMap<String, Path>();
        int count = 0;
        for (var path : split.files().values()) {
            for (var line : Files.readAllLines(path)) {
                var source = new ObjectMapper().readTree(line).get("source").asText();
                assertThat(seen.merge(source, path, (one, other) -> one)).isEqualTo(path);
                count++;
            }
        }
        assertThat(count).isEqualTo(300);
        var record =
                new ObjectMapper().readTree(folder.resolve("out/split.json").toFile());
        assertThat(record.at("/files/test.jsonl/examples").asInt())
                .isEqualTo(split.sizes().get(Split.Part.TEST));
        assertThat(record.get("seed").asInt()).isEqualTo(1);
        assertThat(record.get("groups").asInt()).isEqualTo(30);
    }

    @Test
    void nearDuplicatesStayTogether() throws IOException {
        var split = SplitFolder.write(examples(300), folder.resolve("out"), settings("cluster", false));
        // Every tenth question is asked three times in nearly the same words.
        var homes = new HashMap<String, HashSet<Path>>();
        for (var path : split.files().values()) {
            for (var line : Files.readAllLines(path)) {
                var topic = line.replaceAll(".*topic(\\d+).*", "$1");
                homes.computeIfAbsent(topic, same -> new HashSet<>()).add(path);
            }
        }
        assertThat(homes)
                .hasSize(100)
                .allSatisfy((topic, paths) -> assertThat(paths).hasSize(1));
    }

    @Test
    void aSplitIsNotOverwrittenUnlessForcedAndIsTheSameAgain() throws IOException {
        var out = folder.resolve("out");
        SplitFolder.write(examples(300), out, settings("cluster", false));
        var first = Files.readString(out.resolve("test.jsonl"));
        assertThatThrownBy(() -> SplitFolder.write(examples(300), out, settings("cluster", false)))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("--force");
        SplitFolder.write(examples(300), out, settings("cluster", true));
        assertThat(Files.readString(out.resolve("test.jsonl"))).isEqualTo(first);
        assertThat(out).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void anUnknownFieldIsSaidWithThoseThereAre() {
        assertThatThrownBy(() -> SplitFolder.write(examples(30), folder.resolve("out"), settings("customer", false)))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("customer")
                .hasMessageContaining("source");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private static SplitFolder.Settings settings(String by, boolean replace) {
        return new SplitFolder.Settings(Grouping.named(by), by, new Share(0.2, true), new Share(0.1, true), 1, replace);
    }

    private ExampleFile examples(int count) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            int topic = i / 3;
            var words = new Random(topic)
                    .ints(14, 0, 5_000)
                    .mapToObj(word -> "w" + word)
                    .toList();
            lines.add(
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"topic%d %s%s\"}, {\"role\": \"assistant\", \"content\": \"a%d %s\"}], \"source\": \"s%d\"}"
                            .formatted(
                                    topic,
                                    String.join(" ", words),
                                    Arrays.asList("", " please", " now").get(i % 3),
                                    i,
                                    String.join(" ", words.reversed()),
                                    i % 30));
        }
        var file = folder.resolve("examples.jsonl");
        Files.write(file, lines);
        return new ExampleFile(file, TextOptions.TOLD, Progress.silent());
    }
}
