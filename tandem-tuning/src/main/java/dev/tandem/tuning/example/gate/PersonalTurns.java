package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.Message;
import dev.tandem.tuning.example.personal.PersonalData;
import dev.tandem.tuning.example.personal.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Personal data in all turns of an example: found, and taken out. Safe for many threads. */
final class PersonalTurns {
    private final Set<PersonalKind> kinds;
    private final PersonalData finder = new PersonalData();

    PersonalTurns(Set<PersonalKind> kinds) {
        this.kinds = kinds;
    }

    void find(Example example, List<Observation.Hit> hits, Map<PersonalKind, Integer> counts) {
        if (kinds.isEmpty()) {
            return;
        }
        var found = new ArrayList<String>();
        String excerpt = "";
        int number = 0;
        for (var text : texts(example)) {
            number++;
            for (var span : finder.find(text, kinds)) {
                counts.merge(span.kind(), 1, Integer::sum);
                found.add("turn " + number + ", " + span.start() + "-" + span.end() + ": " + span.kind());
                excerpt = excerpt.isEmpty() ? Place.excerpt(text, span.start()) : excerpt;
            }
        }
        if (!found.isEmpty()) {
            hits.add(new Observation.Hit(
                    FindingKind.PERSONAL_DATA, new Place(example.line(), String.join("; ", found), excerpt)));
        }
    }

    /** The example with each finding replaced by its kind. */
    Example redacted(Example example) {
        var messages = example.messages().stream()
                .map(message ->
                        new Message(message.role(), finder.redacted(message.content(), kinds), message.learned()))
                .toList();
        return new Example(
                example.line(),
                messages,
                example.rejected().map(rejected -> finder.redacted(rejected, kinds)),
                example.fields(),
                example.form(),
                example.more());
    }

    private static List<String> texts(Example example) {
        var texts = new ArrayList<>(
                example.messages().stream().map(Message::content).toList());
        example.rejected().ifPresent(texts::add);
        return texts;
    }
}
