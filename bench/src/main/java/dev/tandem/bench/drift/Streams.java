package dev.tandem.bench.drift;

import dev.tandem.evaluation.drift.LookSchedule;
import dev.tandem.evaluation.drift.QuestionShift;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Streams drawn at random from collections, watched as a server watches them: a reference of the first questions, then looks as the
 * schedule has them.
 *
 * @param reference how many questions it has
 */
public record Streams(LookSchedule schedule, int reference, int count) {
    /** How often drift was flagged, and after how many questions from where it began. */
    public record Outcome(int streams, List<Integer> delays) {
        public Outcome {
            delays = delays.stream().sorted().toList();
        }

        /** The share of streams in which it was flagged within so many questions. */
        public double within(int questions) {
            return delays.stream().filter(delay -> delay <= questions).count() / (double) streams;
        }

        /** The delay in the middle stream, those never flagged counted as longest. */
        public OptionalInt median() {
            return delays.size() > streams / 2 ? OptionalInt.of(delays.get(streams / 2)) : OptionalInt.empty();
        }
    }

    /** Streams of so many questions without drift: what is flagged is a false alarm. */
    public Outcome without(Questions usual, int length, int session) {
        return outcome(seed -> {
            var random = new Random(seed);
            var stream = new ArrayList<float[]>();
            var last = usual;
            for (int i = 0; i < reference + length; i++) {
                if (session > 1) {
                    if (i % session == 0) {
                        last = usual.sameTopic(random);
                    }
                    stream.add(last.draw(random));
                } else {
                    stream.add(usual.draw(random));
                }
            }
            return first(stream, 0, seed);
        });
    }

    /**
     * Streams in which, after 200 more questions as usual, a share comes from elsewhere.
     *
     * @param other from which part the new ones come, by the stream's seed
     */
    public Outcome with(
            java.util.function.LongFunction<Questions> usual,
            java.util.function.LongFunction<Questions> other,
            double share) {
        int before = schedule.widest();
        return outcome(seed -> {
            var random = new Random(seed);
            var from = usual.apply(seed);
            var elsewhere = other.apply(seed);
            var stream = new ArrayList<float[]>();
            for (int i = 0; i < reference + before + 400; i++) {
                boolean drifted = i >= reference + before && random.nextDouble() < share;
                stream.add((drifted ? elsewhere : from).draw(random));
            }
            return first(stream, before, seed);
        });
    }

    private Outcome outcome(java.util.function.LongFunction<OptionalInt> stream) {
        var delays = IntStream.range(0, count)
                .parallel()
                .mapToObj(stream::apply)
                .flatMapToInt(OptionalInt::stream)
                .boxed()
                .toList();
        return new Outcome(count, delays);
    }

    /** After how many questions from {@code start} on the first look says so. */
    private OptionalInt first(List<float[]> stream, int start, long seed) {
        var shift = new QuestionShift(stream.subList(0, reference), schedule.block());
        var placed = stream.subList(reference, stream.size()).stream()
                .map(shift::place)
                .toList();
        int length = stream.size() - reference;
        for (int seen = start + 1; seen <= length; seen++) {
            if (!schedule.looksAt(seen)) {
                continue;
            }
            for (int window : schedule.windows()) {
                if (window <= seen
                        && shift.of(placed.subList(seen - window, seen), schedule.level(), seed * 31 + seen)
                                .found()) {
                    return OptionalInt.of(seen - start);
                }
            }
        }
        return OptionalInt.empty();
    }
}
