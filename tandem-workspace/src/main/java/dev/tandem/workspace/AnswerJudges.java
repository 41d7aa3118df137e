package dev.tandem.workspace;

import dev.tandem.evaluation.judge.EmbeddedAnswerJudge;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.llm.JudgeOptions;
import dev.tandem.evaluation.judge.llm.LlmAnswerJudge;
import dev.tandem.evaluation.metric.task.AnswerJudge;
import dev.tandem.workspace.settings.ModelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The judges of whether answers are right, by who judges. */
public enum AnswerJudges {
    /** The workspace's language model where it names one, else the embedded judge. */
    AUTO,
    EMBEDDED,
    LLM;

    /**
     * Opens one; it is the caller's to close, before the workspace.
     *
     * @throws dev.tandem.foundation.MendableException if a language model is asked for and the workspace names none
     */
    public AnswerJudge open(OpenWorkspace open) {
        var model = open.workspace().settings().model();
        boolean language = this == LLM || this == AUTO && model.provider() != ModelSettings.Provider.NONE;
        return language
                ? new LlmAnswerJudge(open.chatModel(), name(open.workspace(), model), JudgeOptions.DEFAULT)
                : new EmbeddedAnswerJudge(EmbeddedJudge.open());
    }

    /** A folder is called by its own name, wherever it lies. */
    private static String name(Workspace workspace, ModelSettings model) {
        var name = model.name().orElse("unnamed");
        var last = Path.of(name).getFileName();
        return Files.isDirectory(workspace.resolve(name)) && last != null ? last.toString() : name;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
