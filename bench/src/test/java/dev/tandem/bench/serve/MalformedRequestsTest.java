package dev.tandem.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedRequestsTest {
    private static final int REQUESTS = 300;

    @Test
    void noMalformedRequestMakesTheServerFail(@TempDir Path folder) throws IOException, InterruptedException {
        try (var service = Service.start(Service.small(folder))) {
            var requests = new MalformedRequests(service.document(), 20_261_126);
            var statuses = new TreeMap<Integer, Integer>();
            for (int i = 0; i < REQUESTS; i++) {
                var request = requests.next();
                int status = request.send(service.port());
                statuses.merge(status, 1, Integer::sum);
                assertThat(status).as(request.toString()).isLessThan(500);
            }
            // It tests something: most are refused, some are let in.
            assertThat(statuses.get(400)).as(statuses.toString()).isGreaterThan(REQUESTS / 4);
            assertThat(statuses).containsKeys(200, 404);
            assertThat(service.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theSameSeedMakesTheSameRequests(@TempDir Path folder) throws IOException, InterruptedException {
        try (var service = Service.start(Service.small(folder))) {
            var document = service.document();
            var first = new MalformedRequests(document, 7);
            var second = new MalformedRequests(document, 7);
            for (int i = 0; i < 50; i++) {
                assertThat(first.next().toString()).isEqualTo(second.next().toString());
            }
        }
    }
}
