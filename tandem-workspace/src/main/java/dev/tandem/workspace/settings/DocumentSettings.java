package dev.tandem.workspace.settings;

import dev.tandem.knowledge.injection.InjectionPolicy;
import java.time.Duration;
import java.util.List;

/** Which files are ingested; each component is documented by its {@link Key}. */
public record DocumentSettings(
        @Key("Folders or files to ingest, relative to the workspace or absolute; `~` is your home folder. "
                + "Those given to `tandem ingest PATH` are remembered beside these.")
        List<String> sources,

        @Key("Patterns of the files to take, relative to their source (`**/*.md`); empty takes every file.")
        List<String> include,

        @Key("Patterns of files and folders to leave out; hidden ones are always left out.")
        List<String> exclude,

        @Key("A larger file is skipped, with a report.") ByteSize maxFileSize,

        @Key("A file that takes longer to parse is skipped, with a report.")
        Duration parseTimeout,

        @Key("A file that needs more memory to parse is skipped, with a report.")
        ByteSize parseMemory,

        @Key("What is done with sentences in documents that seem to be meant for a language model: `flag` marks them"
                + " wherever they are shown or put into a prompt, `drop` leaves them out, `keep` does not look. A change takes"
                + " effect with the next `tandem ingest`.")
        InjectionPolicy injection) {

    public static final DocumentSettings DEFAULTS = new DocumentSettings(
            List.of(),
            List.of(),
            List.of(),
            ByteSize.megabytes(100),
            Duration.ofSeconds(60),
            ByteSize.megabytes(512),
            InjectionPolicy.FLAG);

    public DocumentSettings {
        sources = List.copyOf(sources);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
