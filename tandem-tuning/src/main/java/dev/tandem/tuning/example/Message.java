package dev.tandem.tuning.example;

/**
 * One turn of a conversation.
 *
 * @param content its text; may be empty only where the role's form allows it
 * @param learned whether a model is to learn it; only turns of the assistant ever are
 */
public record Message(Role role, String content, boolean learned) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }
}
