package dev.tandem.evaluation.advice;

import java.util.List;
import java.util.Locale;

/** Presets: an industry's key constraint as settings and commands of Tandem, and as answers that flags overrule. */
// Lists made by List.of and a record of truth values: as immutable as the checker wants, which it cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum Industry {
    HEALTHCARE(
            "Patients' data must not leave the house, and a wrong answer harms: sure, sourced answers, or none.",
            new Defaults(true, false, true),
            List.of(
                    new SettingAdvice(
                            "embedding.provider", "embedded", "texts are embedded in this process; nothing is sent"),
                    new SettingAdvice(
                            "model.provider",
                            "none",
                            "answers are quoted word for word; `in-process` writes them with a model of your own, as offline"),
                    new SettingAdvice("model.temperature", "0.0", "the same question gets the same answer"),
                    new SettingAdvice("answer.strictness", "0.3", "rather declines than guesses")),
            List.of("tandem dataset check examples.jsonl --personal all --fix clean.jsonl")),
    LEGAL(
            "Every statement needs its source, word for word, in the version in force.",
            new Defaults(true, false, true),
            List.of(
                    new SettingAdvice("retrieval.fusion", "precise", "one section holds the answer, not many alike"),
                    new SettingAdvice("passages.overlap", "64", "a clause and its exception stay together"),
                    new SettingAdvice("answer.sentences", "3", "room for the rule and its condition"),
                    new SettingAdvice("answer.strictness", "0.2", "rather declines than cites what does not bear it"),
                    new SettingAdvice("model.temperature", "0.0", "the same question gets the same answer")),
            List.of(
                    "tandem ask \"Which notice period holds?\" --filter \"status = in-force\"",
                    "tandem judge --input answers.jsonl --out judged.jsonl")),
    FINANCE(
            "Figures must be of today and traceable, and names like tickers and account numbers exact.",
            new Defaults(true, false, true),
            List.of(
                    new SettingAdvice(
                            "retrieval.fusion", "lexical", "tickers, account numbers and codes match by their letters"),
                    new SettingAdvice("answer.strictness", "0.2", "rather declines than guesses a figure"),
                    new SettingAdvice("model.temperature", "0.0", "the same question gets the same answer")),
            List.of(
                    "tandem ingest",
                    "tandem ask \"What was the operating margin?\" --filter \"updated >= 2026-01-01\"",
                    "tandem dataset check examples.jsonl --personal all --fix clean.jsonl")),
    E_COMMERCE(
            "The catalogue changes daily, and every text must sound like the brand: facts looked up, voice learned.",
            new Defaults(true, true, false),
            List.of(
                    new SettingAdvice(
                            "retrieval.fusion", "lexical", "product names and numbers match by their letters"),
                    new SettingAdvice(
                            "answer.passages",
                            "5",
                            "one product's data are few passages; short prompts are fast and cheap"),
                    new SettingAdvice("model.max_output_tokens", "256", "a description, not an essay")),
            List.of(
                    "tandem dataset check examples.jsonl --fix clean.jsonl",
                    "tandem score --predictions texts.jsonl --references references.jsonl --metrics bleu,rougeL")),
    EDUCATION(
            "Explanations must suit the learner's level and the course's own material; learners are often minors.",
            new Defaults(false, true, true),
            List.of(
                    new SettingAdvice(
                            "embedding.provider", "embedded", "what learners write is embedded in this process"),
                    new SettingAdvice("retrieval.fusion", "semantic", "learners ask in other words than the book's"),
                    new SettingAdvice("answer.sentences", "4", "room to explain")),
            List.of("tandem dataset check examples.jsonl --personal all --fix clean.jsonl")),
    MANUFACTURING(
            "Answers on the shop floor, without a network, from large manuals, exact to the part number.",
            new Defaults(true, false, true),
            List.of(
                    new SettingAdvice("embedding.provider", "embedded", "works without a network"),
                    new SettingAdvice(
                            "retrieval.fusion", "lexical", "part numbers and error codes match by their letters"),
                    new SettingAdvice("documents.max_file_size", "500 MB", "manuals with drawings are large"),
                    new SettingAdvice("documents.parse_timeout", "5 m", "and take their time"),
                    new SettingAdvice("documents.parse_memory", "2 GB", "and their memory")),
            List.of("tandem search \"E-217\" --filter \"format = pdf\""));

    /** Answers to the first three questions; latency and budget are nobody's but the team's. */
    record Defaults(boolean knowledgeChanges, boolean newBehaviour, boolean attribution) {}

    private final String constraint;
    private final Defaults defaults;
    private final List<SettingAdvice> settings;
    private final List<String> commands;

    Industry(String constraint, Defaults defaults, List<SettingAdvice> settings, List<String> commands) {
        this.constraint = constraint;
        this.defaults = defaults;
        this.settings = settings;
        this.commands = commands;
    }

    /** The constraint that weighs most, in a sentence. */
    public String constraint() {
        return constraint;
    }

    Defaults defaults() {
        return defaults;
    }

    /** What the constraint asks of {@code tandem.yaml}. */
    public List<SettingAdvice> settings() {
        return settings;
    }

    /** Commands that serve the constraint. */
    public List<String> commands() {
        return commands;
    }

    /** As flags and JSON write it: {@code e-commerce}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
