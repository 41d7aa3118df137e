package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.tuning.example.Message.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prompts and completions, and texts without prompts: plain text before any chat template. */
final class CompletionForm {
    private CompletionForm() {}

    static Example read(Fields record) {
        var prompt = record.text("prompt");
        var completion = record.text("completion");
        if (completion.isEmpty()) {
            throw record.fault("missing_content", "the completion is empty");
        }
        return Example.of(
                record.line(),
                List.of(new Message(Role.USER, prompt, false), new Message(Role.ASSISTANT, completion, true)),
                Optional.empty(),
                Form.COMPLETION,
                record.without(Set.of("prompt", "completion")));
    }

    static Example text(Fields record) {
        var text = record.text("text");
        if (text.isEmpty()) {
            throw record.fault("missing_content", "the text is empty");
        }
        return Example.of(
                record.line(),
                List.of(new Message(Role.ASSISTANT, text, true)),
                Optional.empty(),
                Form.TEXT,
                record.without(Set.of("text")));
    }

    /** A text alone; empty for an example that has anything before its answer. */
    static Optional<ObjectNode> writeText(Example example, Losses losses) {
        if (example.messages().size() > 1) {
            losses.lost("the whole example, which is more than a text");
            return Optional.empty();
        }
        var record = Fields.NODES.objectNode();
        record.put("text", example.answer());
        example.messages().forEach(each -> AlpacaForm.lose(each, losses));
        Fields.addMore(example, record, losses);
        return Optional.of(record);
    }

    /** Empty where the last message is not an answer in words. */
    static Optional<ObjectNode> write(Example example, Losses losses) {
        var turns = example.messages();
        if (turns.getLast().role() != Role.ASSISTANT
                || turns.getLast().content().isEmpty()) {
            losses.lost("the whole example, which does not end with an answer in words");
            return Optional.empty();
        }
        var record = Fields.NODES.objectNode();
        record.put("prompt", example.question());
        record.put("completion", example.answer());
        if (turns.size() > 2 || turns.getFirst().role() != (turns.size() == 1 ? Role.ASSISTANT : Role.USER)) {
            losses.lost("who says what before the last answer (the turns stand in the prompt, one a line)");
        }
        for (var each : turns) {
            AlpacaForm.lose(each, losses);
            if (each.more().keySet().stream().anyMatch(AlpacaForm.PARTS::contains)) {
                losses.lost("the border between instruction and input");
            }
        }
        example.rejected().ifPresent(text -> losses.lost("the rejected answer"));
        Fields.addMore(example, record, losses);
        return Optional.of(record);
    }
}
