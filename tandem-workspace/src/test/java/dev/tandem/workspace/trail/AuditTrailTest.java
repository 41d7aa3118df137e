package dev.tandem.workspace.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTrailTest {
    private final Path folder;
    private final Path chain;
    private final AuditTrail trail;

    AuditTrailTest(@TempDir Path temporary) {
        folder = temporary.resolve("trail");
        chain = folder.resolve("chain.jsonl");
        trail = new AuditTrail(folder, temporary.resolve("state/anchor"), Clock.systemUTC());
    }

    @Test
    void whatIsRecordedComesBackAndVerifies() {
        trail.append(entry("anna", "How long is parental leave?"));
        var anchor = trail.append(entry("bert", "And paternal?"));
        assertThat(trail.records())
                .extracting(record -> record.entry().orElseThrow().who())
                .containsExactly("anna", "bert");
        assertThat(trail.records().getFirst().entry()).contains(entry("anna", "How long is parental leave?"));
        assertThat(trail.anchor()).contains(anchor);
        assertThat(Anchor.parse(anchor.toString())).contains(anchor);
        assertThat(verified(anchor).sound()).isTrue();
    }

    @Test
    void aTrailThatWasNeverWrittenIsSoundAndEmpty() {
        assertThat(trail.exists()).isFalse();
        assertThat(trail.anchor()).isEmpty();
        assertThat(verified().sound()).isTrue();
        assertThat(trail.erase("anna")).isZero();
    }

    /** Every single character of the chain and of the contents is covered. */
    @ParameterizedTest
    @ValueSource(strings = {"chain", "contents"})
    void anyChangedCharacterIsFound(String which) throws IOException {
        for (int i = 0; i < 3; i++) {
            trail.append(entry("anna", "Question " + i + "?"));
        }
        var file = which.equals("chain") ? chain : contentsFile();
        var text = Files.readString(file);
        for (int at = 0; at < text.length() - 1; at += 7) {
            char other = text.charAt(at) == 'b' ? 'c' : 'b';
            Files.writeString(file, text.substring(0, at) + other + text.substring(at + 1));
            assertThat(verified().sound())
                    .as("%s with %s at %d", which, other, at)
                    .isFalse();
        }
        Files.writeString(file, text);
        assertThat(verified().sound()).isTrue();
    }

    @Test
    void deletionReorderingDoublingAndTruncationAreFound() throws IOException {
        for (int i = 0; i < 5; i++) {
            trail.append(entry("anna", "Question " + i + "?"));
        }
        var lines = Files.readAllLines(chain);
        for (int i = 0; i < lines.size(); i++) {
            var without = new ArrayList<>(lines);
            without.remove(i);
            assertFaulty(without, "line " + i + " deleted");
            var doubled = new ArrayList<>(lines);
            doubled.add(i, lines.get(i));
            assertFaulty(doubled, "line " + i + " doubled");
            assertFaulty(lines.subList(0, i), "cut after " + i);
        }
        var reordered = new ArrayList<>(lines);
        reordered.set(1, lines.get(2));
        reordered.set(2, lines.get(1));
        assertFaulty(reordered, "reordered");
        Files.delete(chain);
        assertThat(verified().faults()).first().asString().contains("is gone");
    }

    @Test
    void anEndThatWasCutIsNotWrittenOn() throws IOException {
        trail.append(entry("anna", "One?"));
        trail.append(entry("anna", "Two?"));
        Files.write(chain, Files.readAllLines(chain).subList(0, 1));
        assertThatThrownBy(() -> trail.append(entry("anna", "Three?")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("was cut or changed")
                .hasMessageContaining("tandem trail verify");
    }

    @Test
    void anAnchorKeptElsewhereProvesAChainThatWasWrittenAnew(@TempDir Path other) throws IOException {
        trail.append(entry("anna", "The truth?"));
        var kept = trail.append(entry("anna", "And more?"));
        var forged = new AuditTrail(other.resolve("trail"), other.resolve("anchor"), Clock.systemUTC());
        forged.append(entry("anna", "Something else?"));
        forged.append(entry("anna", "And more?"));
        assertThat(forged.verify(Set.of()).sound()).isTrue();
        assertThat(forged.verify(Set.of(kept)).faults()).first().asString().contains("written anew");
    }

    @Test
    void halfALineIsClosedOffByTheNextRecordWhateverItHolds() throws IOException {
        trail.append(entry("anna", "One?"));
        var whole = Files.readAllLines(chain).getFirst();
        for (var torn : List.of("{\"number\":2,\"ti", "\n", whole.substring(0, 40) + "\n" + whole.substring(0, 9))) {
            Files.writeString(chain, torn, StandardOpenOption.APPEND);
            Files.writeString(contentsFile(), "{\"number\":7,\"salt\":\"ab", StandardOpenOption.APPEND);
            assertThat(verified().faults()).isEmpty();
            trail.append(entry("bert", "Next?"));
            assertThat(verified().faults()).isEmpty();
        }
        assertThat(verified().remarks()).anyMatch(remark -> remark.contains("closes it off"));
        assertThat(trail.records()).hasSize(4);
        var text = Files.readString(chain).replace("\"ti", "\"to");
        Files.writeString(chain, text);
        assertThat(verified().sound()).as("the torn line was changed").isFalse();
    }

    @Test
    void erasureRemovesEveryWordOfAPersonAndTheChainStillVerifies() throws IOException {
        var anchor = trail.append(entry("anna", "My secret illness?"));
        trail.append(entry("bert", "Lunch?"));
        trail.append(entry("anna", "Another secret?"));
        assertThat(trail.erase("anna")).isEqualTo(2);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContain("secret", "anna");
            }
        }
        var found = verified(anchor);
        assertThat(found.faults()).isEmpty();
        assertThat(found.removed()).isEqualTo(2);
        assertThat(trail.records())
                .filteredOn(record -> record.entry().isPresent())
                .hasSize(1);
        assertThat(trail.erase("anna")).isZero();
        trail.append(entry("anna", "Back again?"));
        assertThat(verified(anchor).sound()).isTrue();
    }

    @Test
    void contentThatIsGoneWithoutAnErasureIsFound() throws IOException {
        trail.append(entry("anna", "One?"));
        trail.append(entry("anna", "Two?"));
        Files.write(contentsFile(), Files.readAllLines(contentsFile()).subList(1, 2));
        assertThat(verified().faults()).singleElement().asString().contains("record 1 is gone, and no erasure says so");
    }

    @Test
    void retentionRemovesWhatIsOldAndSaysSo(@TempDir Path other) {
        var then = Clock.fixed(Instant.parse("2026-01-10T10:00:00Z"), ZoneOffset.UTC);
        var now = Clock.fixed(Instant.parse("2026-02-20T10:00:00Z"), ZoneOffset.UTC);
        new AuditTrail(other, other.resolve("anchor"), then).append(entry("anna", "Old?"));
        var later = new AuditTrail(other, other.resolve("anchor"), now);
        later.append(entry("anna", "New?"));
        assertThat(later.retain(Duration.ofDays(30))).isEqualTo(1);
        assertThat(later.retain(Duration.ofDays(30))).isZero();
        assertThat(later.records())
                .extracting(TrailRecord::kind)
                .containsExactly(Link.ANSWER, Link.ANSWER, Link.RETENTION);
        assertThat(later.records().getFirst().entry()).isEqualTo(Optional.empty());
        assertThat(later.verify(Set.of()).sound()).isTrue();
    }

    @Test
    void manyThreadsAndTwoTrailsOfOneFolderMakeOneChain() throws Exception {
        var second = new AuditTrail(folder, folder.resolveSibling("state").resolve("anchor"), Clock.systemUTC());
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 60; i++) {
                int number = i;
                threads.execute(() -> (number % 2 == 0 ? trail : second).append(entry("user" + number, "Q" + number)));
            }
        }
        assertThat(trail.records())
                .extracting(record -> record.entry().orElseThrow().who())
                .doesNotHaveDuplicates()
                .hasSize(60);
        assertThat(verified().sound()).isTrue();
    }

    /** Killed in the midst, a process loses nothing that it was told is recorded, and another goes on at once. */
    @Test
    void aKilledProcessLeavesAChainThatAnotherContinues() throws Exception {
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            new File(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString(),
                            folder.resolveSibling("state").resolve("anchor").toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        var acknowledged = new ArrayList<Long>();
        for (var process : processes) {
            var lines = process.inputReader();
            for (int i = 0; i < 10; i++) {
                acknowledged.add(Long.parseLong(lines.readLine()));
            }
        }
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
        trail.append(entry("anna", "After the crash?"));
        assertThat(verified().faults()).isEmpty();
        assertThat(trail.records())
                .filteredOn(record -> record.entry().isPresent())
                .extracting(TrailRecord::number)
                .containsAll(acknowledged);
    }

    /** Appends until it is killed, and says each number once it is recorded. */
    static final class Writer {
        public static void main(String[] arguments) {
            var trail = new AuditTrail(Path.of(arguments[0]), Path.of(arguments[1]), Clock.systemUTC());
            for (int i = 0; ; i++) {
                System.out.println(
                        trail.append(entry("process", "Question " + i)).number());
                System.out.flush();
            }
        }
    }

    private void assertFaulty(List<String> lines, String what) throws IOException {
        var before = Files.readString(chain);
        Files.writeString(chain, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
        assertThat(verified().sound()).as(what).isFalse();
        Files.writeString(chain, before);
    }

    private Verification verified(Anchor... kept) {
        return trail.verify(Set.of(kept));
    }

    private Path contentsFile() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("contents"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static TrailEntry entry(String who, String question) {
        return new TrailEntry(
                who, "ask", question, "26 weeks. [1]", false, List.of("leave.md#0"), "extractive", "", "c0ffee");
    }
}
