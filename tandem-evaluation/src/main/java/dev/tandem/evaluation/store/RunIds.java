package dev.tandem.evaluation.store;

import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.foundation.MendableException;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How people name runs: by the id, by how it begins, or by {@code last} and {@code last~1} for the newest and the one before it. */
public final class RunIds {
    private static final Pattern LAST = Pattern.compile("last(?:~(\\d{1,6}))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    /** Without what is taken for another letter or digit. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";

    private static final String SIGNS = LETTERS + "23456789";
    private static final int LENGTH = 6;
    private static final int MOST_SHOWN = 5;

    private RunIds() {}

    /**
     * The run that is meant.
     *
     * @throws MendableException if there is none, or several begin so
     */
    public static EvaluationRun find(RunStore store, String words) {
        var runs = store.list();
        var last = LAST.matcher(words);
        if (last.matches()) {
            int back = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
            if (back >= runs.size()) {
                throw new MendableException("There is no run " + words + ", there are " + runs.size() + " in all: see"
                        + " `tandem runs list`.");
            }
            return runs.get(back);
        }
        var exact = runs.stream().filter(run -> run.id().equals(words)).findFirst();
        if (exact.isPresent()) {
            return exact.get();
        }
        var meant = runs.stream().filter(run -> run.id().startsWith(words)).toList();
        if (meant.isEmpty() || words.isEmpty()) {
            throw new MendableException(
                    "There is no run '" + words + "'; the newest are " + named(runs) + ": see `tandem runs list`.");
        }
        if (meant.size() > 1) {
            throw new MendableException(
                    "Several runs begin with " + words + " (" + named(meant) + "): write more of the id.");
        }
        return meant.getFirst();
    }

    /**
     * A name that a person gives, as an id.
     *
     * @throws MendableException if it cannot be one
     */
    public static String named(String name) {
        if (!NAME.matcher(name).matches() || LAST.matcher(name).matches()) {
            throw new MendableException("A run cannot be named '" + name
                    + "': use up to 40 letters, digits, dots, dashes and underscores, and not 'last'.");
        }
        return name;
    }

    /** An id that nobody chose. */
    static String drawn() {
        var random = new SecureRandom();
        var id = new StringBuilder().append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        while (id.length() < LENGTH) {
            id.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return id.toString();
    }

    private static String named(List<EvaluationRun> runs) {
        var ids = runs.stream().limit(MOST_SHOWN).map(EvaluationRun::id).collect(Collectors.joining(", "));
        return ids.isEmpty() ? "none" : runs.size() > MOST_SHOWN ? ids + ", ..." : ids;
    }
}
