package dev.firn.local.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firn.local.Main;
import dev.firn.local.query.ReconcileCommand;
import dev.firn.local.query.Warehouse;
import dev.firn.local.up.RunningFirn;
import dev.firn.sink.replay.Replayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A team's topic on the whole stack: a rule that was too strict, the fix, and the way back. */
class QuarantineIT {
    @Test
    void shouldBringEachRecordBackOnceWhenItsContractIsFixedAndReplayIsKilledAndRepeated() throws Exception {
        // Given
        RunningFirn firn = RunningFirn.get();
        Team team = new Team(firn, "team_parcels");
        String quarantined = "SELECT count(*) FROM ops.quarantine WHERE source_topic = '" + team.topic() + "'";
        int strict = team.register("range(0, 10)");
        team.send(strict, 0, 20);
        awaitAnswer(firn, quarantined, "9");
        awaitAnswer(firn, "SELECT count(*) FROM bronze.team_parcels", "20");
        team.register("range(0, 18)");
        team.sendUnknown();
        awaitAnswer(firn, quarantined, "11");
        awaitContract();

        // When
        killedReplay(firn, team, 3);
        String first = firn(firn, "quarantine", "replay", "--topic", team.topic(), "--reason", "RULE_FAILED");
        String second = firn(firn, "quarantine", "replay", "--topic", team.topic(), "--reason", "RULE_FAILED");
        String unknown = firn(firn, "quarantine", "replay", "--topic", team.topic(), "--reason", "UNKNOWN_SCHEMA_ID");

        // Then
        assertThat(first).contains("replayed 7 to firn-processor.retry.raw.team_parcels", "replayed before 2");
        assertThat(second).contains("replayed in all 0, replayed before 9");
        assertThat(unknown)
                .contains(
                        "replayed 1 to firn-processor.retry.raw.team_parcels",
                        "replayed 1 to firn-sink.retry.bronze.team_parcels");
        awaitAnswer(
                firn,
                "SELECT count(*) || ' ' || count(DISTINCT n) || ' ' || max(n) FROM silver.team_parcels",
                "19 19 18");
        awaitAnswer(
                firn,
                "SELECT string_agg(source_topic || ' ' || target, ', ' ORDER BY target) FROM ops.quarantine"
                        + " WHERE ends_with(source_topic, '.team_parcels') AND starts_with(source_topic, 'firn-')"
                        + " AND reason = 'UNKNOWN_SCHEMA_ID'",
                "firn-sink.retry.bronze.team_parcels bronze.team_parcels,"
                        + " firn-processor.retry.raw.team_parcels silver.team_parcels");
        awaitAnswer(
                firn,
                "SELECT decode(headers[1]['value']) || ' ' || reason FROM ops.quarantine"
                        + " WHERE source_topic = 'firn-processor.retry.raw.team_parcels' AND reason = 'RULE_FAILED'",
                team.topic() + "-0-19 RULE_FAILED");
        assertThat(firn.answer("SELECT count(*) FROM bronze.team_parcels")).isEqualTo("20");
        assertThat(firn(firn, "quarantine", "show", team.topic() + "-0-19"))
                .contains("RULE_FAILED", "n range(0, 10)", "\"n\" : 19", "\"owner\" : \"•••\"")
                .doesNotContain("Ada");
        assertThat(firn(firn, "quarantine", "list", "--topic", team.topic()))
                .contains("silver.team_parcels", team.topic() + "-0-19");
        assertThat(ReconcileCommand.report(firn.folder()).faults()).isEmpty();
    }

    /** It commits two at a time, and dies at some record. */
    private static void killedReplay(RunningFirn firn, Team team, int dies) {
        int[] seen = {0};
        assertThatThrownBy(() -> {
                    try (Warehouse warehouse = Warehouse.open(firn.folder());
                            Replayer replayer = Replayer.open(
                                    Map.of("bootstrap.servers", firn.bootstrap()),
                                    warehouse::isUpsert,
                                    2,
                                    Clock.systemUTC())) {
                        new QuarantineTable(warehouse).each(new Selection(team.topic()), record -> {
                            if (++seen[0] > dies) {
                                throw new IllegalStateException("killed");
                            }
                            replayer.replay(record);
                        });
                    }
                })
                .hasMessage("killed");
    }

    /** The processor asks for newer schemas every now and then. */
    private static void awaitContract() throws InterruptedException {
        Thread.sleep(2_000);
    }

    private static void awaitAnswer(RunningFirn firn, String sql, String expected) {
        await().atMost(RunningFirn.LONGEST)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(firn.answer(sql)).isEqualTo(expected));
    }

    private static String firn(RunningFirn firn, String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", firn.folder().toString()));
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(all.toArray(String[]::new));
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }
}
