package dev.tandem.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.tandem.server.Followed;
import dev.tandem.server.Form;
import dev.tandem.server.Served;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in Chromium, against a real server; what takes hours to come about is answered by {@link Stubs}. */
class BrowserTest {
    private static final String QUESTION = "How many weeks of parental leave do employees get?";
    private static final String ANSWER = ".turn.assistant .answer";
    private static final int PATIENCE = 60_000;
    private static final int CASES = 5_000;

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Served served;
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> problems = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void open() throws IOException {
        workspace = Served.with(Served.workspace(folder), "max_upload: 1MB");
        Files.writeString(
                workspace.testSetFile(),
                IntStream.range(0, CASES)
                        .mapToObj(i ->
                                "{\"id\": \"q-%04d\", \"question\": \"How long is the notice of a contract of kind %d?\","
                                                .formatted(i, i)
                                        + " \"answers\": [\"%d days\"], \"type\": \"answerable\"}\n".formatted(i))
                        .collect(Collectors.joining()));
        served = Served.start(workspace);
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("chromium", "/usr/bin/chromium")))
                        .setTimeout(2 * PATIENCE)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    @AfterAll
    static void shut() {
        playwright.close();
        served.close();
    }

    @BeforeEach
    void newPage() {
        page = page(1280, 860, ColorScheme.LIGHT);
        Stubs.of(page);
    }

    private Page page(int width, int height, ColorScheme scheme) {
        var made = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme))
                .newPage();
        made.setDefaultTimeout(PATIENCE);
        made.onPageError(problems::add);
        made.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                problems.add(message.text());
            }
        });
        return made;
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        page.context().close();
        assertThat(problems).isEmpty();
    }

    private void go(String where) {
        page.navigate(served.uri("/") + where);
    }

    private void ask(String question) {
        page.fill("#question", question);
        page.keyboard().press("Enter");
    }

    @Test
    void aQuestionIsAnsweredAndItsSourceOpensAtTheQuote() {
        go("");
        ask(QUESTION);
        assertThat(page.locator(ANSWER)).containsText("16 weeks");
        page.locator(ANSWER + " .chip").first().click();
        assertThat(page.locator("dialog mark")).containsText("16 weeks");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator(ANSWER + " .chip").first()).isFocused();

        page.reload();
        assertThat(page.locator(ANSWER)).containsText("16 weeks");
    }

    @Test
    void aFilterLeavesOutDocumentsAndAWrongOneIsNamed() {
        go("");
        page.getByLabel("Only documents where").fill("department = \"it\"");
        ask(QUESTION);
        assertThat(page.locator(".turn.assistant .notice")).containsText("do not answer this");
        page.getByLabel("Only documents where").fill("= = =");
        ask(QUESTION);
        assertThat(page.locator(".turn.assistant").last().locator(".notice.bad"))
                .containsText("1");
    }

    @Test
    void theModelAloneCanBeAskedAndStopped() {
        go("");
        page.getByLabel("Answered by").selectOption("starter");
        assertThat(page.getByLabel("Only documents where")).isDisabled();
        var request = page.waitForRequest("**/v1/chat/completions", () -> ask("Tell a long story."));
        assertThat(request.postData()).contains("\"model\":\"starter\"").doesNotContain("filter");
        page.getByText("Stop", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".turn.assistant .notice")).containsText("Stopped.");
        assertThat(page.locator(".sources")).hasCount(0);
    }

    @Test
    void aCorrectionIsSentWithItsReasonsAndBecomesATestQuestion() {
        go("");
        ask(QUESTION);
        page.getByLabel("Not right").click();
        page.getByLabel("outdated").check();
        page.getByLabel("The right answer").fill("18 weeks.");
        page.getByText("Send", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".toast")).containsText("Thank you");
        go("#/monitoring");
        var opinion = page.locator(".example").first();
        assertThat(opinion).containsText("18 weeks.");
        assertThat(opinion).containsText("outdated");
        opinion.getByText("Make a test question").click();
        assertThat(opinion.locator(".state.good")).containsText("feedback-");
        assertThat(served.get("/api/testset?contains=feedback-").body()).contains("18 weeks.");
        assertThat(page.getByLabel("Answers", new Page.GetByLabelOptions().setExact(true)))
                .containsText("tandem/rag");
    }

    @Test
    void whatAModelWritesIsNeverReadAsHtmlOrLoaded() {
        var asked = new ArrayList<String>();
        page.onRequest(request -> asked.add(request.url()));
        chat("<img src=x onerror=alert(1)> ![a](http://evil.example/p.png) [b](http://evil.example) <b>c</b>", true);
        go("");
        ask(QUESTION);
        assertThat(page.locator(ANSWER))
                .containsText("![a](http://evil.example/p.png) [b](http://evil.example) <b>c</b>");
        assertThat(page.locator(ANSWER + " :is(img, a, b, script, iframe)")).hasCount(0);
        assertThat(asked).noneMatch(url -> url.contains("evil"));
    }

    @Test
    void anAnswerThatBreaksOffIsKeptAndMadeAgain() {
        chat("Employees get 16 we", false);
        go("");
        ask(QUESTION);
        assertThat(page.locator(".turn.assistant .notice.bad")).containsText("broke off");
        assertThat(page.locator(ANSWER)).hasText("Employees get 16 we");
        page.unroute("**/v1/chat/completions");
        page.getByText("Answer again").click();
        assertThat(page.locator(ANSWER)).containsText("16 weeks of parental leave");
    }

    private void chat(String text, boolean whole) {
        var content = com.fasterxml.jackson.databind.node.TextNode.valueOf(text);
        page.route(
                "**/v1/chat/completions",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody(
                                "data: {\"id\": \"c\", \"model\": \"tandem/rag\", \"choices\": [{\"index\": 0, \"delta\": {\"content\": "
                                        + content + "}, \"finish_reason\": null}]}\n\n"
                                        + (whole ? "data: [DONE]\n\n" : ""))));
    }

    @Test
    void aServerThatIsGoneIsSaidAndNothingTypedIsLost(@TempDir Path other) {
        var kb = Served.workspace(other);
        var mine = Served.start(kb);
        page.navigate(mine.uri("/").toString());
        assertThat(page.getByLabel("Answered by")).isEnabled();
        int port = mine.server().port();
        mine.close();
        ask(QUESTION);
        assertThat(page.locator("#gone")).containsText("tandem serve");
        assertThat(page.locator(".turn.user")).hasText(QUESTION);
        page.fill("#question", "typed meanwhile");
        try (var again = Served.start(kb, settings -> settings.withPort(port))) {
            assertThat(page.locator("#gone")).containsText("is back");
            assertThat(page.locator("#question")).hasValue("typed meanwhile");
            page.getByText("Ask again").click();
            assertThat(page.locator(ANSWER)).containsText("16 weeks");
            assertThat(again.server().port()).isEqualTo(port);
            page.navigate("about:blank");
        }
    }

    @Test
    void aServerThatDiesWhileItAnswersIsSaidAndWhatHadComeIsKept() throws IOException {
        try (var line = new Line(served.server().port())) {
            page.navigate("http://localhost:" + line.port() + "/");
            page.getByLabel("Answered by").selectOption("starter");
            ask("Tell a long story.");
            page.waitForCondition(() -> page.locator(ANSWER).textContent().length() > 20);
            var had = page.locator(ANSWER).textContent().substring(0, 20);
            line.cut();
            assertThat(page.locator(".turn.assistant .notice.bad")).containsText("broke off");
            assertThat(page.locator(".turn.assistant .notice.bad")).containsText("What had come is kept");
            assertThat(page.locator("#gone")).containsText("tandem serve");
            assertThat(page.locator(ANSWER)).containsText(had);
            page.fill("#question", "typed meanwhile");
            line.mend();
            assertThat(page.locator("#gone")).containsText("is back");
            assertThat(page.locator("#question")).hasValue("typed meanwhile");
            page.getByText("Answer again").click();
            assertThat(page.locator(".turn.assistant .notice.bad")).hasCount(0);
            page.getByText("Stop", new Page.GetByTextOptions().setExact(true)).click();
            page.navigate("about:blank");
        }
    }

    @Test
    void documentsAreAddedOrRefusedWithAReasonAndDeleted() {
        go("#/documents");
        assertThat(page.locator("tbody")).containsText("leave.md");
        page.setInputFiles("#files", new FilePayload[] {
            file("good.md", "# Badges\n\nA lost badge is replaced within 3 days.\n"),
            file("broken.pdf", "no PDF"),
            file("huge.md", "word ".repeat(500_000)),
            file("tool.exe", "MZ")
        });
        var uploads = page.locator(".uploads li");
        assertThat(uploads.nth(0)).containsText("can be asked about");
        assertThat(uploads.nth(1)).containsText("not taken in");
        assertThat(uploads.nth(2)).containsText("serve.max_upload");
        assertThat(uploads.nth(3)).containsText("tool.exe");
        page.getByLabel("Delete good.md").click();
        assertThat(page.locator("dialog")).containsText("Delete good.md?");
        page.locator("dialog .danger").click();
        assertThat(page.getByLabel("Delete good.md")).hasCount(0);
    }

    @Test
    void whatADocumentWasIsComparedAndRestoredWithTheKeyboard() {
        go("#/documents");
        page.setInputFiles("#files", file("hours.md", "# Hours\n\nThe shop opens at nine.\n"));
        assertThat(page.locator(".uploads li").last()).containsText("can be asked about");
        page.getByLabel("Versions of hours.md").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".empty")).containsText("No earlier version yet");

        page.locator(".head .button").click();
        page.setInputFiles("#files", file("hours.md", "# Hours\n\nThe shop opens at ten.\n"));
        assertThat(page.locator(".uploads li").last()).containsText("can be asked about");
        page.getByLabel("Versions of hours.md").click();
        page.getByLabel("What changed: version 2").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".difference del")).containsText("opens at nine");
        assertThat(page.locator(".difference ins")).containsText("opens at ten");
        assertThat(page.locator("section h2")).isFocused();
        page.getByLabel("Read: version 1").click();
        assertThat(page.locator(".lines.text")).containsText("opens at nine");
        var download = page.waitForDownload(
                () -> page.getByLabel("Download: version 1").click());
        assertThat(download.suggestedFilename()).isEqualTo("hours-version-1.md");

        page.getByLabel("Restore: version 1").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".toast")).containsText("the newest again");
        assertThat(page.locator("tbody tr").first()).containsText("version 1 again");
        assertThat(served.get("/api/documents/content?path=hours.md").body()).contains("opens at nine");

        page.locator(".head .button").click();
        page.getByLabel("Delete hours.md").click();
        page.locator("dialog .danger").click();
        assertThat(page.locator("details summary")).containsText("1 deleted document");
        page.locator("details summary").click();
        page.locator("details a").click();
        assertThat(page.locator(".notice.warn")).containsText("Deleted");
        page.getByText("Remove all versions for good").click();
        page.locator("dialog .danger").click();
        assertThat(page.locator(".toast")).containsText("Nothing is kept of hours.md");
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "text/plain", content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fiveThousandQuestionsAreReviewedWithTheKeyboard() {
        go("#/testset");
        assertThat(page.locator("#case-0 .question")).isVisible();
        page.locator(".window").focus();
        page.keyboard().press("a");
        assertThat(page.locator("#case-0")).containsText("accepted");
        assertThat(page.locator("#case-1")).hasAttribute("aria-selected", "true");
        page.keyboard().press("d");
        assertThat(page.locator(".toast")).containsText("Dropped");
        page.keyboard().press("End");
        assertThat(page.locator(".case[aria-selected=true] .question")).isVisible();
        assertThat(page.locator(".case").count()).isLessThan(60);
        assertThat(served.get("/api/testset/q-0000").body()).contains("\"reviewed\":true");
        assertThat(served.get("/api/testset/q-0001").statusCode()).isEqualTo(404);
    }

    @Test
    void twoWhoChangeOneQuestionSeeEachOtherAndLoseNothing() {
        go("#/testset");
        page.getByLabel("Find").fill("of kind 777?");
        assertThat(page.locator("#case-0 .question")).containsText("kind 777?");
        page.getByLabel("Right answers").fill("my own answer");
        var version =
                Served.json(served.get("/api/testset/q-0777")).path("version").asText();
        Served.json(served.send(
                "PATCH", "/api/testset/q-0777", "{\"version\": \"" + version + "\", \"answers\": [\"their answer\"]}"));
        page.keyboard().press("Control+Enter");
        assertThat(page.locator(".detail .notice")).containsText("their answer");
        assertThat(page.getByLabel("Right answers")).hasValue("my own answer");

        page.reload();
        page.getByLabel("Find").fill("of kind 777?");
        assertThat(page.locator("#case-0")).containsText("not saved");
        assertThat(page.getByLabel("Right answers")).hasValue("my own answer");
        page.keyboard().press("Tab");
        page.locator(".detail .actions .main").click();
        page.getByText("Save mine in its place").click();
        assertThat(page.locator(".toast")).containsText("Saved");
        assertThat(served.get("/api/testset/q-0777").body()).contains("my own answer");
    }

    @Test
    void runsAreShownWithWhatFailedAndComparedByTwo() {
        go("#/runs");
        page.getByLabel("Choose run r-1").check();
        page.getByLabel("Choose run r-2").check();
        page.getByText("Compare the two chosen").click();
        assertThat(page.locator(".notice")).containsText("Beyond chance");
        assertThat(page.locator(".chart svg")).isVisible();
        go("#/runs/r-1");
        assertThat(page.locator(".badly")).containsText("did not answer within 60 s");
        go("#/compare");
        assertThat(page.locator(".verdict")).containsText("hybrid");
        assertThat(page.locator(".chart svg")).isVisible();
    }

    @Test
    void aTuningShowsItsCurve() {
        go("#/training/ftjob-1");
        assertThat(page.locator(".line.line-0")).isVisible();
        assertThat(page.locator(".notice.good")).containsText("support-1");
    }

    @Test
    void whatAServerLacksIsSaidInWords() {
        page.route(
                "**/api/runs*",
                route -> route.fulfill(
                        new Route.FulfillOptions()
                                .setStatus(404)
                                .setBody(
                                        "{\"error\": {\"message\": \"There is no GET /api/runs\", \"type\": \"x\", \"param\": null, \"code\": null}}")));
        go("#/runs");
        assertThat(page.locator(".notice.bad")).containsText("not in this version of the server");
    }

    @Test
    void everyPageIsAccessibleOnAPhoneAndInTheDark() {
        page.context().close();
        upload("badge.md", "# Badges\n\nA badge is valid for a year.\n\nIt is renewed at the desk.\n");
        upload("badge.md", "# Badges\n\nA badge is valid for two years.\n\nIt is renewed at the desk.\n");
        var faults = new ArrayList<String>();
        for (var look : List.of("desktop", "phone", "dark")) {
            page = page(
                    look.equals("phone") ? 390 : 1280, 860, look.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT);
            Stubs.of(page);
            visit(look, "ask", "", ".turns", faults);
            ask(QUESTION);
            visit(look, "answer", null, ".sources", faults);
            visit(look, "documents", "#/documents", "table", faults);
            go("#/documents/versions/badge.md");
            page.getByLabel("What changed: version 2").click();
            visit(look, "versions", null, ".difference", faults);
            visit(look, "testset", "#/testset", ".case .question", faults);
            visit(look, "runs", "#/runs", "table", faults);
            visit(look, "run", "#/runs/r-1", ".example", faults);
            visit(look, "diff", "#/runs/r-1/diff/r-2", ".chart svg", faults);
            visit(look, "compare", "#/compare", ".chart svg", faults);
            visit(look, "training", "#/training", "table", faults);
            visit(look, "tuning", "#/training/ftjob-1", ".chart svg", faults);
            visit(look, "monitoring", "#/monitoring", ".card", faults);
            Stubs.monitored(page);
            visit(look, "quality", "#/monitoring/", ".quality .chart svg", faults);
            visit(look, "settings", "#/settings", ".pairs", faults);
            if (!look.equals("dark")) {
                page.context().close();
            }
        }
        assertThat(faults).isEmpty();
    }

    private static void upload(String name, String text) {
        var reply = Served.json(new Form().file(name, text).to(served, "/api/documents"));
        Followed.end(served, reply.at("/job/id").asText());
    }

    /** Goes there, takes a picture, and lets axe look; nothing may be wider than the screen. */
    private void visit(String look, String name, String where, String shown, List<String> faults) {
        if (where != null) {
            go(where);
        }
        page.locator(shown).first().waitFor();
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", look + "-" + name + ".png")));
        page.evaluate(axe());
        var found = (List<?>) page.evaluate("""
                async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})).violations
                  .map(each => `${each.impact} ${each.id}: ${each.nodes.map(node => node.target).join(' ')}`)""");
        found.forEach(each -> faults.add(look + " " + name + ": " + each));
        if (!Objects.equals(
                true, page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))) {
            faults.add(look + " " + name + ": wider than the screen");
        }
    }

    private static String axe() {
        try (var script = Objects.requireNonNull(BrowserTest.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
