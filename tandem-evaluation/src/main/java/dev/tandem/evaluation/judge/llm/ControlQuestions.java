package dev.tandem.evaluation.judge.llm;

import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Optional;

/**
 * Claims whose verdicts are beyond doubt, put to a model before it judges: a small one can be held to the form of a verdict
 * without understanding any, and what it says would look like scores. Whoever guesses gets nine or more of ten right once in
 * ninety times. Passing means no more than that a model reads; how far it agrees with people is for labels to tell. Safe for
 * use by many threads.
 */
final class ControlQuestions {
    private static final int NEEDED = 9;

    private static final List<String> CONTEXT = List.of(
            "The Lindholm Museum of Clocks opened in 1994 in a former textile mill in Aarhus. It shows 312 clocks, of"
                    + " which 40 still run. Entry costs 85 kroner; children under twelve enter free. The museum is closed on"
                    + " Mondays.",
            "Its founder, Ingrid Lindholm, repaired ship's chronometers before she retired in 1991.");

    private record Control(String claim, boolean follows) {}

    private static final List<Control> CONTROLS = List.of(
            new Control("The Lindholm Museum of Clocks opened in 1994.", true),
            new Control("The Lindholm Museum of Clocks is open on every day of the week.", false),
            new Control("A child of ten pays nothing to enter the museum.", true),
            new Control("The museum shows fewer than 100 clocks.", false),
            new Control("Ingrid Lindholm founded the museum.", true),
            new Control("Entry for adults is free.", false),
            new Control("Most of the clocks that the museum shows still run.", false),
            new Control("The museum is in a building that was a textile mill before.", true),
            new Control("Ingrid Lindholm retired before the museum opened.", true),
            new Control("The museum has a café on its roof.", false));

    private final JudgeModel model;
    private final Faithfulness faithfulness;
    private Optional<MendableException> failed = Optional.empty();
    private boolean passed;
    private int right;

    ControlQuestions(JudgeModel model, Faithfulness faithfulness) {
        this.model = model;
        this.faithfulness = faithfulness;
    }

    static int count() {
        return CONTROLS.size();
    }

    /**
     * Asks them if they were not answered yet.
     *
     * @return how many were right
     * @throws MendableException if too few were, or the model cannot be asked
     */
    synchronized int require() {
        if (failed.isPresent()) {
            throw failed.get();
        }
        if (!passed) {
            right = right();
            if (right < NEEDED) {
                var failure = new MendableException("The model '" + model.name() + "' cannot judge: of " + count()
                        + " control claims with verdicts beyond doubt it got " + right + " right, and " + NEEDED
                        + " are needed. Name a more capable model; the embedded judge needs none.");
                failed = Optional.of(failure);
                throw failure;
            }
            passed = true;
        }
        return right;
    }

    private int right() {
        try {
            var verdicts =
                    faithfulness.verified(CONTROLS.stream().map(Control::claim).toList(), CONTEXT);
            int count = 0;
            for (int i = 0; i < CONTROLS.size(); i++) {
                count += verdicts.get(i) == CONTROLS.get(i).follows() ? 1 : 0;
            }
            return count;
        } catch (MendableException e) {
            if (e.getCause() instanceof UnusableReply) {
                var failure = new MendableException(
                        "The model cannot judge: it did not get through the control claims. " + e.getMessage(), e);
                failed = Optional.of(failure);
                throw failure;
            }
            throw e;
        }
    }
}
