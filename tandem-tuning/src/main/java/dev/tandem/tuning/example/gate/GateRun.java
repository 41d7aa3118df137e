package dev.tandem.tuning.example.gate;

import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.page.Page;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.personal.PersonalKind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gate from files to files.
 *
 * @param file the training examples
 * @param against test examples of which nothing may be given away
 * @param documents a folder of texts to train on, searched for the test examples
 * @param model folder of the model to be tuned
 * @param near see {@link GateSettings}
 * @param personal see {@link GateSettings}
 * @param fix where a cleaned copy goes
 * @param page where an HTML page goes
 * @param replace whether files that are there may be replaced
 */
public record GateRun(
        Path file,
        List<Path> against,
        Optional<Path> documents,
        Optional<Path> model,
        double near,
        Set<PersonalKind> personal,
        TextOptions text,
        Optional<Path> fix,
        Optional<Path> page,
        boolean replace) {
    /** What came of it. */
    public record Result(GateReport report, Optional<CleanedCopy> copy) {}

    public GateRun {
        against = List.copyOf(against);
        personal = Set.copyOf(personal);
    }

    /** Checks, and writes what is wanted. */
    public Result run(Progress progress) {
        requireNew();
        if (documents.isPresent() && against.isEmpty()) {
            throw new MendableException("--documents are searched for test examples: name those with --against.");
        }
        if (model.isEmpty()) {
            return check(Optional.empty(), progress);
        }
        try (var tokenizer = Tokenizer.open(model.get())) {
            int context = ConfigFile.read(model.get()).context();
            return check(
                    Optional.of(new GateSettings.Model(context, text -> tokenizer.encode(text, false).length)),
                    progress);
        }
    }

    private void requireNew() {
        for (var out :
                java.util.stream.Stream.concat(fix.stream(), page.stream()).toList()) {
            if (Files.exists(out) && !replace) {
                throw new MendableException(
                        out + " is there already: name another file, or add --force to replace it.");
            }
        }
    }

    private Result check(Optional<GateSettings.Model> limit, Progress progress) {
        var settings = new GateSettings(limit, near, personal);
        var examples = new ExampleFile(file, text, progress);
        var leakage = new ArrayList<GateReport.Against>();
        for (var test : against) {
            var tests = new ExampleFile(test, text, progress);
            leakage.add(new GateReport.Against(test.toString(), Leakage.between(examples, tests)));
            documents.ifPresent(folder -> leakage.add(
                    new GateReport.Against(test + " in " + folder, Leakage.inDocuments(texts(folder), tests))));
        }
        var report = new Gate(settings).check(examples, leakage);
        var copy = fix.map(out -> CleanedCopy.write(examples, report, settings, out, replace));
        page.ifPresent(out -> Page.write(out, GatePage.of(report)));
        return new Result(report, copy);
    }

    /** The folder's texts, one at a time; what is no UTF-8 text is passed over. */
    private static Iterable<String> texts(Path folder) {
        List<Path> files;
        try (var all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new MendableException("Cannot read the folder " + folder + ": " + e.getMessage() + ".", e);
        }
        return () -> files.stream().map(GateRun::text).iterator();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return "";
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
