package dev.tandem.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that writes what a server can be given, remembers what it was told is kept, and looks for that later. Used by one thread. */
public final class Acknowledged {
    private static final String BOUNDARY = "----serve-kills";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, String> documents = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> cases = new ArrayList<>();
    private final List<String> feedback = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final List<String> jobs = new ArrayList<>();

    /** Writes a thing of each kind; fails when the server does, and what was acknowledged until then counts. */
    public void write(int port) throws IOException, InterruptedException {
        int number = next.incrementAndGet();
        var text = "# Page " + number + "\n\nThe code word of page " + number + " is quokka" + number + ".\n";
        var uploaded = send(port, "/api/documents", form("page-" + number + ".md", text), 202);
        documents.put("page-" + number + ".md", text);
        jobs.add(uploaded.at("/job/id").asText());

        var example = ("{\"messages\": [{\"role\": \"user\", \"content\": \"" + number
                        + "\"}, {\"role\": \"assistant\", \"content\": \"yes\"}]}\n")
                .repeat(10); // the fewest that a tuning takes
        var file = send(port, "/v1/files", form("examples-" + number + ".jsonl", example), 200);
        files.put(file.path("id").asText(), example);

        var made = send(
                port,
                "/api/testset",
                body("{\"id\": \"case-" + number + "\", \"question\": \"Code word " + number
                        + "?\", \"answers\": [\"quokka" + number
                        + "\"], \"documents\": [\"vpn.md\"], \"type\": \"answerable\"}"),
                201);
        cases.add(made.path("id").asText());

        var answer = send(
                port,
                "/v1/chat/completions",
                body("{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\":"
                        + " \"On which port is the VPN?\"}]}"),
                200);
        answers.add(answer.path("id").asText());
        send(
                port,
                "/api/feedback",
                body("{\"answer_id\": \"" + answer.path("id").asText()
                        + "\", \"rating\": \"down\", \"comment\": \"remark " + number + "\"}"),
                201);
        feedback.add("remark " + number);
    }

    /** How many things were acknowledged. */
    public int count() {
        return documents.size() + files.size() + cases.size() + feedback.size() + answers.size() + jobs.size();
    }

    /** Ids of the answers that were given. */
    public List<String> answers() {
        return List.copyOf(answers);
    }

    /** What was acknowledged and is not there, in words. */
    public List<String> missing(int port) throws IOException, InterruptedException {
        var missing = new ArrayList<String>();
        for (var file : files.entrySet()) {
            var found = get(port, "/v1/files/" + file.getKey() + "/content");
            if (!found.body().equals(file.getValue())) {
                missing.add("file " + file.getKey() + ": " + found.statusCode());
            }
        }
        for (var each : cases) {
            if (get(port, "/api/testset/" + each).statusCode() != 200) {
                missing.add("test case " + each);
            }
        }
        var kept = get(port, "/api/feedback?count=500").body();
        feedback.stream()
                .filter(remark -> !kept.contains("\"" + remark + "\""))
                .map(remark -> "feedback: " + remark)
                .forEach(missing::add);
        for (var job : jobs) {
            ended(port, job, missing);
        }
        for (var document : documents.entrySet()) {
            var found = get(
                    port,
                    "/api/documents/content?path=" + URLEncoder.encode(document.getKey(), StandardCharsets.UTF_8));
            if (found.statusCode() != 200 || !found.body().contains("code word")) {
                missing.add("document " + document.getKey() + ": " + found.statusCode());
            }
        }
        return missing;
    }

    /** A job that was taken on ends well, after a restart too. */
    private void ended(int port, String job, List<String> missing) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        var status = "";
        while (System.nanoTime() < until
                && !List.of("succeeded", "failed", "cancelled").contains(status)) {
            status = json.readTree(get(port, "/api/jobs/" + job).body())
                    .path("status")
                    .asText();
            Thread.sleep(20);
        }
        if (!status.equals("succeeded")) {
            missing.add("job " + job + ": " + status);
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.ofString());
    }

    private JsonNode send(int port, String path, HttpRequest.Builder request, int expected)
            throws IOException, InterruptedException {
        var reply = client.send(request.uri(uri(port, path)).build(), BodyHandlers.ofString());
        if (reply.statusCode() != expected) {
            throw new IllegalStateException(path + ": " + reply.statusCode() + " " + reply.body());
        }
        return json.readTree(reply.body());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpRequest.Builder body(String text) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text));
    }

    private static HttpRequest.Builder form(String name, String text) {
        var disposition = "\r\nContent-Disposition: form-data; name=";
        var body = "--" + BOUNDARY + disposition + "\"purpose\"\r\n\r\nfine-tune\r\n--" + BOUNDARY + disposition
                + "\"file\"; filename=\"" + name + "\"\r\n\r\n" + text + "\r\n--" + BOUNDARY + "--\r\n";
        return HttpRequest.newBuilder()
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body));
    }
}
