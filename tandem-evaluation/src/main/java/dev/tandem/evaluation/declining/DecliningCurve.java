package dev.tandem.evaluation.declining;

import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stricter or milder threshold does to a test set: the share of answerable questions that are answered, and of
 * unanswerable ones that are declined. Chosen is the strictness with the highest mean of the two (balanced accuracy); of several
 * the middle of the widest stretch. Because that is fitted to the questions, it is recommended only if choosing on all questions
 * but one and judging by that one (leave-one-out) does better than the present strictness does, by more than chance. Immutable.
 *
 * @param questions with their margins
 * @param present the strictness that holds now
 */
public record DecliningCurve(List<Asked> questions, double present) {
    private static final int FEWEST = 5;

    /** Strictness is from -STEPS to STEPS times STEP. */
    private static final int STEPS = 30;

    private static final double STEP = 0.01;
    private static final double ONE_SIDED_95 = 1.645;

    /**
     * A question that was asked.
     *
     * @param answerable whether the documents answer it
     * @param margin the support of the best sentence less the threshold at strictness 0; declined at any strictness above
     */
    public record Asked(boolean answerable, double margin) {}

    /**
     * What a strictness does.
     *
     * @param answered share of the answerable questions, in [0, 1]
     * @param declined share of the unanswerable questions, in [0, 1]
     */
    public record Point(double strictness, double answered, double declined) {
        /** The mean of the two. */
        public double balanced() {
            return (answered + declined) / 2;
        }
    }

    /** @throws MendableException if there are too few questions of either kind */
    public DecliningCurve {
        questions = List.copyOf(questions);
        long answerable = questions.stream().filter(Asked::answerable).count();
        if (answerable < FEWEST || questions.size() - answerable < FEWEST) {
            throw new MendableException("The test set has " + answerable + " answerable and "
                    + (questions.size() - answerable) + " unanswerable questions: a threshold needs at least " + FEWEST
                    + " of each. `tandem testset draft` drafts both.");
        }
    }

    /** The curve by ascending strictness. */
    public List<Point> points() {
        return points(questions);
    }

    /** What the present strictness does. */
    public Point now() {
        return point(questions, present);
    }

    /** The best on these questions. */
    public Point best() {
        return best(questions);
    }

    /** Balanced accuracy of choosing in this way, by leave-one-out. */
    public double expected() {
        return leaveOneOut().balanced();
    }

    /** Whether the best is worth writing down: better by more than chance, at 95% to one side. */
    public boolean decided() {
        var expected = leaveOneOut();
        long answerable = questions.stream().filter(Asked::answerable).count();
        double error = Math.sqrt(variance(expected.answered(), answerable)
                        + variance(expected.declined(), questions.size() - answerable))
                / 2;
        return expected.balanced() - now().balanced() > ONE_SIDED_95 * error;
    }

    private static double variance(double share, long count) {
        return share * (1 - share) / count;
    }

    /** What each question gets from a strictness chosen on all the others; the strictness itself is not one number. */
    private Point leaveOneOut() {
        double answered = 0;
        double declined = 0;
        for (int i = 0; i < questions.size(); i++) {
            var others = new ArrayList<>(questions);
            var left = others.remove(i);
            boolean declines = left.margin() < best(others).strictness();
            answered += left.answerable() && !declines ? 1 : 0;
            declined += !left.answerable() && declines ? 1 : 0;
        }
        long answerable = questions.stream().filter(Asked::answerable).count();
        return new Point(present, answered / answerable, declined / (questions.size() - answerable));
    }

    private static List<Point> points(List<Asked> questions) {
        var points = new ArrayList<Point>();
        for (int step = -STEPS; step <= STEPS; step++) {
            points.add(point(questions, Math.round(step * STEP * 100) / 100.0));
        }
        return points;
    }

    private static Point point(List<Asked> questions, double strictness) {
        int answerable = 0;
        int answered = 0;
        int declined = 0;
        for (var asked : questions) {
            boolean declines = asked.margin() < strictness;
            answerable += asked.answerable() ? 1 : 0;
            answered += asked.answerable() && !declines ? 1 : 0;
            declined += !asked.answerable() && declines ? 1 : 0;
        }
        return new Point(
                strictness,
                (double) answered / Math.max(1, answerable),
                (double) declined / Math.max(1, questions.size() - answerable));
    }

    private static Point best(List<Asked> questions) {
        var points = points(questions);
        double most = points.stream().mapToDouble(Point::balanced).max().orElseThrow();
        int from = 0;
        int length = 0;
        for (int i = 0; i < points.size(); i++) {
            int end = i;
            while (end < points.size() && points.get(end).balanced() == most) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        return points.get(from + length / 2);
    }
}
