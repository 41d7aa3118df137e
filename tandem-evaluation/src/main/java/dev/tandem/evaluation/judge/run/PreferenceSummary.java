package dev.tandem.evaluation.judge.run;

import dev.tandem.evaluation.judge.agreement.PreferenceAgreement;
import java.util.Optional;

/**
 * What a file of preferences says in all.
 *
 * @param compared pairs compared by this run
 * @param before pairs that the output held already
 * @param failed pairs that could not be compared
 * @param first pairs in the output whose answer 1 is preferred
 * @param second pairs whose answer 2 is preferred
 * @param ties pairs without a preference
 * @param changed ties because the judge preferred the same place in both orders: position bias
 * @param changedToFirst how many of those times it was the first place
 * @param agreement with people's labels, where there are some
 */
public record PreferenceSummary(
        int compared,
        int before,
        int failed,
        int first,
        int second,
        int ties,
        int changed,
        int changedToFirst,
        Optional<PreferenceAgreement> agreement) {}
