package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.sink.maintain.Kept;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that is killed while it clusters a table, and one that comes after it. */
class KilledUpkeepIT {
    private static final int BATCHES = 5;
    private static final int BATCH = 400;

    private final TestSink test = new TestSink();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        test.close();
    }

    @Test
    void shouldHoldEachRecordOnceAndGoOnWhenAProcessIsKilledWhileItClusters() throws Exception {
        // Given
        String topic = test.topic("events", 1);
        TableIdentifier name = TableIdentifier.parse(topic);
        int port = ServiceIT.freePort();
        Process killed = start(port);
        fill(topic, name);
        post(port, "/tables/" + topic + "/maintain");
        patiently().until(() -> !clustered(name).isEmpty());

        // When
        killed.destroyForcibly().waitFor();

        // Then
        int next = ServiceIT.freePort();
        start(next);
        test.produce(topic, Events.values(test.registry, topic, BATCHES * BATCH, BATCH));
        test.awaitRows(name, (BATCHES + 1) * BATCH);
        // as if its time were over
        test.catalog
                .loadTable(name)
                .updateProperties()
                .remove("firn.maintainer")
                .commit();
        post(next, "/tables/" + topic + "/maintain");
        patiently().until(() -> isDone(next, topic));
        assertThat(files(name)).hasSizeLessThanOrEqualTo(17);
        Kept.removeOrphans(test.catalog.loadTable(name));
        assertThat(clustered(name)).isSubsetOf(files(name));
        test.requireOnce(name, (BATCHES + 1) * BATCH);
        assertThat(test.reconcile(name).faults()).isEmpty();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    private Process start(int port) throws IOException {
        Map<String, String> environment = ServiceIT.environment(test, port);
        environment.put("FIRN_KAFKA_PROPERTIES_SESSION_TIMEOUT_MS", "6000");
        Process process = ServiceIT.start(environment, List.of("-Xmx512m"));
        processes.add(process);
        return process;
    }

    /** In many files of many partitions, so that it takes a while. */
    private void fill(String topic, TableIdentifier name) {
        for (int i = 0; i < BATCHES; i++) {
            test.produce(topic, Events.values(test.registry, topic, i * BATCH, BATCH));
            test.awaitRows(name, (i + 1L) * BATCH);
            if (i == 0) {
                Table table = test.catalog.loadTable(name);
                table.updateSpec().addField(Expressions.bucket("_offset", 16)).commit();
                table.updateProperties()
                        .set("firn.cluster-by", "zorder(_timestamp, _offset)")
                        .commit();
            }
        }
    }

    private boolean isDone(int port, String topic) throws IOException, InterruptedException {
        HttpRequest request = request(port, "/maintenance/" + topic).build();
        JsonNode status = new ObjectMapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return status.path("state").asText().equals("IDLE")
                && status.path("done").path("files_clustered").asInt() > 0;
    }

    private void post(int port, String path) {
        HttpRequest request =
                request(port, path).POST(HttpRequest.BodyPublishers.noBody()).build();
        patiently()
                .until(() -> http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** In storage, whether the table refers to them or not. */
    private List<String> clustered(TableIdentifier name) {
        Table table = test.catalog.loadTable(name);
        Iterable<FileInfo> all = ((SupportsPrefixOperations) table.io()).listPrefix(table.location() + "/data/");
        return StreamSupport.stream(all.spliterator(), false)
                .map(FileInfo::location)
                .filter(location -> location.contains("-run-"))
                .toList();
    }

    private List<String> files(TableIdentifier name) throws IOException {
        List<String> files = new ArrayList<>();
        try (var tasks = test.catalog.loadTable(name).newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                files.add(task.file().location());
            }
        }
        return files;
    }
}
