package dev.firn.sink;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.embedded.FreePort;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.table.WorkingBranch;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The jar as it is shipped, a process of its own, told everything by its environment. */
class ServiceIT {
    /** Of a JVM that ends before its second compiler has earned what it takes. */
    static final List<String> SHORT_LIVED = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TestSink test = new TestSink();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        test.close();
    }

    @Test
    void shouldTellHowItStandsWhenAsked() throws Exception {
        // Given
        String topic = test.topic("events", 2);
        int port = FreePort.any();
        Map<String, String> environment = environment(test, port);
        environment.put("FIRN_REGISTRY_USERNAME", "ada");
        environment.put("FIRN_REGISTRY_PASSWORD", "s3cret-registry");
        environment.put("FIRN_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "module required password=\"s3cret-kafka\";");
        environment.put("FIRN_KAFKA_PROPERTIES_SSL_KEYSTORE_PASSWORD", "s3cret-store");
        environment.put("FIRN_MANAGEMENT_TOKEN", "s3cret-token");
        environment.put("LOGGER_LEVELS_DEV_FIRN", "DEBUG");
        Path lineage = Path.of("target", "service-it-" + test.space + ".lineage");
        environment.put("FIRN_LINEAGE_FILE", lineage.toString());
        Process sink = start(environment);
        test.produce(topic, Events.values(test.registry, topic, 0, 500));
        test.produce(topic, List.of(new byte[] {1, 2, 3}));

        // When
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> get(port, "/status").path("drained").asBoolean()
                        && test.count(TableIdentifier.parse(topic)) == 500);
        JsonNode status = get(port, "/status");
        JsonNode table = get(port, "/tables/" + topic);

        // Then
        assertThat(status.path("state").asText()).isEqualTo("RUNNING");
        assertThat(status.path("lag").asLong()).isZero();
        assertThat(status.path("open_rows").asLong()).isZero();
        assertThat(table.path("state").asText()).isEqualTo("FOLLOWING");
        assertThat(table.path("blocked").isObject()).isTrue();
        assertThat(table.path("rows").asLong()).isEqualTo(500);
        assertThat(table.path("snapshot_id").asLong()).isNotZero();
        assertThat(table.path("committed_at").asText()).startsWith("20");
        assertThat(table.path("avro_bytes").asLong()).isPositive();
        assertThat(table.path("freshness_p99_millis").asLong()).isPositive();
        assertThat(table.path("ledger").path(topic).path("0").path(1).asLong()
                        + table.path("ledger").path(topic).path("1").path(1).asLong())
                .isEqualTo(501);
        assertThat(text(port, "/tables/no.such").statusCode()).isEqualTo(404);
        assertThat(decide(port, topic, "{\"decision\":\"skip-lost-records\",\"by\":\"jane\"}"))
                .isEqualTo(409);
        assertThat(decide(port, topic, "{\"decision\":\"skip-lost-records\"}")).isEqualTo(400);
        assertThat(decide(port, topic, "{\"decision\":\"whatever\",\"by\":\"jane\"}"))
                .isEqualTo(400);
        assertThat(post(port, "/tables/" + topic + "/maintain?dryRun=true", "").body())
                .contains("small_files");
        requirePublishes(port, topic);
        HttpResponse<String> erasing =
                post(port, "/erase?dryRun=true", "{\"key\":{\"_topic\":\"" + topic + "\",\"_offset\":\"3\"}}");
        assertThat(erasing.statusCode()).isEqualTo(202);
        String erasure = erasing.headers().firstValue("Location").orElseThrow();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> get(port, erasure).path("state").asText().equals("DONE"));
        JsonNode erased = get(port, erasure);
        assertThat(erased.findValuesAsText("table")).contains(topic);
        assertThat(erased.path("columns").toString()).isEqualTo("[\"_offset\",\"_topic\"]");
        assertThat(get(port, "/erase").path(0)).isEqualTo(erased);
        assertThat(text(port, "/erase/none").statusCode()).isEqualTo(404);
        assertThat(post(port, "/erase?dryRun=true", "{\"key\":{\"_offset\":\"three\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(port, "/erase", "{\"key\":{}}").statusCode()).isEqualTo(400);
        assertThat(post(port, "/loggers/audit", "{\"configuredLevel\":\"OFF\"}", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Files.readString(Path.of("target", "service-it.log")))
                .contains("Refused who=local roles=viewer from=127.0.0.1 method=POST path=/loggers/audit status=403");
        assertThat(get(port, "/health").path("status").asText()).isEqualTo("UP");
        assertThat(get(port, "/health/readiness")
                        .path("details")
                        .path("progress")
                        .path("status")
                        .asText())
                .isEqualTo("UP");
        assertThat(text(port, "/prometheus").body())
                .contains("firn_sink_rows_total{table=\"" + topic + "\"} 500.0")
                .contains("firn_sink_quarantined_total{reason=\"BAD_MAGIC\",table=\"" + topic + "\"} 1.0")
                .contains("firn_sink_lag{table=\"" + topic + "\"}")
                .contains("firn_sink_blocked{state=\"LEDGER_LOST\",table=\"" + topic + "\"} 0.0")
                .contains("firn_sink_commit_seconds_count{outcome=\"committed\",table=\"" + topic + "\"}");

        // and nobody sees what is secret
        List<String> shown = new ArrayList<>(List.of(Files.readString(Path.of("target", "service-it.log"))));
        for (String path :
                List.of("/status", "/tables", "/health", "/info", "/loggers", "/prometheus", "/env", "/beans")) {
            shown.add(text(port, path).body());
        }
        assertThat(shown)
                .allSatisfy(
                        each -> assertThat(each).doesNotContain("s3cret").doesNotContain(TestSink.STACK.s3SecretKey()));

        // and ends when told to, with what it had read committed
        sink.destroy();
        assertThat(sink.waitFor(30, TimeUnit.SECONDS)).isTrue();
        test.requireOnce(TableIdentifier.parse(topic), 500);
        requireLineage(lineage, topic);

        // what it left is exact, until somebody takes rows away
        assertThat(reconcile(port, topic)).isZero();
        test.catalog
                .loadTable(TableIdentifier.parse(topic))
                .newDelete()
                .deleteFromRowFilter(alwaysTrue())
                .commit();
        assertThat(reconcile(port, topic)).isEqualTo(1);
        assertThat(reconcile(port, "no.such")).isEqualTo(2);
    }

    /** A run for each commit, of the same id as in the snapshot's summary. */
    private void requireLineage(Path file, String topic) throws IOException {
        long rows = 0;
        List<String> runs = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.at("/job/name").asText()).isEqualTo("iceberg-sink." + topic);
            assertThat(event.at("/inputs/0/name").asText()).isEqualTo(topic);
            assertThat(event.at("/inputs/0/inputFacets/firn_offsets/ranges")).isNotEmpty();
            rows += event.at("/outputs/0/outputFacets/outputStatistics/rowCount")
                    .asLong();
            runs.add(event.at("/run/runId").asText() + " "
                    + event.at("/outputs/0/facets/version/datasetVersion").asText());
        }
        assertThat(rows).isEqualTo(500);
        List<String> commits = new ArrayList<>();
        test.catalog.loadTable(TableIdentifier.parse(topic)).snapshots().forEach(snapshot -> {
            if (snapshot.summary().containsKey(Ledgers.RANGES)) {
                commits.add(snapshot.summary().get(Ledgers.COMMIT_ID) + " " + snapshot.snapshotId());
            }
        });
        assertThat(runs).containsExactlyInAnyOrderElementsOf(commits);
    }

    @Test
    void shouldEndWithOneLineWhenAKeyIsUnknown() throws Exception {
        // Given
        Map<String, String> environment = environment(test, FreePort.any());
        environment.put("FIRN_SINK_LANESS", "3");

        // When
        Process sink = start(environment);
        String output = new String(sink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(sink.waitFor()).isEqualTo(2);
        assertThat(output.strip().lines())
                .containsExactly("unknown configuration key FIRN_SINK_LANESS; did you mean 'FIRN_SINK_LANES'?");
    }

    private int reconcile(int port, String table) throws IOException, InterruptedException {
        Process process = start(environment(test, port), List.of("-Xmx256m"), "reconcile", table);
        processes.add(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    static Map<String, String> environment(TestSink test, int port) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("FIRN_KAFKA_BOOTSTRAP_SERVERS", TestSink.STACK.bootstrapServers());
        environment.put("FIRN_REGISTRY_URL", TestSink.STACK.registryUrl());
        environment.put("FIRN_SINK_TOPICS_PATTERN", test.space + "\\..*");
        environment.put("FIRN_SINK_GROUP_ID", "service-" + test.space);
        environment.put("FIRN_SINK_AS_THEY_CAME", test.space);
        environment.put("FIRN_SINK_QUARANTINE", test.quarantine.toString());
        environment.put("FIRN_SINK_WINDOW_INTERVAL", "500ms");
        environment.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
        TestSink.STACK.catalogProperties().forEach((key, value) -> environment.put(variable(key), value));
        return environment;
    }

    static String variable(String key) {
        return "FIRN_SINK_CATALOG_" + key.replace("-", "__").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private Process start(Map<String, String> environment) throws IOException {
        Process process = start(environment, SHORT_LIVED);
        processes.add(process);
        return process;
    }

    /** The service from its jar, as whoever uses it starts it. */
    static Process start(Map<String, String> environment, List<String> jvmOptions, String... arguments)
            throws IOException {
        Path jar = Path.of("target", "iceberg-sink.jar");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // not what whoever runs the tests has
        builder.environment().keySet().removeIf(name -> name.startsWith("FIRN_"));
        builder.environment().putAll(environment);
        if (!environment.containsKey("FIRN_SINK_LANESS")) {
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/service-it.log")));
        }
        return builder.start();
    }

    private JsonNode get(int port, String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(text(port, path).body());
    }

    private int decide(int port, String table, String body) throws IOException, InterruptedException {
        return post(port, "/tables/" + table + "/decision", body).statusCode();
    }

    private void requirePublishes(int port, String topic) throws IOException, InterruptedException {
        String path = "/tables/" + topic + "/publish?dryRun=true";
        Table table = test.catalog.loadTable(TableIdentifier.parse(topic));
        assertThat(post(port, path, "").statusCode()).isEqualTo(409);
        table.updateProperties().set(WorkingBranch.PROPERTY, "staged").commit();
        JsonNode published = new ObjectMapper().readTree(post(port, path, "").body());
        assertThat(published.path("branch").asText()).isEqualTo("staged");
        assertThat(published.path("rows_after").asLong()).isEqualTo(500);
        assertThat(get(port, "/tables/" + topic)
                        .path("unpublished")
                        .path("standing")
                        .asText())
                .isEqualTo("PUBLISHED");
        table.updateProperties().remove(WorkingBranch.PROPERTY).commit();
        assertThat(post(port, "/tables/no.such/publish", "").statusCode()).isEqualTo(404);
        assertThat(post(port, path, "", "").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> post(int port, String path, String body) throws IOException, InterruptedException {
        return post(port, path, body, "Bearer s3cret-token");
    }

    private HttpResponse<String> post(int port, String path, String body, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> text(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
