package dev.tandem.tuning.training;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.TokenExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Lets the base answer a few held-out examples before training and the tuned model after it, so that a person sees what the
 * losses mean. The answers are recorded in the run's folder as they come. To be used on the decoder's thread.
 */
final class Samples {
    static final String NAME = "samples.json";

    /** Tokens after which an answer is cut. */
    static final int LONGEST = 120;

    /** Examples that are answered at once: a few rows cost hardly more than one, many cost memory. */
    private static final int AT_ONCE = 4;

    private static final String CUT = "…";
    private static final String QUESTION = "QUESTION";

    private final Path base;
    private final Path out;
    private final List<TokenExample> heldOut;
    private final TuningSettings settings;
    private final Progress progress;
    private final BooleanSupplier cancelled;

    Samples(
            Path base,
            Path out,
            List<TokenExample> heldOut,
            TuningSettings settings,
            Progress progress,
            BooleanSupplier cancelled) {
        this.base = base;
        this.out = out;
        this.heldOut = heldOut;
        this.settings = settings;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    /**
     * The base's answers; none if the work was cancelled before they were whole.
     *
     * @param decoder with the base's weights, nothing attached
     * @param goesOn whether a run goes on, whose base has answered unless it was cancelled then
     */
    List<Sample> before(Decoder decoder, boolean goesOn) {
        if (goesOn && SampleFile.exists(out)) {
            return SampleFile.read(out);
        }
        // A run that came to nothing may have left those of another base.
        SampleFile.delete(out);
        var chosen = chosen(decoder);
        if (chosen.isEmpty()) {
            return List.of();
        }
        try (var tokenizer = Tokenizer.open(base)) {
            var answers = answers(decoder, Optional.empty(), tokenizer, chosen, "The base answers");
            if (answers.isEmpty()) {
                return List.of();
            }
            var frame = Frame.of(tokenizer);
            var samples = new ArrayList<Sample>();
            for (int i = 0; i < chosen.size(); i++) {
                samples.add(new Sample(
                        frame.without(tokenizer.decode(chosen.get(i).prompt())),
                        expected(chosen.get(i), tokenizer),
                        answers.get(i),
                        Optional.empty()));
            }
            SampleFile.write(out, samples);
            return samples;
        }
    }

    /**
     * The same with the tuned model's answers; as they were if the work was cancelled before those were whole.
     *
     * @param decoder with the base's weights and the adapter, or with the tuned weights
     */
    List<Sample> after(Decoder decoder, Optional<Adapter> adapter, List<Sample> before) {
        var chosen = chosen(decoder);
        if (before.isEmpty() || chosen.size() != before.size()) {
            return before;
        }
        try (var tokenizer = Tokenizer.open(base)) {
            var answers = answers(decoder, adapter, tokenizer, chosen, "The tuned model answers");
            if (answers.isEmpty()) {
                return before;
            }
            var samples = IntStream.range(0, before.size())
                    .mapToObj(i -> before.get(i).answered(answers.get(i)))
                    .toList();
            SampleFile.write(out, samples);
            return samples;
        }
    }

    /**
     * An example's last answer and what comes before it.
     *
     * @param prompt at least one token
     * @param room for new tokens in the context, at least one
     */
    private record Chosen(int[] prompt, int[] answer, int room) {}

    /** One of each of as many stretches of the held-out part; the seed says which. */
    private List<Chosen> chosen(Decoder decoder) {
        // Room for virtual tokens, with which the tuned model is to answer the same.
        int virtual = settings.method() == TuningSettings.Method.PROMPT ? settings.virtualTokens() : 0;
        var fitting = heldOut.stream()
                .map(example -> split(example, decoder.config().context() - virtual))
                .flatMap(Optional::stream)
                .toList();
        int count = Math.min(settings.samples(), fitting.size());
        var random = new Random(settings.seed());
        var chosen = new ArrayList<Chosen>();
        for (int i = 0; i < count; i++) {
            int from = Math.toIntExact((long) fitting.size() * i / count);
            int to = Math.toIntExact((long) fitting.size() * (i + 1) / count);
            chosen.add(fitting.get(from + random.nextInt(to - from)));
        }
        return chosen;
    }

    /** Where the last answer begins; in a text, of which all is learned, in the middle. */
    private static Optional<Chosen> split(TokenExample example, int context) {
        int end = example.length();
        while (end > 0 && !example.learned()[end - 1]) {
            end--;
        }
        int begin = end;
        while (begin > 0 && example.learned()[begin - 1]) {
            begin--;
        }
        begin = begin == 0 ? end / 2 : begin;
        return begin == 0 || begin >= context
                ? Optional.empty()
                : Optional.of(new Chosen(
                        Arrays.copyOf(example.ids(), begin),
                        Arrays.copyOfRange(example.ids(), begin, end),
                        Math.min(LONGEST, context - begin)));
    }

    private static String expected(Chosen chosen, Tokenizer tokenizer) {
        var ids = Arrays.stream(chosen.answer())
                .filter(id -> !tokenizer.ends().contains(id))
                .toArray();
        return ids.length <= LONGEST
                ? tokenizer.decode(ids).strip()
                : tokenizer.decode(Arrays.copyOf(ids, LONGEST)).strip() + CUT;
    }

    /** All answers, or none if the work was cancelled. */
    private List<String> answers(
            Decoder decoder, Optional<Adapter> adapter, Tokenizer tokenizer, List<Chosen> chosen, String label) {
        var adapters = adapter.map(each -> Map.of(each.name(), each)).orElse(Map.of());
        var generator = new Generator(decoder, tokenizer, adapters);
        var answers = new ArrayList<String>();
        try (var task = progress.start(label, chosen.size(), "held-out examples")) {
            for (int from = 0; from < chosen.size(); from += AT_ONCE) {
                var some = chosen.subList(from, Math.min(chosen.size(), from + AT_ONCE));
                var requests = some.stream()
                        .map(each ->
                                new Generator.Request(each.prompt(), adapter.map(Adapter::name), greedy(each.room())))
                        .toList();
                var generations = generator.generate(requests, (request, more) -> {}, cancelled);
                if (generations.stream().anyMatch(each -> each.ending() == Generator.Ending.CANCELLED)) {
                    return List.of();
                }
                generations.forEach(each ->
                        answers.add(each.text().strip() + (each.ending() == Generator.Ending.LENGTH ? CUT : "")));
                task.step(some.size());
            }
        }
        return answers;
    }

    private static Sampling greedy(int most) {
        return new Sampling(0, 0, 1, 0, 1, most, List.of(), 0);
    }

    /** What the chat template puts around a question, when its special tokens are left out. */
    private record Frame(String before, String after) {
        static Frame of(Tokenizer tokenizer) {
            if (!tokenizer.chats()) {
                return new Frame("", "");
            }
            var framed = tokenizer.decode(tokenizer.encode(
                    tokenizer.chat(List.of(Map.of("role", "user", "content", QUESTION)), true), false));
            int at = framed.indexOf(QUESTION);
            return at < 0
                    ? new Frame("", "")
                    : new Frame(framed.substring(0, at), framed.substring(at + QUESTION.length()));
        }

        /** The question; of a conversation of several turns, what was said before keeps who said it. */
        String without(String prompt) {
            var text = prompt.startsWith(before) ? prompt.substring(before.length()) : prompt;
            return (text.endsWith(after) ? text.substring(0, text.length() - after.length()) : text).strip();
        }
    }
}
