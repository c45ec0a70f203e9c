package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.embedded.FreePort;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.commit.Span;
import dev.firn.sink.maintain.Kept;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that is killed while it clusters a table of which rows are deleted all along, and one that comes after it. */
class KilledUpkeepIT {
    private static final int BATCHES = 4;
    private static final int BATCH = 400;
    private static final int PARTITIONS = 16;
    /** Of a batch come again in the next one: their rows of before are deleted. */
    private static final int AGAIN = BATCH / 2;

    private final TestSink test = new TestSink();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final Map<Long, String> model = new HashMap<>();

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        test.close();
    }

    @Test
    void shouldHoldTheNewestRowOfEachKeyAndGoOnWhenAProcessIsKilledWhileItClusters() throws Exception {
        // Given
        String topic = test.topic("events", 1);
        TableIdentifier name = TableIdentifier.parse(topic);
        int port = FreePort.any();
        Process killed = start(port, topic, "killed");
        fill(topic, name);
        assertThat(deleteFiles(name)).isPositive();
        post(port, "/tables/" + topic + "/maintain");
        patiently().until(() -> !clustered(name).isEmpty());

        // When
        killed.destroyForcibly().waitFor();

        // Then
        int next = FreePort.any();
        start(next, topic, "next");
        upsert(topic, name, BATCHES);
        // as if its time were over
        test.catalog
                .loadTable(name)
                .updateProperties()
                .remove("firn.maintainer")
                .commit();
        post(next, "/tables/" + topic + "/maintain");
        patiently().until(() -> isDone(next, topic));
        assertThat(files(name)).hasSizeLessThanOrEqualTo(PARTITIONS + 1);
        assertThat(deleteFiles(name)).isZero();
        Kept.removeOrphans(test.catalog.loadTable(name));
        assertThat(clustered(name)).isSubsetOf(files(name));
        requireNewest(name);
        assertThat(test.reconcile(name).faults()).isEmpty();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    /** In a group of its own: it need not wait until the group has noticed that a member is dead. */
    private Process start(int port, String topic, String group) throws IOException {
        Map<String, String> environment = ServiceIT.environment(test, port);
        environment.put("FIRN_SINK_AS_THEY_CAME", "none");
        environment.put("FIRN_SINK_GROUP_ID", group + "-" + test.space);
        Process process = ServiceIT.start(environment, List.of("-Xmx512m"), "-firn.sink.keys." + topic + "=n");
        processes.add(process);
        return process;
    }

    /** In many files of many partitions, so that it takes a while. */
    private void fill(String topic, TableIdentifier name) {
        for (int i = 0; i < BATCHES; i++) {
            upsert(topic, name, i);
            if (i == 0) {
                Table table = test.catalog.loadTable(name);
                table.updateSpec().addField(Expressions.bucket("n", PARTITIONS)).commit();
                table.updateProperties()
                        .set("firn.cluster-by", "zorder(n, _offset)")
                        .commit();
            }
        }
    }

    private void upsert(String topic, TableIdentifier name, int batch) {
        List<byte[]> values = new ArrayList<>();
        for (long n = (long) batch * AGAIN; n < (long) batch * AGAIN + BATCH; n++) {
            String text = "batch " + batch;
            values.add(Events.value(test.registry, topic, n, text));
            model.put(n, text);
        }
        test.produce(topic, values);
        patiently().until(() -> held(name) == (batch + 1L) * BATCH);
    }

    /** How many records the table's ledger has. */
    private long held(TableIdentifier name) {
        return Ledgers.of(test.catalog.loadTable(name)).held().values().stream()
                .mapToLong(Span::end)
                .sum();
    }

    private void requireNewest(TableIdentifier name) {
        List<Record> rows = test.rows(name);
        assertThat(rows).hasSameSizeAs(model.keySet());
        rows.forEach(row -> assertThat(row.getField("text")).isEqualTo(model.get(row.getField("n"))));
    }

    private int deleteFiles(TableIdentifier name) throws IOException {
        int deletes = 0;
        try (var tasks = test.catalog.loadTable(name).newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                deletes += task.deletes().size();
            }
        }
        return deletes;
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
