package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.passage.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks through documents on their way into an index, by a policy. Safe for use by many threads.
 */
public final class Screening {
    /** Of a workspace that does not look. */
    public static final Screening NONE = new Screening(InjectionPolicy.KEEP, Optional.empty());

    private final InjectionPolicy policy;
    private final Optional<InjectionDetector> detector;

    private Screening(InjectionPolicy policy, Optional<InjectionDetector> detector) {
        this.policy = policy;
        this.detector = detector;
    }

    /** A screening that flags or drops what a detector finds; {@link #NONE} for a policy that keeps all. */
    public static Screening of(InjectionPolicy policy, InjectionDetector detector) {
        return policy == InjectionPolicy.KEEP ? NONE : new Screening(policy, Optional.of(detector));
    }

    /**
     * A passage as it is indexed.
     *
     * @param passage without what was dropped
     * @param metadata its document's, with the passage's flags
     */
    public record ScreenedPassage(Passage passage, Metadata metadata) {}

    /**
     * A document as it is indexed.
     *
     * @param passages those that have any text left
     * @param metadata the document's own, with all flags
     * @param found the sentences that were flagged or dropped
     * @param hidden the hidden texts that were flagged; hidden text itself is never indexed
     */
    public record Screened(
            List<ScreenedPassage> passages, Metadata metadata, List<String> found, List<String> hidden) {}

    /** Looks through a document. */
    public Screened look(Document document, List<Passage> passages) {
        var found = detector.map(each -> each.find(document, passages)).orElse(List.of());
        var hidden = detector.map(each -> document.hidden().stream()
                        .flatMap(text -> each.findHidden(text, document, passages).stream())
                        .distinct()
                        .toList())
                .orElse(List.of());
        var screened = new ArrayList<ScreenedPassage>(passages.size());
        for (int i = 0; i < passages.size(); i++) {
            int at = i;
            var own = found.stream().filter(each -> each.passage() == at).toList();
            boolean drops = policy == InjectionPolicy.DROP;
            var passage = drops && !own.isEmpty() ? without(passages.get(i), own) : passages.get(i);
            if (!passage.text().isBlank() || own.isEmpty()) {
                var flags = drops
                        ? List.<String>of()
                        : own.stream().map(Injection::text).toList();
                screened.add(new ScreenedPassage(passage, Flags.with(document.metadata(), flags, hidden)));
            }
        }
        var texts = found.stream().map(Injection::text).toList();
        return new Screened(screened, Flags.with(document.metadata(), texts, hidden), texts, hidden);
    }

    private static Passage without(Passage passage, List<Injection> found) {
        var text = new StringBuilder();
        int from = 0;
        for (var each : found) {
            if (each.start() >= from) {
                text.append(passage.text(), from, each.start());
                from = each.end();
            }
        }
        text.append(passage.text(), from, passage.text().length());
        var headings = passage.headings().stream()
                .filter(heading -> found.stream()
                        .noneMatch(each ->
                                each.end() == each.start() && each.text().equals(heading)))
                .collect(Collectors.toList());
        return new Passage(
                passage.document(),
                passage.ordinal(),
                passage.title(),
                headings,
                text.toString().strip(),
                passage.page(),
                passage.tokens(),
                passage.contextLine());
    }

    /** In a word or two what was done, for the index's description; empty where nothing was. */
    public static String describe(InjectionPolicy policy) {
        return policy == InjectionPolicy.KEEP
                ? ""
                : ", injections " + policy.name().toLowerCase(Locale.ROOT) + " v" + InjectionDetector.VERSION;
    }

    /** What this one does, as {@link #describe(InjectionPolicy)}. */
    public String describe() {
        return describe(policy);
    }
}
