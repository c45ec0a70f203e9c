package dev.firn.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.deploy.Project;
import dev.firn.deploy.observe.DocumentedMetrics;
import dev.firn.deploy.observe.Expressions;
import dev.firn.deploy.observe.Scrape;
import dev.firn.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firn as docker-compose.yml starts it, without containers. */
class ComposeIT {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final List<String> SAYING = List.of(
            "/info",
            "/health",
            "/metrics",
            "/prometheus",
            "/loggers",
            "/status",
            "/openapi.yml",
            "/truth",
            "/tables",
            "/tables/bronze.activity",
            "/maintenance",
            "/topology",
            "/dashboard/history",
            "/dashboard/tables/bronze.activity",
            "/dashboard/topics/raw.activity",
            "/dashboard/quarantine",
            "/env",
            "/beans",
            "/no-such-thing");

    @TempDir
    private static Path folder;

    private static ComposedFirn firn;

    @BeforeAll
    static void start() throws IOException {
        firn = ComposedFirn.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        firn.close();
    }

    @Test
    void shouldHaveRowsInTablesWhenStartedWithItsEnvironment() {
        awaitRows("bronze.activity");
        awaitRows("silver.activity_events");
        awaitRows("silver.fact_transactions");
    }

    @Test
    void shouldBeHealthyByTheCheckOfItsImageWhenReady() throws Exception {
        for (var service : firn.services().values()) {
            await().atMost(LONGEST).until(() -> service.healthy() == 0 && service.healthy("liveness") == 0);
        }
        assertThat(ComposedService.healthCheck(FreePort.any())).isNotZero();
        assertThat(firn.sink().healthy("no-such-probe")).isNotZero();
    }

    @Test
    void shouldDescribeItsEndpointsWhenAsked() throws Exception {
        for (var service : firn.services().values()) {
            await().atMost(LONGEST).until(() -> service.healthy("liveness") == 0);
            var described = Project.yaml(service.get("/openapi.yml"));
            assertThat(described).extractingByKey("openapi").asString().startsWith("3.");
            assertThat(Project.map(described.get("paths"))).containsKey("/status");
        }
        var ofSink = Project.yaml(firn.sink().get("/openapi.yml"));
        assertThat(Project.map(ofSink.get("paths")))
                .containsKeys("/tables/{name}/publish", "/dashboard/quarantine/search")
                .doesNotContainKey("/dashboard/{name}");
    }

    @Test
    void shouldReportWhatAlertsAndDashboardsAskFor() {
        await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            var scrape = scrape();
            assertThat(Expressions.all()).hasSizeGreaterThan(30).allSatisfy((where, expression) -> {
                if (Collections.disjoint(expression.needs(), DocumentedMetrics.rare())) {
                    assertThat(scrape.missing(expression)).as(where).isEmpty();
                }
            });
        });
    }

    @Test
    void shouldReportTheMetricsThatAreDocumentedAndNoOthers() {
        await().atMost(LONGEST).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            var reported = scrape().ownFamilies();
            assertThat(DocumentedMetrics.all()).containsAll(reported);
            assertThat(reported).containsAll(DocumentedMetrics.usual());
        });
    }

    @Test
    void shouldTellNoSecretWhenAskedForAnythingOrRefusingIt() throws Exception {
        awaitRows("silver.activity_events");
        for (var service : firn.services().values()) {
            for (var path : SAYING) {
                requireNoSecret(path, service.get(path));
            }
            requireNoSecret("a wrong token", service.post("/loggers/dev.firn", "Bearer nobody's"));
            requireNoSecret("log", service.log());
        }
    }

    private static void requireNoSecret(String where, String said) {
        assertThat(ComposedFirn.SECRETS.values())
                .as(where)
                .allSatisfy(secret -> assertThat(said).doesNotContain(secret));
    }

    private static Scrape scrape() throws IOException, InterruptedException {
        var scrape = new Scrape();
        for (var service : firn.services().values()) {
            scrape.add(service.get("/prometheus"));
        }
        return scrape;
    }

    private static void awaitRows(String table) {
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(500)).until(() -> {
            firn.services()
                    .forEach((name, service) -> assertThat(service.isAlive())
                            .as(() -> name + " ended:\n" + service.log())
                            .isTrue());
            return rows(table) > 0;
        });
    }

    private static long rows(String name) {
        var table = TableIdentifier.parse(name);
        if (!firn.catalog().tableExists(table)) {
            return 0;
        }
        var snapshot = firn.catalog().loadTable(table).currentSnapshot();
        return snapshot == null ? 0 : Long.parseLong(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }
}
