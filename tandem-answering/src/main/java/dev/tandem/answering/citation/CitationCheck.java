package dev.tandem.answering.citation;

import dev.tandem.answering.citation.Evidence.Support;
import dev.tandem.knowledge.passage.SentenceSplitter;
import dev.tandem.knowledge.passage.SentenceSplitter.Span;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a model's answer against the passages that it was given. A citation stays where its passage supports the
 * sentence, alone or together with the sentence's other citations; a sentence without one that stays gets one if some
 * passage clearly supports it, and counts as unsupported otherwise. Support is a matter of words: it shows that a claim
 * was made up, not that it was turned round ("not" weighs nothing). Without state.
 */
public final class CitationCheck {
    /**
     * Share of a sentence's content words that its citation must hold. Free rewordings by people keep about this much of
     * what they rest on, while a passage picked at random hardly ever has it together with the facts.
     */
    static final double CITED = 0.4;

    /** More is asked of a passage that the model did not name, because the best of many matches better by chance. */
    static final double FOUND = 0.7;

    /** The least that one of several citations of a sentence must add for their words to be counted together. */
    static final double PART = 0.25;

    private CitationCheck() {}

    /**
     * Checks an answer.
     *
     * @param answer as the model wrote it, with marks such as {@code [1]}, {@code [1, 2]} and {@code [1-3]}
     * @param passages passage n of the prompt is element n - 1
     */
    public static CheckedAnswer check(String answer, List<RetrievedPassage> passages) {
        var marked = MarkedText.parse(answer.strip());
        var evidence = passages.stream()
                .map(passage -> new Evidence(passage.passage()))
                .toList();
        var sentences = SentenceSplitter.split(marked.text());
        var output = new Output(marked.text(), evidence);
        for (int i = 0; i < sentences.size(); i++) {
            var sentence = sentences.get(i);
            output.add(sentence, marksOf(marked, sentences, i));
        }
        return output.finish(unknown(marked, passages.size()));
    }

    /** The passages that support a claim, by their index: those cited, or the best that was found. */
    private static Map<Integer, Support> supporting(Claim claim, Set<Integer> cited, List<Evidence> evidence) {
        var supports = new TreeMap<Integer, Support>();
        for (int i = 0; i < evidence.size(); i++) {
            supports.put(i, evidence.get(i).support(claim));
        }
        var alone = new LinkedHashMap<Integer, Support>();
        var together = new LinkedHashMap<Integer, Support>();
        for (int index : cited) {
            var support = supports.get(index);
            if (support != null && reaches(claim, List.of(support), CITED)) {
                alone.put(index, support);
            }
            if (support != null && support.share(claim) >= PART) {
                together.put(index, support);
            }
        }
        if (!alone.isEmpty()) {
            return alone;
        }
        if (reaches(claim, together.values(), CITED)) {
            return together;
        }
        var found = new LinkedHashMap<Integer, Support>();
        supports.forEach((index, support) -> {
            boolean best = found.values().stream().noneMatch(other -> other.share(claim) >= support.share(claim));
            if (best && reaches(claim, List.of(support), FOUND)) {
                found.clear();
                found.put(index, support);
            }
        });
        return found;
    }

    private static boolean reaches(Claim claim, Collection<Support> supports, double share) {
        var words = new HashSet<String>();
        var facts = new HashSet<String>();
        for (var support : supports) {
            words.addAll(support.words());
            facts.addAll(support.facts());
        }
        return !words.isEmpty() && words.size() >= share * claim.words().size() && facts.containsAll(claim.facts());
    }

    /** Marks belong to the sentence that they follow; at the beginning of a line, to the one that they precede. */
    private static List<MarkedText.Mark> marksOf(MarkedText marked, List<Span> sentences, int index) {
        return marked.marks().stream()
                .filter(mark -> sentenceOf(marked.text(), sentences, mark.at()) == index)
                .toList();
    }

    private static int sentenceOf(String text, List<Span> sentences, int at) {
        int last = -1;
        for (int i = 0; i < sentences.size(); i++) {
            if (sentences.get(i).start() < at) {
                last = i;
            }
        }
        boolean precedes = at == 0 || text.charAt(at - 1) == '\n' || last < 0;
        return precedes && last + 1 < sentences.size() && !text.substring(at).isBlank() ? last + 1 : last;
    }

    private static List<Integer> unknown(MarkedText marked, int count) {
        return marked.marks().stream()
                .flatMap(mark -> mark.numbers().stream())
                .filter(number -> number < 1 || number > count)
                .distinct()
                .toList();
    }

    /** The answer as it is put together again, sentence by sentence. */
    private static final class Output {
        private final String text;
        private final List<Evidence> evidence;
        private final StringBuilder out = new StringBuilder();
        private final List<Citation> citations = new ArrayList<>();
        private final List<String> unsupported = new ArrayList<>();
        private int written;

        Output(String text, List<Evidence> evidence) {
            this.text = text;
            this.evidence = evidence;
        }

        void add(Span sentence, List<MarkedText.Mark> marks) {
            var claim = Claim.of(sentence.of(text));
            var cited = new HashSet<Integer>();
            marks.forEach(mark -> mark.numbers().forEach(number -> cited.add(number - 1)));
            var supports = supporting(claim, cited, evidence);
            if (supports.isEmpty() && claim.asserts()) {
                unsupported.add(sentence.of(text));
            }
            boolean asCited = supports.keySet().stream().anyMatch(cited::contains);
            if (asCited) {
                for (var mark : marks) {
                    var kept = mark.numbers().stream()
                            .map(number -> number - 1)
                            .filter(supports::containsKey)
                            .toList();
                    write(mark.at(), kept, supports, mark.spaced());
                }
            } else {
                write(beforeStop(sentence), List.copyOf(supports.keySet()), supports, true);
            }
        }

        private void write(int at, List<Integer> indexes, Map<Integer, Support> supports, boolean spaced) {
            if (indexes.isEmpty()) {
                return;
            }
            out.append(text, written, Math.max(written, at));
            written = Math.max(written, at);
            boolean lineStart = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
            out.append(spaced && !lineStart ? " " : "");
            var numbers = new ArrayList<Integer>();
            for (int index : indexes) {
                var support = supports.get(index);
                if (support != null) {
                    numbers.add(number(evidence.get(index), support));
                }
            }
            numbers.stream()
                    .distinct()
                    .forEach(number -> out.append('[').append(number).append(']'));
            out.append(lineStart ? " " : "");
        }

        /** The same quote of the same passage keeps its number; every other quote gets the next. */
        private int number(Evidence from, Support support) {
            var passage = from.passage();
            var quote = passage.text().substring(support.start(), support.end());
            for (var citation : citations) {
                if (citation.passage().equals(passage.id()) && citation.quote().equals(quote)) {
                    return citation.number();
                }
            }
            int number = citations.size() + 1;
            citations.add(new Citation(number, passage.document(), passage.location(), quote, passage.id()));
            return number;
        }

        private int beforeStop(Span sentence) {
            int at = sentence.end();
            while (at > sentence.start() && ".!?…。！？\"'”’».)*_".indexOf(text.charAt(at - 1)) >= 0) {
                at--;
            }
            return at == sentence.start() ? sentence.end() : at;
        }

        CheckedAnswer finish(List<Integer> unknown) {
            out.append(text, written, text.length());
            return new CheckedAnswer(out.toString(), citations, unsupported, unknown);
        }
    }
}
