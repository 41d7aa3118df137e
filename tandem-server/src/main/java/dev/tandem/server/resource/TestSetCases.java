package dev.tandem.server.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSetFile;
import dev.tandem.server.http.ApiError;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The team's test set, changed by several people: a change names the version of the case that it was made from, and is refused if somebody
 * else has changed it since. A version is made from the content, so what is edited in the file counts too. Safe for use by many threads.
 */
public final class TestSetCases {
    private static final int VERSION_LENGTH = 16;

    private final TestSetFile file;

    public TestSetCases(Path file) {
        this.file = new TestSetFile(file);
    }

    /** All, in the order of the file. */
    synchronized List<TestCase> all() {
        return file.cases();
    }

    /** Whether there is one of this id. */
    synchronized boolean has(String id) {
        return find(id).isPresent();
    }

    private Optional<TestCase> find(String id) {
        return file.cases().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /**
     * One, by its id.
     *
     * @throws ApiError 404 if there is none
     */
    synchronized TestCase get(String id) {
        return find(id).orElseThrow(() -> ApiError.unknown("There is no such question.", "test_case_not_found"));
    }

    /**
     * Adds one.
     *
     * @throws ApiError 409 if its id is taken
     */
    synchronized TestCase add(TestCase added) {
        if (has(added.id())) {
            throw ApiError.conflict("There is a question '" + added.id() + "' already: choose another id.");
        }
        file.append(List.of(added));
        return added;
    }

    /**
     * Changes one.
     *
     * @param version that the change was made from
     * @throws ApiError 404 if there is none, 409 if it has changed since
     */
    synchronized TestCase change(String id, String version, UnaryOperator<TestCase> change) {
        var changed = change.apply(atVersion(id, version));
        file.replace(changed);
        return changed;
    }

    /** Takes one out; fails as {@link #change}. */
    synchronized void drop(String id, String version) {
        atVersion(id, version);
        file.drop(Set.of(id));
    }

    private TestCase atVersion(String id, String version) {
        var found = get(id);
        if (!version(found).equals(version)) {
            throw ApiError.conflict("Somebody has changed this question meanwhile: read it again (its version is now "
                    + version(found) + "), and make your change to that.");
        }
        return found;
    }

    /** What changes whenever a case does. */
    static String version(TestCase testCase) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(testCase.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
