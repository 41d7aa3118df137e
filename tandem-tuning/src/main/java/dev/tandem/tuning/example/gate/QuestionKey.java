package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.near.Words;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A number that is equal for questions that ask the same in nearly the same words: those that have the same words but for
 * the order and for words that tell nothing. A number, name or negation that differs makes another question.
 */
final class QuestionKey {
    private static final Set<Integer> SILENT = Arrays.stream(
                    ("a an the is are was were be been do does did can could would should will shall may might i you we he she it"
                                    + " they me my your our of to in on at for with by from as and or so please hi hello hey thanks thank what s"
                                    + " which who whom that this these those there here tell give know want need like just also ok okay m re ve ll d t")
                            .split(" ", -1))
            .map(word -> Words.of(word)[0])
            .collect(Collectors.toUnmodifiableSet());

    private QuestionKey() {}

    /** 0 where there is no question. */
    static long of(ExampleWords words) {
        if (words.questionPrint() == 0) {
            return 0;
        }
        var telling = Arrays.stream(words.question())
                .filter(word -> !SILENT.contains(word))
                .toArray();
        return telling.length < 2 ? words.questionPrint() : Words.fingerprint(Words.set(telling));
    }
}
