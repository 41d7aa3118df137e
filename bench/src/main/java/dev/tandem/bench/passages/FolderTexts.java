package dev.tandem.bench.passages;

import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.document.ReadingLimits;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.passage.SentenceSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The passages of a folder's files in an order drawn by lot; a question is a sentence of six to fourteen words out of one of them. */
public final class FolderTexts implements PassageTexts {
    /** Tokens are a third more than words here: the encoder's own would take longer to count than all the rest. */
    private static final PassageSplitter SPLITTER =
            new PassageSplitter(new PassageSplitter.Settings(384, 0), text -> text.split("\\s+").length * 4 / 3 + 1);

    private static final int SHORTEST_QUESTION = 6;
    private static final int LONGEST_QUESTION = 14;

    private final List<String> passages;

    private FolderTexts(List<String> passages) {
        this.passages = passages;
    }

    /**
     * Reads files until there are enough passages.
     *
     * @throws IllegalArgumentException if the folder has too few
     */
    public static FolderTexts read(Path folder, int count) throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        Collections.shuffle(files, new Random(5));
        var passages = new ArrayList<String>(count);
        try (var reader = new DocumentReader(ReadingLimits.DEFAULT)) {
            for (var file : files) {
                if (reader.read(file, folder.relativize(file).toString()) instanceof ReadResult.Parsed(var document)) {
                    SPLITTER.split(document).stream().map(Passage::text).forEach(passages::add);
                }
                if (passages.size() >= count) {
                    return new FolderTexts(passages);
                }
            }
        }
        throw new IllegalArgumentException(folder + " has only " + passages.size() + " passages");
    }

    @Override
    public String passage(int number) {
        return passages.get(number);
    }

    @Override
    public String question(Random random) {
        while (true) {
            var text = passages.get(random.nextInt(passages.size()));
            var sentences = SentenceSplitter.split(text);
            var sentence = sentences.isEmpty()
                    ? ""
                    : sentences.get(random.nextInt(sentences.size())).of(text);
            int words = sentence.strip().split("\\s+").length;
            if (words >= SHORTEST_QUESTION && words <= LONGEST_QUESTION) {
                return sentence;
            }
        }
    }
}
