package dev.tandem.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.tandem.bench.serve.Service;
import dev.tandem.bench.serve.TandemProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How fast the web page is, in Chromium against {@code ./tandem serve} on loopback: from the address to the first paint and to the form,
 * in a browser that was never here before, the first of them as the server's very first visitor; what it fetches for that; and how evenly
 * frames come while an answer streams and while a curve of 2,000 points grows by 100 a second, beside an empty page in the same
 * browser. The answer comes from a stand-in in the page at 50 pieces a second, then from the server's own starter.
 *
 * <p>Arguments: how many browsers (7 unless given), Chromium's path (/usr/bin/chromium unless given).
 */
public final class PageSpeed {
    private static final int WATCHED = 10_000;
    private static final String SCRIPT = script();

    private final Browser browser;
    private final String address;

    private PageSpeed(Browser browser, int port) {
        this.browser = browser;
        this.address = "http://localhost:" + port + "/";
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        var options = new LaunchOptions()
                .setExecutablePath(Path.of(arguments.length > 1 ? arguments[1] : "/usr/bin/chromium"))
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
        var folder = Files.createTempDirectory("page-speed");
        var workspace = Service.small(folder);
        TandemProcess.start(workspace).stop(); // builds, and prepares fast starts
        var server = TandemProcess.start(workspace);
        var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        try (var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment))) {
            for (int i = 0; i < rounds; i++) {
                try (var browser = playwright.chromium().launch(options)) {
                    new PageSpeed(browser, server.port())
                            .visit(i == 0 ? "the server's first visitor" : "visitor " + (i + 1));
                }
            }
            try (var browser = playwright.chromium().launch(options)) {
                System.out.println("Chromium " + browser.version());
                new PageSpeed(browser, server.port()).frames();
            }
        } finally {
            server.stop();
        }
        System.exit(0);
    }

    private Page page() {
        var page = browser.newContext().newPage();
        page.addInitScript(SCRIPT);
        return page;
    }

    private void visit(String who) {
        var page = page();
        page.navigate(address);
        var found = (Map<?, ?>) Objects.requireNonNull(page.evaluate("""
                async () => {
                  while (!window.listed || !performance.getEntriesByName('first-contentful-paint').length) await new Promise(later => setTimeout(later, 20));
                  const all = performance.getEntriesByType('resource');
                  const scripts = all.filter(each => each.name.endsWith('.js'));
                  return {page: performance.getEntriesByType('navigation')[0].responseEnd, usable: window.usable, listed: window.listed,
                    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, requests: all.length + 1,
                    scripts: scripts.length, bytes: scripts.reduce((sum, each) => sum + each.encodedBodySize, 0)};
                }"""));
        System.out.printf(
                "%s: page there %.0f ms, form usable %.0f ms, first paint %.0f ms, models listed %.0f ms; %d requests, of"
                        + " which %d scripts with %.1f kB compressed%n",
                who,
                number(found, "page"),
                number(found, "usable"),
                number(found, "paint"),
                number(found, "listed"),
                (int) number(found, "requests"),
                (int) number(found, "scripts"),
                number(found, "bytes") / 1e3);
        page.context().close();
    }

    private static double number(Map<?, ?> found, String name) {
        return ((Number) Objects.requireNonNull(found.get(name), name)).doubleValue();
    }

    private void frames() {
        var empty = page();
        empty.navigate("data:text/html,<title>empty</title>");
        watch("empty page", empty);
        empty.context().close();

        var standIn = page();
        ask(standIn, "window.standIn = true", "tandem/rag");
        watch("an answer that streams, 50 pieces a second", standIn);
        standIn.context().close();

        var real = page();
        ask(real, "window.standIn = false", "starter");
        watch("the starter's answer, made on the same cores", real);
        real.context().close();

        var curve = page();
        curve.navigate(address + "#/training/ftjob-1");
        curve.waitForSelector(".line.line-0");
        watch("a curve of 2,000 points, to which 100 come a second", curve);
        curve.context().close();
    }

    private void ask(Page page, String before, String model) {
        page.navigate(address);
        page.waitForSelector(".composer select:enabled");
        page.evaluate(before);
        page.locator(".composer select").selectOption(model);
        page.fill("#question", "Tell a long story about a hut in the mountains, with all that happens there.");
        page.keyboard().press("Enter");
        page.waitForSelector(".turn.assistant .answer > *");
    }

    private static void watch(String what, Page page) {
        var between = new ArrayList<Double>();
        for (var each : (List<?>) Objects.requireNonNull(page.evaluate("frames60(" + WATCHED + ")"))) {
            between.add(((Number) Objects.requireNonNull(each)).doubleValue());
        }
        between.sort(null);
        System.out.printf(
                "%s: %.1f frames a second, median %.1f ms; over 16.7 ms %.1f%%, over 20 ms %.1f%%, over 33.4 ms %.1f%%;"
                        + " longest %.1f ms%n",
                what,
                1e3
                        * between.size()
                        / between.stream().mapToDouble(Double::doubleValue).sum(),
                between.get(between.size() / 2),
                over(between, 16.7),
                over(between, 20),
                over(between, 33.4),
                between.getLast());
    }

    private static double over(List<Double> between, double most) {
        return 100.0 * between.stream().filter(each -> each > most).count() / between.size();
    }

    private static String script() {
        try (var file = Objects.requireNonNull(PageSpeed.class.getResourceAsStream("page-speed.js"), "page-speed.js")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
