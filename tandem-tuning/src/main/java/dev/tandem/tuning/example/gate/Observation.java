package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.near.Words;
import dev.tandem.tuning.example.personal.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is seen of one example by itself.
 *
 * @param words of question and answer
 * @param question its key, see {@link QuestionKey}
 * @param pairs word pairs of question and answer together
 * @param length words of question and answer
 * @param tokens of all messages; 0 where no model is given
 * @param language of the answer, if it can be told
 * @param closed whether the answer, if it is sentences, ends as one
 * @param hits what is the matter with it
 * @param personal how often each kind of personal data was found
 */
record Observation(
        ExampleWords words,
        long question,
        int[] pairs,
        int length,
        int tokens,
        Optional<String> language,
        Optional<Boolean> closed,
        List<Hit> hits,
        Map<PersonalKind, Integer> personal) {

    /** One thing that is the matter. */
    record Hit(FindingKind kind, Place place) {}

    /** Looks at examples; safe for many threads. */
    static final class Observer {
        private final GateSettings settings;
        private final Languages languages = new Languages();
        private final PersonalTurns personal;

        Observer(GateSettings settings) {
            this.settings = settings;
            personal = new PersonalTurns(settings.personal());
        }

        Observation observe(Example example) {
            var words = ExampleWords.of(example);
            var both = words.both();
            var hits = new ArrayList<Hit>();
            var kinds = new TreeMap<PersonalKind, Integer>();
            answer(example, hits);
            personal.find(example, hits, kinds);
            abuse(example, hits);
            int tokens = settings.model().map(model -> tokens(example, model)).orElse(0);
            if (settings.model().isPresent() && tokens > settings.model().get().context()) {
                hits.add(new Hit(
                        FindingKind.TOO_LONG,
                        new Place(
                                example.line(),
                                tokens + " tokens, the context has "
                                        + settings.model().get().context(),
                                Place.excerpt(example.answer(), 0))));
            }
            return new Observation(
                    words,
                    QuestionKey.of(words),
                    Words.pairs(both),
                    both.length,
                    tokens,
                    languages.of(example.answer()),
                    AnswerEnding.isSentences(example.answer())
                            ? Optional.of(AnswerEnding.isClosed(example.answer()))
                            : Optional.empty(),
                    hits,
                    kinds);
        }

        private static void answer(Example example, List<Hit> hits) {
            var answer = example.answer();
            if (Phrases.isNothing(answer)) {
                hits.add(hit(FindingKind.EMPTY_ANSWER, example, "", ExampleWords.asked(example), 0));
                return;
            }
            AnswerEnding.broken(answer)
                    .ifPresent(why -> hits.add(
                            hit(FindingKind.TRUNCATED, example, why, answer, Math.max(0, answer.length() - 80))));
            Phrases.boilerplate(answer)
                    .ifPresent(at -> hits.add(hit(FindingKind.BOILERPLATE, example, "", answer, at)));
        }

        private static void abuse(Example example, List<Hit> hits) {
            for (var message : example.messages()) {
                var at = Phrases.abuse(message.content());
                if (at.isPresent()) {
                    hits.add(hit(FindingKind.TOXIC, example, "", message.content(), at.get()));
                    return;
                }
            }
        }

        private static Hit hit(FindingKind kind, Example example, String detail, String text, int at) {
            return new Hit(kind, new Place(example.line(), detail, Place.excerpt(text, at)));
        }

        /** A template adds a few tokens to each message. */
        private static int tokens(Example example, GateSettings.Model model) {
            return example.messages().stream()
                    .mapToInt(message -> model.tokens().applyAsInt(message.content()) + 4)
                    .sum();
        }
    }
}
