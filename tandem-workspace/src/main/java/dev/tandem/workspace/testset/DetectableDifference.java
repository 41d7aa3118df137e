package dev.tandem.workspace.testset;

/**
 * The smallest difference in accuracy between two approaches, asked the same questions, that a test set can show: McNemar's
 * test at 5%, two-sided, found four times out of five, where the two disagree on a fifth of the questions (Connor 1987).
 */
public final class DetectableDifference {
    /** Share of questions that one of two approaches answers rightly and the other wrongly; what is usual for close ones. */
    public static final double DISAGREEING = 0.2;

    private static final double FIVE_PERCENT = 1.959964;
    private static final double FOUR_OUT_OF_FIVE = 0.841621;

    private DetectableDifference() {}

    /** Between 0 and {@link #DISAGREEING}; that itself where so few questions can show nothing. */
    public static double at(int questions) {
        double difference = DISAGREEING;
        for (int i = 0; i < 100 && questions > 0; i++) {
            double spread = Math.max(0, DISAGREEING - difference * difference);
            difference = Math.min(
                    DISAGREEING,
                    (FIVE_PERCENT * Math.sqrt(DISAGREEING) + FOUR_OUT_OF_FIVE * Math.sqrt(spread))
                            / Math.sqrt(questions));
        }
        return difference;
    }

    /** How many questions show a difference. */
    public static int questionsFor(double difference) {
        int questions = 1;
        while (at(questions) > difference) {
            questions++;
        }
        return questions;
    }
}
