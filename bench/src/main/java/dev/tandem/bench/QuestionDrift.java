package dev.tandem.bench;

import dev.tandem.bench.drift.Questions;
import dev.tandem.bench.drift.Streams;
import dev.tandem.evaluation.drift.LookSchedule;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How drift of questions is found: streams of 2,000 questions without drift, in which every flag is a false alarm, and streams in which a
 * share of the questions comes from elsewhere from some point on. New questions are those of another collection (far), of the topics of
 * the same collection that were not asked before (near), or of a single known topic that takes over (one).
 *
 * <p>Arguments: the folder of the collections, a folder for their vectors, {@code choose} (BANKING77 and CLINC150, on which schedule
 * and the tests were chosen) or {@code tell} (the
 * others) or names of collections, the streams of a row (200), questions of the reference (500), questions between looks (25), the
 * windows (50,100,200) and how many neighbours a test keeps together (10).
 */
public final class QuestionDrift {
    private static final int LENGTH = 2_000;
    private static final double[] SHARES = {1, 0.5, 0.25};

    private QuestionDrift() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        var vectors = Path.of(arguments[1]);
        var names = switch (arguments[2]) {
            case "choose" -> List.of("banking77", "clinc");
            case "tell" -> List.of("covid-qa", "xquad-en", "gsm8k", "geography", "squad-subset");
            default -> List.of(arguments[2].split(",", -1));
        };
        int count = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 200;
        int reference = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 500;
        var usual = LookSchedule.USUAL;
        var schedule = new LookSchedule(
                arguments.length > 5 ? Integer.parseInt(arguments[5]) : usual.every(),
                arguments.length > 6
                        ? Arrays.stream(arguments[6].split(",", -1))
                                .map(Integer::valueOf)
                                .toList()
                        : usual.windows(),
                arguments.length > 7 ? Integer.parseInt(arguments[7]) : usual.block(),
                usual.falseAlarms(),
                usual.stretch());
        try (var encoder = OnnxTextEncoder.bundled()) {
            var all = new java.util.ArrayList<Questions>();
            for (var name : names) {
                all.add(Questions.of(name, data, vectors, encoder));
            }
            System.out.printf(
                    "every %d, windows %s, blocks of %d, reference %d, level of a test %.2e, %d streams a row%n",
                    schedule.every(), schedule.windows(), schedule.block(), reference, schedule.level(), count);
            System.out.printf(
                    "%-14s %-34s %6s %10s %10s %8s %8s%n",
                    "usual", "new", "share", "within 100", "within 200", "median", "flagged");
            var streams = new Streams(schedule, reference, count);
            for (var each : all) {
                print(each.name(), "nothing: false alarms in 2,000", 0, streams.without(each, LENGTH, 1));
                if (topics(each) > 1 && arguments[2].equals("choose")) {
                    print(each.name(), "nothing, 3 in a row on a topic", 0, streams.without(each, LENGTH, 3));
                    print(each.name(), "nothing, 5 in a row on a topic", 0, streams.without(each, LENGTH, 5));
                }
            }
            for (var each : all) {
                for (var other : all) {
                    if (!other.name().equals(each.name())) {
                        drift(streams, each.name(), "far: " + other.name(), seed -> each, seed -> other);
                    }
                }
                if (topics(each) > 3) {
                    drift(
                            streams,
                            each.name(),
                            "near: its other topics",
                            seed -> each.half(0, seed),
                            seed -> each.half(1, seed));
                    drift(streams, each.name(), "one of its topics takes over", seed -> each, each::topic);
                }
            }
        }
    }

    private static long topics(Questions questions) {
        return questions.topics().stream().distinct().count();
    }

    private static void drift(
            Streams streams,
            String name,
            String kind,
            java.util.function.LongFunction<Questions> usual,
            java.util.function.LongFunction<Questions> other) {
        for (double share : SHARES) {
            print(name, kind, share, streams.with(usual, other, share));
        }
    }

    private static void print(String usual, String kind, double share, Streams.Outcome outcome) {
        System.out.printf(
                "%-14s %-34s %6.2f %9.1f%% %9.1f%% %8s %7.1f%%%n",
                usual,
                kind,
                share,
                100 * outcome.within(100),
                100 * outcome.within(200),
                outcome.median().isPresent() ? String.valueOf(outcome.median().getAsInt()) : "-",
                100 * outcome.within(Integer.MAX_VALUE));
    }
}
