package dev.tandem.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.tuning.example.personal.PersonalData;
import dev.tandem.tuning.example.personal.PersonalKind;
import dev.tandem.tuning.example.personal.PersonalSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Recall and precision of personal data on Presidio's synthetic sentences. A marked span counts as found if findings cover
 * at least half of its characters; a finding counts as right if marked spans cover at least half of its. Three times:
 * whatever the kinds (which is what leaving it out needs); of the same kind, where street, town and post code are one; and
 * of the same kind strictly. The sentences' templates are halved by a hash: rules were written while looking at one half;
 * of the other only the sums were seen. Both halves draw their names and addresses from the same generator.
 */
final class PersonalDataQuality {
    private record Sentence(String text, List<PersonalSpan> marked, boolean heldOut) {}

    private PersonalDataQuality() {}

    static void measure(Path file, boolean showDevelopment, boolean both) throws IOException {
        var sentences = sentences(file);
        var finder = new PersonalData();
        for (boolean heldOut : both ? List.of(false, true) : List.of(false)) {
            var half =
                    sentences.stream().filter(each -> each.heldOut() == heldOut).toList();
            System.out.printf("%n%s half, %d sentences%n", heldOut ? "held-out" : "development", half.size());
            report("any kind", half, finder, (one, other) -> true);
            report(
                    "same kind, an address as one",
                    half,
                    finder,
                    (one, other) -> whole(one.kind()) == whole(other.kind()));
            report("same kind", half, finder, (one, other) -> one.kind() == other.kind());
        }
        if (showDevelopment) {
            show(sentences.stream().filter(each -> !each.heldOut()).toList(), finder);
        }
    }

    private static List<Sentence> sentences(Path file) throws IOException {
        var sentences = new ArrayList<Sentence>();
        for (var node : new ObjectMapper().readTree(file.toFile())) {
            var spans = new ArrayList<PersonalSpan>();
            for (var span : node.get("spans")) {
                PersonalKind.named(span.get("entity_type").asText())
                        .ifPresent(kind -> spans.add(new PersonalSpan(
                                kind,
                                span.get("start_position").asInt(),
                                span.get("end_position").asInt())));
            }
            sentences.add(new Sentence(
                    node.get("full_text").asText(),
                    spans,
                    heldOut(node.get("template_id").asText())));
        }
        return sentences;
    }

    private static boolean heldOut(String template) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(template.getBytes(StandardCharsets.UTF_8))[0] % 2 != 0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void report(
            String name,
            List<Sentence> sentences,
            PersonalData finder,
            BiPredicate<PersonalSpan, PersonalSpan> counts) {
        var recall = new EnumMap<PersonalKind, int[]>(PersonalKind.class);
        var precision = new EnumMap<PersonalKind, int[]>(PersonalKind.class);
        for (var sentence : sentences) {
            var found = finder.find(sentence.text());
            tally(recall, sentence.marked(), found, counts);
            tally(precision, found, sentence.marked(), counts);
        }
        System.out.printf(Locale.ROOT, "%s: recall %.3f, precision %.3f%n", name, share(recall), share(precision));
        for (var kind : PersonalKind.values()) {
            var right = recall.getOrDefault(kind, new int[2]);
            var sure = precision.getOrDefault(kind, new int[2]);
            System.out.printf(
                    Locale.ROOT,
                    "  %-18s recall %4d of %4d = %.2f   precision %4d of %4d = %.2f%n",
                    kind,
                    right[0],
                    right[1],
                    (double) right[0] / Math.max(1, right[1]),
                    sure[0],
                    sure[1],
                    (double) sure[0] / Math.max(1, sure[1]));
        }
    }

    private static void tally(
            Map<PersonalKind, int[]> tallies,
            List<PersonalSpan> spans,
            List<PersonalSpan> by,
            BiPredicate<PersonalSpan, PersonalSpan> counts) {
        for (var span : spans) {
            var tally = tallies.computeIfAbsent(span.kind(), same -> new int[2]);
            tally[0] += isCovered(span, by, counts) ? 1 : 0;
            tally[1]++;
        }
    }

    private static boolean isCovered(
            PersonalSpan span, List<PersonalSpan> by, BiPredicate<PersonalSpan, PersonalSpan> counts) {
        int covered = 0;
        for (var other : by) {
            if (counts.test(span, other)) {
                covered += Math.max(0, Math.min(span.end(), other.end()) - Math.max(span.start(), other.start()));
            }
        }
        return 2 * covered >= span.end() - span.start();
    }

    /** Street, town and post code are one address when they stand together, which the sentences mark now as one, now as three. */
    private static PersonalKind whole(PersonalKind kind) {
        return kind == PersonalKind.GPE || kind == PersonalKind.ZIP_CODE ? PersonalKind.STREET_ADDRESS : kind;
    }

    private static double share(Map<PersonalKind, int[]> tallies) {
        return (double) tallies.values().stream().mapToInt(tally -> tally[0]).sum()
                / Math.max(
                        1, tallies.values().stream().mapToInt(tally -> tally[1]).sum());
    }

    /** What went wrong in the half that may be looked at. */
    private static void show(List<Sentence> sentences, PersonalData finder) {
        for (var sentence : sentences) {
            var found = finder.find(sentence.text());
            sentence.marked().stream()
                    .filter(span -> !isCovered(span, found, (one, other) -> whole(one.kind()) == whole(other.kind())))
                    .forEach(span -> System.out.println("MISSED " + shown(sentence, span)));
            found.stream()
                    .filter(span -> !isCovered(
                            span, sentence.marked(), (one, other) -> whole(one.kind()) == whole(other.kind())))
                    .forEach(span -> System.out.println("WRONG  " + shown(sentence, span)));
        }
    }

    private static String shown(Sentence sentence, PersonalSpan span) {
        return (span.kind() + " [" + sentence.text().substring(span.start(), span.end()) + "] in " + sentence.text())
                .replace("\n", "\\n");
    }
}
