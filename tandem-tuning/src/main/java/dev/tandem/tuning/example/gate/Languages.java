package dev.tandem.tuning.example.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * The language of a text, by OpenNLP's model of letter sequences. Short texts, code and numbers have none that could be told
 * with certainty. Safe for many threads.
 */
public final class Languages {
    private static final String MODEL = "/langdetect-183.bin";

    /** Letters below which a language is a guess. */
    private static final int LETTERS = 60;

    /** Letters that are looked at. */
    private static final int MOST = 150;

    /** How much surer of the first language than of the second; over all 183 languages confidences are small. */
    private static final double SURE = 1.5;

    /** Frequent words that no other language in Latin letters has in numbers. */
    private static final List<String> ENGLISH = List.of(
            " the ", " of ", " and ", " to ", " is ", " that ", " with ", " this ", " you ", " for ", " are ", " his ",
            " her ", " each ", " they ", " it ", " from ");

    private final ThreadLocal<LanguageDetectorME> detectors =
            ThreadLocal.withInitial(() -> new LanguageDetectorME(Model.LOADED));

    /** Loaded when the first text needs it, since that takes a second or two. */
    private static final class Model {
        static final LanguageDetectorModel LOADED = load();

        private static LanguageDetectorModel load() {
            try (var in = Objects.requireNonNull(LanguageDetectorModel.class.getResourceAsStream(MODEL))) {
                return new LanguageDetectorModel(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The ISO 639-3 code of a text's language, if it can be told. */
    public Optional<String> of(String text) {
        var letters = letters(text);
        if (letters.length() < LETTERS) {
            return Optional.empty();
        }
        if (isPlainlyEnglish(letters)) {
            return Optional.of("eng");
        }
        var best = detectors.get().predictLanguages(letters);
        return best[0].getConfidence() < SURE * best[1].getConfidence()
                ? Optional.empty()
                : Optional.of(best[0].getLang());
    }

    /** Most training data are English, and looking for a few of its words is a hundred times faster than the model. */
    private static boolean isPlainlyEnglish(String letters) {
        int found = 0;
        for (var word : ENGLISH) {
            found += letters.contains(word) ? 1 : 0;
        }
        return found >= 3;
    }

    /** What is written in words: no digits, no code, no addresses. */
    private static String letters(String text) {
        var letters = new StringBuilder(MOST);
        int words = 0;
        for (int i = 0; i < text.length() && letters.length() < MOST; i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c) || c == '\'') {
                letters.append(c);
            } else if (!letters.isEmpty() && letters.charAt(letters.length() - 1) != ' ') {
                letters.append(' ');
                words++;
            }
        }
        return words < 2 && isSpaced(letters) ? "" : letters.toString();
    }

    private static boolean isSpaced(CharSequence letters) {
        return letters.isEmpty() || letters.charAt(0) < 0x0E00;
    }
}
