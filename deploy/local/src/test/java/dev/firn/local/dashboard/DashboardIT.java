package dev.firn.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.local.quarantine.Team;
import dev.firn.local.query.Warehouse;
import dev.firn.local.up.RunningFirn;
import dev.firn.quarantine.Replay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard in a browser, on everything that {@code firn up} starts. */
class DashboardIT {
    private static final String TABLE = "bronze.team_letters";
    private static final String SILVER = "silver.team_letters";

    private Browser browser;
    private RunningFirn firn;
    private Team team;
    private int schema;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.open();
        firn = RunningFirn.get();
        team = new Team(firn, "team_letters");
        schema = team.register("range(0, 10)");
        team.send(schema, 0, 13);
        team.register("range(0, 11)");
        firn.awaitDrained();
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void shouldShowHowThingsAreAndDoWhatIsDecided() throws Exception {
        // When
        browser.go(firn.address("/dashboard/"));

        // Then
        shouldDrawTheFlow();
        shouldAgreeWithTheEndpoints();
        shouldTravelInTime();
        shouldAnswerInSql();
        shouldReplayWhatWasSetAside();
        shouldShowTheWaysBack();
        shouldUnblock();
        browser.requireNoErrors();
    }

    private void shouldDrawTheFlow() throws IOException {
        browser.await(
                "services",
                () -> browser.texts(".source .state").equals(List.of("DONE"))
                        && browser.texts(".middle .state").equals(List.of("RUNNING")));
        browser.await(
                "the same tables",
                () -> browser.texts(".table .name").stream().sorted().toList().equals(names(firn.ask("/tables"))));
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            for (int width : List.of(1400, 900, 400)) {
                assertThat(browser.overflow(width, 1200))
                        .as("pixels too wide at " + width)
                        .isZero();
                browser.picture("flow-" + scheme + "-" + width);
            }
        }
        browser.overflow(1400, 1200);
    }

    private void shouldAgreeWithTheEndpoints() throws Exception {
        browser.go(firn.address("/dashboard/#/tables"));
        browser.await("rows", () -> rowsShown().equals(rows(firn.ask("/tables"))));
        browser.picture("tables");
        browser.go(firn.address("/dashboard/#/tables/" + TABLE));
        browser.await("charts", () -> browser.all(".chart canvas").size() == 4);
        browser.picture("table");
    }

    private void shouldTravelInTime() throws Exception {
        browser.await(
                "snapshots",
                () -> !browser.all("[aria-label=Snapshots] tbody tr").isEmpty());
        browser.click("[data-form=rows] button");
        browser.await("rows", () -> !browser.all("[aria-label=Rows] tbody tr").isEmpty());
        browser.picture("time-travel");
        browser.go(firn.address("/dashboard/#/topics/raw.activity"));
        browser.await("contract", () -> browser.texts("h2").containsAll(List.of("Contract", "Schema versions")));
        browser.picture("topic");
    }

    private void shouldAnswerInSql() throws IOException {
        browser.go(firn.address("/dashboard/#/sql"));
        browser.await("the box", () -> !browser.all("textarea[name=sql]").isEmpty());
        ask("SELECT broken FROM " + TABLE);
        browser.await(
                "what is wrong",
                () -> browser.one("[data-form=sql] .failure").getText().contains("broken"));
        // a browser says so by itself of every request that is refused
        assertThat(browser.errors()).singleElement().asString().contains("/dashboard/query", "status of 400");
        ask("SELECT _kafka_partition, count(*) AS letters, count(_topic) AS named FROM " + TABLE
                + " GROUP BY 1 UNION ALL SELECT -1, 0, 0 ORDER BY 1");
        browser.await(
                "the answer",
                () -> browser.texts("[aria-label=Answer] tbody tr").stream().anyMatch(row -> row.equals("-1 0 0")));
        assertThat(browser.all(".chart canvas")).hasSize(1);
        assertThat(browser.one("[data-form=sql] .failure").getText()).isEmpty();
        browser.picture("sql");
    }

    private void ask(String sql) {
        browser.one("textarea[name=sql]").clear();
        browser.one("textarea[name=sql]").sendKeys(sql + Keys.chord(Keys.CONTROL, Keys.ENTER));
    }

    private void shouldReplayWhatWasSetAside() throws Exception {
        browser.go(firn.address("/dashboard/#/quarantine"));
        browser.await("reasons", () -> !browser.all(".bars li").isEmpty());
        browser.one("input[name=words]").sendKeys("RULE_FAILED raw.team_letters");
        browser.click("[data-form=search] button");
        browser.await("found", () -> browser.all("[data-action=record]").size() == 2);
        browser.click("[data-action=record]");
        browser.await("record", () -> browser.one("pre.record").getText().contains("\"reason\": \"RULE_FAILED\""));
        assertThat(browser.one("pre.record").getText()).contains("•••").doesNotContain("Ada");
        browser.picture("quarantine");
        replay("[data-action=replay-found]", "2 sent back.");
        browser.picture("replayed");
        browser.click("#dialog [data-action=close]");
        replay("[data-action=replay]", "0 sent back. 1 had been before.");
        browser.click("#dialog [data-action=close]");
        browser.await(
                "the letter that the newer contract takes",
                () -> firn.ask("/tables/" + SILVER).path("rows").asLong() == 12);
    }

    private void shouldShowTheWaysBack() throws Exception {
        team.sendUnknown();
        browser.await(
                "set aside by both",
                () -> firn.answer("SELECT count(*) FROM ops.quarantine WHERE source_topic = '" + team.topic()
                                + "' AND reason = 'UNKNOWN_SCHEMA_ID'")
                        .equals("2"));
        browser.one("input[name=words]").clear();
        browser.one("input[name=words]").sendKeys("UNKNOWN_SCHEMA_ID " + team.topic());
        browser.click("[data-form=search] button");
        browser.await(
                "found",
                () -> browser.texts("[aria-label='Records found'] tbody tr").stream()
                                .filter(row -> row.contains("UNKNOWN_SCHEMA_ID"))
                                .count()
                        == 2);
        replay("[data-action=replay-found]", "2 sent back.");
        browser.click("#dialog [data-action=close]");
        browser.go(firn.address("/dashboard/#/flow"));
        browser.await(
                "ways back",
                () -> waysBack().equals(Set.of(Replay.processorTopic(team.topic()), Replay.sinkTopic(TABLE)))
                        && browser.texts("[data-retry$=team_letters]").stream()
                                .allMatch(text -> text.contains(": 0 behind")));
        for (int width : List.of(1400, 900, 400)) {
            assertThat(browser.overflow(width, 1200))
                    .as("pixels too wide at " + width)
                    .isZero();
            browser.picture("ways-back-" + width);
        }
        browser.overflow(1400, 1200);
    }

    /** Topics through which letters have come back. */
    private Set<String> waysBack() {
        return browser.all("[data-retry$=team_letters]").stream()
                .map(each -> each.getDomAttribute("data-retry"))
                .collect(Collectors.toSet());
    }

    private void replay(String button, String outcome) {
        browser.click(button);
        browser.click("#dialog button[type=submit]");
        browser.await("said", () -> browser.one("#dialog .done").getText().equals(outcome));
    }

    private void shouldUnblock() throws Exception {
        try (Warehouse warehouse = Warehouse.open(firn.folder())) {
            warehouse.catalog().dropTable(TableIdentifier.parse(TABLE), false);
        }
        browser.go(firn.address("/dashboard/#/flow"));
        team.send(schema, 0, 1);
        browser.await(
                "stopped", () -> browser.texts(".notice.bad h2").contains("TABLE_DROPPED " + TABLE + " has stopped"));
        browser.picture("blocked");
        browser.click(".notice.bad button");
        browser.click("#dialog input[value=start-over]");
        browser.one("#dialog input[name=by]").sendKeys("jane");
        browser.picture("decision");
        browser.click("#dialog button[type=submit]");
        browser.await(
                "goes on",
                () -> firn.ask("/tables/" + TABLE).path("rows").asLong() == 14
                        && browser.all(".notice.bad").isEmpty());
    }

    /** By what they are of. */
    private Map<String, String> rowsShown() {
        return browser.all("[data-value]").stream()
                .collect(Collectors.toMap(each -> each.getDomAttribute("data-value"), WebElement::getText));
    }

    private static Map<String, String> rows(JsonNode tables) {
        Map<String, String> rows = new HashMap<>();
        tables.forEach(table -> rows.put(
                "rows " + table.path("table").asText(),
                "%,d".formatted(table.path("rows").asLong())));
        return rows;
    }

    private static List<String> names(JsonNode tables) {
        List<String> names = new ArrayList<>();
        tables.forEach(table -> names.add(table.path("table").asText()));
        return names;
    }
}
